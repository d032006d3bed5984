"""Room for connections: how many there are and how much they hold, both bounded.

When it is full, the one that has waited longest without a complete request is closed: so a good
call gets in, however many strangers hold connections open.
"""

import resource
from contextlib import suppress
from typing import NamedTuple, Protocol

from app.http import bodies

MOST_CONNECTIONS = 4_096
# What files, the database and the answers under way need beside the connections.
SPARE_DESCRIPTORS = 256


class Limits(NamedTuple):
    """How many connections, what they hold together, and how long each is waited for."""

    connections: int = MOST_CONNECTIONS
    bytes_held: int = 128 * 1024 * 1024
    head_seconds: float = 10
    # A little more than the front gives a body, so that whoever is late is told so.
    body_seconds: float = bodies.BODY_SECONDS + 5
    # Without taking anything of an answer.
    answer_seconds: float = 60


class Guest(Protocol):
    """A connection, as far as room for it is concerned."""

    def turn_out(self) -> None:
        """Close it at once."""


class Room:
    """The connections there are, what each holds, and in which order they wait."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._held: dict[Guest, int] = {}
        self._waiting: dict[Guest, None] = {}
        self._total = 0

    def enter(self, guest: Guest) -> None:
        """Let a connection in; where there are too many, the one waiting longest goes."""
        self._held[guest] = 0
        self.wait(guest)
        if len(self._held) > self.limits.connections:
            self._turn_out(next(iter(self._waiting)))

    def wait(self, guest: Guest) -> None:
        """Note that a complete request is waited for, unless it was before."""
        if guest in self._held:
            self._waiting.setdefault(guest)

    def serve(self, guest: Guest) -> None:
        """Note that a request is complete: whoever sent it is not turned out."""
        self._waiting.pop(guest, None)

    def hold(self, guest: Guest, size: int) -> None:
        """Note what was received; where that is too much in all, those waiting longest go."""
        if guest not in self._held:
            return
        self._held[guest] += size
        self._total += size
        while self._total > self.limits.bytes_held:
            found = next((one for one in self._waiting if self._held[one]), None)
            if found is None:
                return
            self._turn_out(found)

    def release(self, guest: Guest) -> None:
        """Note that nothing of what was received is held any more."""
        if guest in self._held:
            self._total -= self._held[guest]
            self._held[guest] = 0

    def leave(self, guest: Guest) -> None:
        """Forget a connection."""
        self.serve(guest)
        self.release(guest)
        self._held.pop(guest, None)

    def _turn_out(self, guest: Guest) -> None:
        self.leave(guest)
        guest.turn_out()


def of_this_process() -> Limits:
    """Raise the limit of descriptors as far as it goes, and return what there is room for."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # where "as many as you like" is more than the system has
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return Limits()
    spare = min(SPARE_DESCRIPTORS, descriptors // 2)
    return Limits(connections=min(MOST_CONNECTIONS, descriptors - spare))
