"""The cumulative incidence of an event among competing ones, and its variance by takedown.

Aalen & Johansen 1978; infinitesimal jackknife summed by takedown. All in exact fractions, so that
"at 0" and "at 1" are not matters of rounding.

Readings taken where the text leaves room:
- Limits by log(-log) are those of the curve itself: F ** exp(± z · se / (F · |log F|)).
- A curve goes on level where nobody is left after its last moment, that is where S is 0 there.
- The median's interval is looked for at the steps of the curve; an end never reached is null.
- `median_ci` is null where small, else a pair whose ends are null where not reached.
- The follow-up is a waiting time of a single item, so null where small.
- `censored` of a step counts from its moment up to the next step; who was censored before the
  first step is in none.
"""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import exp, log, sqrt
from typing import Any, NamedTuple

from tests.metrics.oracle_2026_2.numbers import ENOUGH, HOUR, Z, hours, wilson

NEAR = Fraction(1, 10**12)
HORIZONS = (1, 2, 6, 24, 48, 72, 168, 1008)
CENSORED, EVENT, COMPETING = 0, 1, 2


class Observation(NamedTuple):
    """One item, or takedown, watched for some microseconds until what ended that."""

    reference: str
    duration: int
    event: int


class Step(NamedTuple):
    """The curve from this moment until the next step."""

    at: int
    share: Fraction
    without_event: Fraction
    at_risk: int
    events: int
    competing: int
    influence: dict[tuple[int, int], Fraction]  # of one item, by its duration and end


class Curve:
    """Cumulative incidence of event 1 among observations."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self.observations = list(observations)
        self.takedowns = {o.reference for o in self.observations}
        self.end = max((o.duration for o in self.observations), default=0)
        # Items of the same duration and end have the same influence.
        self.kinds = Counter((o.duration, o.event) for o in self.observations)
        self.steps = self._steps()

    def _steps(self) -> list[Step]:
        seen, kinds = self.observations, self.kinds
        share, alive = Fraction(0), Fraction(1)
        d_share, d_alive = dict.fromkeys(kinds, Fraction(0)), dict.fromkeys(kinds, Fraction(0))
        steps = []
        for at in sorted({o.duration for o in seen if o.event != CENSORED}):
            y = sum(o.duration >= at for o in seen)
            n1 = sum(o.duration == at and o.event == EVENT for o in seen)
            n = sum(o.duration == at and o.event != CENSORED for o in seen)
            hazard, any_hazard = Fraction(n1, y), Fraction(n, y)
            for duration, event in kinds:
                kind = (duration, event)
                own = own_any = Fraction(0)
                if duration >= at:
                    n1_i = int(duration == at and event == EVENT)
                    n_i = int(duration == at and event != CENSORED)
                    own = alive * (n1_i - hazard) / y
                    own_any = alive * (n_i - any_hazard) / y
                d_share[kind] += d_alive[kind] * hazard + own
                d_alive[kind] = d_alive[kind] * (1 - any_hazard) - own_any
            share += alive * hazard
            alive *= 1 - any_hazard
            steps.append(Step(at, share, alive, y, n1, n - n1, dict(d_share)))
        return steps

    def step_at(self, at: int) -> Step | None:
        """The last step at or before a moment."""
        passed = [s for s in self.steps if s.at <= at]
        return passed[-1] if passed else None

    def share_at(self, at: int) -> Fraction | None:
        """The share by a moment; None beyond the end while somebody is still at risk."""
        last = self.steps[-1].without_event if self.steps else Fraction(1)
        if at > self.end and last != 0:
            return None
        step = self.step_at(at)
        return step.share if step else Fraction(0)

    def influences(self, at: int) -> dict[str, Fraction]:
        """By takedown, the derivative of the share at a moment."""
        step = self.step_at(at)
        summed = dict.fromkeys(self.takedowns, Fraction(0))
        for o in self.observations if step else []:
            summed[o.reference] += step.influence[o.duration, o.event]
        return summed

    def variance_by_item(self, at: int) -> Fraction:
        step = self.step_at(at)
        if step is None:
            return Fraction(0)
        return sum((n * step.influence[kind] ** 2 for kind, n in self.kinds.items()), Fraction(0))

    def variance_by_takedown(self, at: int) -> Fraction:
        """Without the factor G / (G - 1) and without the floor by item."""
        return sum((value**2 for value in self.influences(at).values()), Fraction(0))

    def watched(self, at: int) -> int:
        """Takedowns with an item that had an event by then or was watched until then."""
        return len(
            {o.reference for o in self.observations if o.event != CENSORED or o.duration >= at}
        )

    def limits(self, at: int) -> tuple[float, float] | None:
        """95 % limits of the share by a moment; None where the share is null or G = 1."""
        share = self.share_at(at)
        if share is None:
            return None
        if share <= NEAR or share >= 1 - NEAR:
            return wilson(Fraction(round(share)), self.watched(at))
        groups = len(self.takedowns)
        if groups == 1:
            return None
        factor = Fraction(groups, groups - 1)
        variance = max(factor * self.variance_by_takedown(at), self.variance_by_item(at))
        p = float(share)
        spread = exp(Z * sqrt(variance) / (p * -log(p)))
        return p**spread, p ** (1 / spread)

    def reached(self, level: Fraction) -> int | None:
        return next((s.at for s in self.steps if s.share >= level - NEAR), None)

    def median_limits(self) -> list[int | None]:
        """Brookmeyer & Crowley 1982: where the upper and the lower limit reach a half."""
        found: list[int | None] = [None, None]
        for step in self.steps:
            limits = self.limits(step.at)
            if limits is None:
                continue
            for end, limit in enumerate(reversed(limits)):
                if found[end] is None and limit >= 0.5 - float(NEAR):
                    found[end] = step.at
        return found


def clock_json(curve: Curve, unknown_start: int, not_recorded: int) -> dict[str, Any]:
    """A Clock of api.md 4."""
    seen, is_small = curve.observations, len(curve.takedowns) < ENOUGH
    answer = {
        "n": len(seen),
        "takedowns": len(curve.takedowns),
        "events": sum(o.event == EVENT for o in seen),
        "competing": sum(o.event == COMPETING for o in seen),
        "censored": sum(o.event == CENSORED for o in seen),
        "unknown_start": unknown_start,
        "not_recorded": not_recorded,
        "follow_up_hours": None,
        "median_hours": None,
        "median_ci": None,
        "p90_hours": None,
        "share_by": {str(h): None for h in HORIZONS},
        "small": is_small,
    }
    if is_small:
        return answer
    return answer | {
        "follow_up_hours": hours(curve.end),
        "median_hours": _hours(curve.reached(Fraction(1, 2))),
        "median_ci": [_hours(end) for end in curve.median_limits()],
        "p90_hours": _hours(curve.reached(Fraction(9, 10))),
        "share_by": {str(h): _share_json(curve, h * HOUR) for h in HORIZONS},
    }


def steps_json(curve: Curve) -> list[dict[str, Any]]:
    """The steps of `GET /metrics/curve`."""
    if len(curve.takedowns) < ENOUGH or not curve.steps:
        return []
    ends = [s.at for s in curve.steps[1:]]
    answer = []
    for step, until in zip(curve.steps, [*ends, curve.end + 1], strict=True):
        limits = curve.limits(step.at)
        left = [o for o in curve.observations if o.event == CENSORED]
        answer.append(
            {
                "hours": hours(step.at),
                "share": float(step.share),
                "ci": None if limits is None else list(limits),
                "at_risk": step.at_risk,
                "events": step.events,
                "competing": step.competing,
                "censored": sum(step.at <= o.duration < until for o in left),
            }
        )
    return answer


def _hours(duration: int | None) -> float | None:
    return None if duration is None else hours(duration)


def _share_json(curve: Curve, at: int) -> dict[str, Any] | None:
    share, limits = curve.share_at(at), curve.limits(at)
    if share is None:
        return None
    return {"share": float(share), "ci": None if limits is None else list(limits)}
