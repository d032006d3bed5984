"""How many calls a token may make in a minute, and how many tokens a network may try.

Pure but for its memory: the moment comes from the caller. The header fields are those of
draft-ietf-httpapi-ratelimit-headers-10.
"""

import hashlib
import math
from collections.abc import Hashable
from typing import NamedTuple

from app.kit import networks

WINDOW_SECONDS = 60
TRIES_A_MINUTE = 60
MOST_WINDOWS = 10_000


class Allowance(NamedTuple):
    """What is left to a token in its running minute."""

    is_granted: bool
    limit: int
    remaining: int
    resets_in: int
    """Whole seconds, at least 1."""

    def fields(self) -> list[tuple[bytes, bytes]]:
        """Return the header fields that tell the caller."""
        policy = f'"default";q={self.limit};w={WINDOW_SECONDS}'
        state = f'"default";r={self.remaining};t={self.resets_in}'
        return [(b"ratelimit-policy", policy.encode()), (b"ratelimit", state.encode())]


class Limiter:
    """Counts what somebody does, in minutes that start with the first time."""

    def __init__(self, per_minute: int) -> None:
        self._limit = per_minute
        self._windows: dict[Hashable, tuple[float, int]] = {}

    def take(self, who: Hashable, now: float) -> Allowance:
        """Take one out of somebody's minute; `now` is in seconds of a steady clock."""
        if who not in self._windows and len(self._windows) >= MOST_WINDOWS:
            self._forget(now)
        start, used = self._windows.get(who, (now, 0))
        if now - start >= WINDOW_SECONDS:
            start, used = now, 0
        is_granted = used < self._limit
        used += is_granted
        self._windows[who] = (start, used)
        resets_in = max(1, math.ceil(start + WINDOW_SECONDS - now))
        return Allowance(is_granted, self._limit, self._limit - used, resets_in)

    def _forget(self, now: float) -> None:
        """Drop the minutes that are over; all of them, where so many are running."""
        running = {
            who: (start, used)
            for who, (start, used) in self._windows.items()
            if now - start < WINDOW_SECONDS
        }
        self._windows = running if len(running) < MOST_WINDOWS else {}


class Tries:
    """Counts the tokens that come from a network; one that was right before may always come."""

    def __init__(self) -> None:
        self._limiter = Limiter(TRIES_A_MINUTE)
        self._right: set[bytes] = set()
        self._looked_up: set[bytes] = set()

    def take(self, token: str, host: str, now: float) -> Allowance | None:
        """Take one try out of a network's minute; None for a token that was right before.

        A token is tried once, however many calls come with it while it is looked up.
        """
        digest = _digest(token)
        if digest in self._right or digest in self._looked_up:
            return None
        self._looked_up.add(digest)
        return self._limiter.take(networks.of(host), now)

    def learn(self, token: str, *, is_right: bool) -> None:
        """Remember how it ended; a look-up that ended in nothing was not right."""
        digest = _digest(token)
        self._looked_up.discard(digest)
        if is_right:
            self._right.add(digest)
        else:
            self._right.discard(digest)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
