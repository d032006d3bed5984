"""The answer of `GET /metrics/comparison`: each platform beside all others.

Readings taken where the text leaves room:
- The platform asked for decides whose rows are shown, never who the others are nor the family of
  Holm; every other filter (category, basis, urgent, imported) makes another question.
- A stratum is a pair of category and urgency found on either side; `strata_left_out` counts those
  lacking on a side, and those whose share by 7 d is null on a side.
- "Too early" looks at the platform's own takedowns and its own plain curve; then nothing but the
  counts is shown. Fewer than 10 takedowns among the others, or within the strata left, do not make
  it too early.
- G is the takedowns of both sides in the strata used.
- A variance of 0 gives p = 0 where there is a difference, else 1; an interval is not cut at ±1.
- A platform with a submitted takedown has a row, even where none of its takedowns counts.
"""

from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

from tests.metrics.oracle_2026_2 import clocks
from tests.metrics.oracle_2026_2.cohort import Asked, Group, Request, known, whole
from tests.metrics.oracle_2026_2.curves import NEAR, Curve
from tests.metrics.oracle_2026_2.numbers import ENOUGH, HOUR, Z, wilson
from tests.metrics.oracle_2026_2.timeline import Takedown, Timeline

DAY, WEEK = 24 * HOUR, 168 * HOUR


class Stratum(NamedTuple):
    """The curves of both sides where category and urgency are the same."""

    own: Curve
    others: Curve

    @property
    def weight(self) -> Fraction:
        n, m = len(self.own.takedowns), len(self.others.takedowns)
        return Fraction(n * m, n + m)

    @property
    def is_comparable(self) -> bool:
        sides = (self.own, self.others)
        return all(s.takedowns and s.share_at(WEEK) is not None for s in sides)


class Difference(NamedTuple):
    """Standardised shares of both sides by one moment, and what is known of their difference."""

    own: float
    others: float
    value: float
    deviation: float

    @property
    def p_value(self) -> float:
        if self.deviation == 0:
            return 1.0 if self.value == 0 else 0.0
        return 2 * NormalDist().cdf(-abs(self.value) / self.deviation)

    @property
    def json(self) -> dict[str, Any]:
        reach = Z * self.deviation
        return {"value": self.value, "ci": [self.value - reach, self.value + reach]}


class Row(NamedTuple):
    """One platform."""

    platform: str
    takedowns: int
    left_out: int
    by_day: Difference | None
    by_week: Difference | None


def comparison(timelines: list[Timeline], question: dict[str, Any], clock: str) -> dict[str, Any]:
    """The platforms of the span, each with all others."""
    asked = Asked(question | {"platform": None})
    group = whole(known(timelines, asked), asked)
    platforms = sorted({r.takedown.platform for r in group.submitted})
    found = [_row(group, platform, clock) for platform in platforms]
    adjusted = holm({r.platform: r.by_week.p_value for r in found if r.by_week})
    shown = question.get("platform")
    return {
        "platforms": [_json(r, adjusted) for r in found if shown in (None, r.platform)],
    }


def _curve(requests: list[Request], clock: str, group: Group) -> Curve:
    part = Group(group.key, group.end)
    part.submitted = requests
    return clocks.CLOCKS[clock](part).curve


def _stratum(takedown: Takedown) -> tuple[str, bool]:
    return takedown.category, takedown.is_urgent


def _row(group: Group, platform: str, clock: str) -> Row:
    own = [r for r in group.submitted if r.takedown.platform == platform]
    others = [r for r in group.submitted if r.takedown.platform != platform]
    strata = []
    for key in {_stratum(r.takedown) for r in group.submitted}:
        sides = ([r for r in side if _stratum(r.takedown) == key] for side in (own, others))
        stratum = Stratum(*(_curve(side, clock, group) for side in sides))
        if stratum.own.takedowns or stratum.others.takedowns:
            strata.append(stratum)
    usable = [s for s in strata if s.is_comparable]
    plain = _curve(own, clock, group)
    takedowns, left_out = len(plain.takedowns), len(strata) - len(usable)
    if takedowns < ENOUGH or plain.share_at(WEEK) is None or not usable:
        return Row(platform, takedowns, left_out, None, None)
    return Row(platform, takedowns, left_out, difference(usable, DAY), difference(usable, WEEK))


def difference(strata: list[Stratum], at: int) -> Difference:
    """Own share less the others', weighted alike, with its standard deviation."""
    whole_weight = sum((s.weight for s in strata), Fraction(0))
    own = others = squares = Fraction(0)
    ends, groups = 0.0, 0
    for stratum in strata:
        weight = stratum.weight / whole_weight
        own += weight * stratum.own.share_at(at)
        others += weight * stratum.others.share_at(at)
        for side in stratum:
            groups += len(side.takedowns)
            squares += weight**2 * side.variance_by_takedown(at)
            ends += float(weight**2) * _variance_at_an_end(side, at)
    variance = float(squares * Fraction(groups, groups - 1)) + ends
    return Difference(float(own), float(others), float(own - others), sqrt(variance))


def _variance_at_an_end(side: Curve, at: int) -> float:
    """A curve at 0 or 1 has no influences; half of Wilson's width stands for 1.96 deviations."""
    share = side.share_at(at)
    if NEAR < share < 1 - NEAR:
        return 0.0
    low, high = wilson(Fraction(round(share)), side.watched(at))
    return ((high - low) / 2 / Z) ** 2


def holm(p_values: dict[str, float]) -> dict[str, float]:
    """Holm 1979."""
    adjusted, highest = {}, 0.0
    ordered = sorted(p_values, key=lambda name: p_values[name])
    for place, name in enumerate(ordered):
        highest = max(highest, min(1.0, (len(ordered) - place) * p_values[name]))
        adjusted[name] = highest
    return adjusted


def _json(row: Row, adjusted: dict[str, float]) -> dict[str, Any]:
    answer = {"platform": row.platform, "takedowns": row.takedowns}
    for name, found in (("24h", row.by_day), ("7d", row.by_week)):
        answer |= {
            f"share_{name}": found.own if found else None,
            f"others_{name}": found.others if found else None,
            f"difference_{name}": found.json if found else {"value": None, "ci": None},
        }
    verdict = "too_early"
    if row.by_week:
        verdict = "not_told_apart"
        if adjusted[row.platform] < 0.05:
            verdict = "faster" if row.by_week.value > 0 else "slower"
    return answer | {"verdict": verdict, "strata_left_out": row.left_out}
