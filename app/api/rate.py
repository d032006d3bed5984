"""How many calls a token may make in a minute.

Pure but for its memory: the moment comes from the caller. The header fields are those of
draft-ietf-httpapi-ratelimit-headers-10.
"""

import math
from typing import NamedTuple

WINDOW_SECONDS = 60


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
    """Counts calls per token, in minutes that start with a token's first call."""

    def __init__(self, per_minute: int) -> None:
        self._limit = per_minute
        self._windows: dict[int, tuple[float, int]] = {}

    def take(self, token_id: int, now: float) -> Allowance:
        """Take one call out of a token's minute; `now` is in seconds of a steady clock."""
        start, used = self._windows.get(token_id, (now, 0))
        if now - start >= WINDOW_SECONDS:
            start, used = now, 0
        is_granted = used < self._limit
        used += is_granted
        self._windows[token_id] = (start, used)
        resets_in = max(1, math.ceil(start + WINDOW_SECONDS - now))
        return Allowance(is_granted, self._limit, self._limit - used, resets_in)
