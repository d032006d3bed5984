"""The numbers of docs/definitions.md section 6, from what the oracle makes of the timelines.

Shares are exact fractions of whole microseconds; only the intervals need floats.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import exp, log, sqrt
from statistics import median
from typing import Any, NamedTuple

from tests.metrics.oracle import HOUR, Item, Takedown

LEFT_OUT = ("withdrawn", "already_gone")
MICRO = timedelta(microseconds=1)
HOURS = (1, 6, 24, 48, 72, 168, 1008)
Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


class Seen(NamedTuple):
    """How long something was watched, and how that ended: 0 open, 1 event, 2 competing."""

    micros: int
    end: int


class Point(NamedTuple):
    """The curve from a moment on."""

    micros: int
    share: Fraction
    limits: tuple[float, float] | None


def group(takedowns: Sequence[Takedown], as_of: datetime) -> dict[str, Any]:
    """The answer for one group, without its key, label and published figure."""
    cohort = [(t, kept(t)) for t in takedowns if kept(t)]
    small = len(cohort) < 10
    ours = [t for t, _ in cohort if not t.facts["court_order"]]
    replying = [(t, items) for t, items in cohort if t.terms["reply_expected"]]
    items = [i for _, its in cohort for i in its]
    opened = [t.submitted_at for t, its in cohort if any(map(is_open, its))]
    our_hours = [t.our_time / HOUR for t, _ in cohort]
    states = [i.state for t in takedowns for i in t.items]
    day, week = 24 * HOUR, 168 * HOUR
    asked = [t for t, _ in replying if t.submitted_at <= as_of - day]
    silent = [t for t, _ in replying if t.submitted_at <= as_of - week]
    due = [(i, target(t)) for t in ours for i in kept(t) if target(t) <= as_of]
    return {
        "takedowns": len(cohort),
        "items": len(items),
        "excluded": {
            "already_gone": states.count("already_gone"),
            "withdrawn": states.count("withdrawn"),
            "no_reply_expected": len(cohort) - len(replying),
        },
        "court_ordered": court_ordered(cohort),
        "open": sum(map(is_open, items)),
        "refused": sum(i.state == "refused" for i in items),
        "oldest_open_hours": (as_of - min(opened)) / HOUR if opened else None,
        "small": small,
        "gone": clock(
            [watched(t, as_of, i.gone_at, i.competing_at) for t in ours for i in kept(t)], small
        ),
        "receipt": clock([watched(t, as_of, t.receipt_at) for t, _ in replying], small),
        "answer": clock([watched(t, as_of, t.answered_at) for t, _ in replying], small),
        "decision": clock(
            [watched(t, as_of, i.decided_at) for t, its in replying for i in its], small
        ),
        "our_time": {"median_hours": middle(our_hours, small), "n": len(our_hours)},
        "dsa_style_median_hours": middle(acted(ours), small),
        "receipt_within_24h": share(
            [bool(t.receipt_at and t.receipt_at <= t.submitted_at + day) for t in asked], small
        ),
        "target_kept": share([is_kept(i, moment) for i, moment in due], small),
        "silent_after_7d": share([t.answered_at is None for t in silent], small),
        "came_back": sum(i.state == "came_back" for i in items),
        "claimed_removed_still_up": sum(i.still_up for i in items),
    }


def kept(takedown: Takedown) -> list[Item]:
    return [i for i in takedown.items if i.state not in LEFT_OUT]


def is_open(item: Item) -> bool:
    return item.gone_at is None and item.competing_at is None


def is_kept(item: Item, moment: datetime) -> bool:
    return any(at and at <= moment for at in (item.decided_at, item.gone_at))


def target(takedown: Takedown) -> datetime:
    moment = takedown.submitted_at + takedown.terms["targets"]["gone_hours"] * HOUR
    deadline = takedown.facts.get("deadline_at")
    return min(moment, deadline) if deadline else moment


def court_ordered(cohort: Iterable[tuple[Takedown, list[Item]]]) -> dict[str, int]:
    found = [i for t, items in cohort if t.facts["court_order"] for i in items]
    return {"items": len(found), "gone": sum(i.gone_at is not None for i in found)}


def acted(takedowns: Iterable[Takedown]) -> list[float]:
    firsts = [
        (t, min((i.acted_at for i in kept(t) if i.acted_at), default=None)) for t in takedowns
    ]
    return [(first - t.submitted_at) / HOUR for t, first in firsts if first]


def watched(
    takedown: Takedown, as_of: datetime, event: datetime | None, competing: datetime | None = None
) -> Seen:
    until, end = as_of, 0
    if event or competing:
        until, end = event or competing, 1 if event else 2
    return Seen((until - takedown.submitted_at) // MICRO, end)


def middle(sample: list[float], small: bool) -> float | None:
    return median(sample) if sample and not small else None


def share(answers: list[bool], small: bool) -> dict[str, Any]:
    known = answers and not small
    return {
        "numerator": sum(answers),
        "denominator": len(answers),
        "share": sum(answers) / len(answers) if known else None,
    }


def clock(seen: list[Seen], small: bool) -> dict[str, Any]:
    points = [] if small else curve(seen)
    longest = max((micros for micros, _ in seen), default=0)
    by = {}
    for hours in HOURS:
        past = [point for point in points if point.micros <= hours * HOUR / MICRO]
        is_known = bool(seen) and not small and hours * HOUR / MICRO <= longest
        by[str(hours)] = {
            "share": (float(past[-1].share) if past else 0.0) if is_known else None,
            "ci": list(past[-1].limits) if is_known and past and past[-1].limits else None,
        }
    limits = [
        next((p.micros * MICRO / HOUR for p in points if p.limits and p.limits[1] >= 0.5), None),
        next((p.micros * MICRO / HOUR for p in points if p.limits and p.limits[0] >= 0.5), None),
    ]
    return {
        "n": len(seen),
        "events": sum(end == 1 for _, end in seen),
        "censored": sum(end == 0 for _, end in seen),
        "median_hours": reached(points, Fraction(1, 2)),
        "median_ci": None if limits == [None, None] else limits,
        "p90_hours": reached(points, Fraction(9, 10)),
        "share_by": by,
    }


def reached(points: Iterable[Point], share: Fraction) -> float | None:
    """Hours at which the curve first is as high as this."""
    return next((p.micros * MICRO / HOUR for p in points if p.share >= share), None)


def curve(seen: Sequence[Seen]) -> list[Point]:
    """Aalen & Johansen 1978, step by step over all that ended."""
    points: list[Point] = []
    steps: list[tuple[int, int, int, Fraction, Fraction]] = []
    survival, rise = Fraction(1), Fraction(0)
    for moment in sorted({micros for micros, end in seen if end}):
        at_risk = sum(micros >= moment for micros, _ in seen)
        had = seen.count(Seen(moment, 1))
        ended = had + seen.count(Seen(moment, 2))
        rise += survival * had / at_risk
        steps.append((at_risk, had, ended, survival, rise))
        survival *= 1 - Fraction(ended, at_risk)
        points.append(Point(moment, rise, limits_of(steps)))
    return points


def limits_of(steps: Sequence[tuple[int, int, int, Fraction, Fraction]]) -> Any:
    """The 95 % interval by log(-log) at the last step; Greenwood's terms, competing ones too."""
    height = steps[-1][-1]
    if not 0 < height < 1:
        return None
    variance = 0.0
    for at_risk, had, ended, survival, share_then in steps:
        left, before = float(height - share_then), float(survival)
        if ended < at_risk:
            variance += left**2 * ended / (at_risk * (at_risk - ended))
        variance += before**2 * had * (at_risk - had) / at_risk**3
        variance -= 2 * left * before * had / at_risk**2
    value = float(height)
    width = Z * sqrt(max(variance, 0.0)) / -(value * log(value))
    return value ** exp(width), value ** exp(-width)
