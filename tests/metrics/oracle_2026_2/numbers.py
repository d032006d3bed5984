"""Wilson's interval, shares of items and of takedowns, plain medians.

Readings taken where the text leaves room:
- "1.96" is the normal distribution's 97.5 % point, 1.959964, everywhere.
- A share of nothing is null; so is every share, and its interval, of fewer than 10 takedowns.
"""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist, median
from typing import Any

Z = NormalDist().inv_cdf(0.975)
HOUR = 3_600_000_000
ENOUGH = 10


def hours(duration: int | Fraction) -> float:
    """Hours of a duration in microseconds."""
    return float(Fraction(duration) / HOUR)


def wilson(share: Fraction, n: float) -> tuple[float, float]:
    """Wilson 1927, 95 %."""
    p = float(share)
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low = 0.0 if share == 0 else middle - half
    high = 1.0 if share == 1 else middle + half
    return low, high


def share_of(marks: list[tuple[str, bool]]) -> dict[str, Any]:
    """A Share from pairs of (takedown, whether it counts in the numerator), one a thing counted."""
    takedowns = {reference for reference, _ in marks}
    numerator, n, groups = sum(1 for _, yes in marks if yes), len(marks), len(takedowns)
    answer = {
        "numerator": numerator,
        "denominator": n,
        "takedowns": groups,
        "share": None,
        "ci": None,
        "small": groups < ENOUGH,
    }
    if groups < ENOUGH:
        return answer
    p = Fraction(numerator, n)
    if p in (0, 1):
        effective = Fraction(groups)
    else:
        total = Fraction(0)
        for takedown in takedowns:
            own = [yes for reference, yes in marks if reference == takedown]
            total += (sum(own) - p * len(own)) ** 2
        variance = Fraction(groups, groups - 1) * total / n**2
        effective = n / max(Fraction(1), variance / (p * (1 - p) / n))
    return answer | {"share": float(p), "ci": list(wilson(p, float(effective)))}


def share_of_takedowns(marks: list[tuple[str, bool]]) -> dict[str, Any]:
    """A Share whose unit is the takedown: Wilson with n = the takedowns."""
    answer = share_of(marks)
    if answer["small"]:
        return answer
    p = Fraction(answer["numerator"], answer["denominator"])
    return answer | {"ci": list(wilson(p, len(marks)))}


def plain_median(durations: list[int], takedowns: int) -> float | None:
    """Median hours, null where fewer than 10 takedowns stand behind it."""
    if takedowns < ENOUGH:
        return None
    return hours(median([Fraction(d) for d in durations]))
