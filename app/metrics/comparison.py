"""Whether two numbers differ clearly: only when their 95 % intervals do not overlap.

Pure.
"""

from math import inf, sqrt

from app.metrics.summary import Share
from app.metrics.survival import Interval, Z

Limits = tuple[float | None, float | None]


def interval_of(share: Share) -> Interval | None:
    """Return the score interval of a plain share (Wilson 1927); None where no share is shown."""
    if share.share is None:
        return None
    n, half = share.denominator, Z**2 / (2 * share.denominator)
    spread = Z * sqrt(share.share * (1 - share.share) / n + half / (2 * n))
    whole = 1 + 2 * half
    return Interval(
        max((share.share + half - spread) / whole, 0.0),
        min((share.share + half + spread) / whole, 1.0),
    )


def differ_clearly(one: Limits | None, other: Limits | None) -> bool:
    """Tell whether two intervals lie apart; a limit that was not reached has no end."""
    if one is None or other is None:
        return False
    (low, high), (other_low, other_high) = _closed(one), _closed(other)
    return high < other_low or other_high < low


def _closed(limits: Limits) -> tuple[float, float]:
    low, high = limits
    return (0.0 if low is None else low, inf if high is None else high)
