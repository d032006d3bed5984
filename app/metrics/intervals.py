"""95 % intervals of shares, as wide as the requests behind them allow.

Pure: one message often decides all items of a request, so that its items are no independent draws;
docs/definitions.md section 6 is the specification.
"""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Z = NormalDist().inv_cdf(0.975)

Size = TypeVar("Size", float, npt.NDArray[np.float64])


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def wilson(share: float, n: float) -> Interval:
    """Return the score interval of a share of `n` independent draws (Wilson 1927)."""
    half = Z**2 / (2 * n)
    spread = half + Z * sqrt(share * (1 - share) / n + half / (2 * n))
    other = 1 - share  # each limit by the product of the two: without rounding at 0 and at 1
    return Interval(share**2 / (share + spread), 1 - other**2 / (other + spread))


def wilson_width_at_an_end(n: Size) -> Size:
    """Width of Wilson's interval of none of `n`, and of all of `n`."""
    return Z**2 / (n + Z**2)


def share_interval(
    numerators: npt.NDArray[np.int64], denominators: npt.NDArray[np.int64]
) -> Interval | None:
    """Interval of the share of all items, from those counted and all those of each takedown.

    Wilson's, with n divided by the design effect; a share of takedowns has denominators of 1.
    None for nothing, and for a single takedown, which says nothing of how takedowns differ.
    """
    requests = int(np.count_nonzero(denominators))
    if requests < 2:
        return None
    n = int(denominators.sum())
    share = int(numerators.sum()) / n
    if share in (0, 1):
        return wilson(share, requests)
    apart = numerators - share * denominators
    # Not by `@`: of many it starts threads, and they take longer than the sum.
    variance = requests / (requests - 1) * float(np.square(apart).sum()) / n**2
    design_effect = max(1.0, variance / (share * (1 - share) / n))
    return wilson(share, n / design_effect)
