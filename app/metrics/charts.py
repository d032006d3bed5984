"""Where everything stands in a chart: points, ticks, paths and labels, in units of its drawing.

Pure: numbers in, numbers and SVG path texts out; words and colours come from the templates.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.metrics.incidence import Incidence
from app.metrics.influence import IntArray

HOUR_TICKS = {
    48: (0, 6, 12, 24, 36, 48),
    168: (0, 24, 48, 72, 96, 120, 144, 168),
    1008: (0, 168, 336, 504, 672, 840, 1008),
}
SHARE_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SERIES = 6  # hues, each with a dash pattern of its own
LABEL_GAP = 19


class Box(NamedTuple):
    """The drawing area of a chart."""

    left: float
    right: float
    top: float
    bottom: float

    def x(self, part: float) -> float:
        """Return where a part of the width lies, from 0 to 1."""
        return round(self.left + (self.right - self.left) * part, 1)

    def y(self, part: float) -> float:
        """Return where a part of the height lies, counted from below."""
        return round(self.bottom - (self.bottom - self.top) * part, 1)


CURVES = Box(58, 376, 12, 262)
FOREST = Box(4, 516, 0, 0)
MONTHS = Box(48, 512, 22, 150)


class Line(NamedTuple):
    """One curve to draw: its path, the band of its interval, and where its label stands."""

    key: str
    path: str
    band: str
    share: float  # at its end
    label_y: float


class Mark(NamedTuple):
    """A value with its interval."""

    at: float
    low: float
    high: float


class Bar(NamedTuple):
    """A share as a bar from its base, its interval as a line in its middle."""

    x: float
    width: float
    middle: float
    top: float
    low: float
    high: float


def lines(curves: Sequence[tuple[str, Incidence]], limit: int, box: Box = CURVES) -> list[Line]:
    """Return the curves up to so many hours, with labels that do not cover each other."""
    ends = [_end(curve, limit) for _, curve in curves]
    places = spread([box.y(share) for share in ends], LABEL_GAP, box.top, bottom=box.bottom)
    return [
        Line(key, step_path(curve, limit, box), band_path(curve, limit, box), share, place)
        for (key, curve), share, place in zip(curves, ends, places, strict=True)
    ]


def step_path(curve: Incidence, limit: int, box: Box = CURVES) -> str:
    """Return a curve as a staircase, to where it is known or the limit; "" of nothing watched."""
    if curve.follow_up_hours is None:
        return ""
    drawn = _drawn(curve, limit, box)
    steps = zip(curve.steps.hours[drawn].tolist(), curve.steps.share[drawn].tolist(), strict=True)
    path = [f"H{box.x(hours / limit)}V{box.y(share)}" for hours, share in steps]
    return "".join(
        [f"M{box.left} {box.bottom}", *path, f"H{box.x(_known_to(curve, limit) / limit)}"]
    )


def band_path(curve: Incidence, limit: int, box: Box = CURVES) -> str:
    """Return the area between the limits of the intervals; "" where there are none."""
    drawn, low, high = _drawn(curve, limit, box), curve.steps.low, curve.steps.high
    if not drawn.size or low is None or high is None:
        return ""
    hours = curve.steps.hours[drawn].tolist()
    until = [*hours[1:], _known_to(curve, limit)]
    upper, lower = (
        [
            f"{box.x(edge / limit)} {box.y(share)}"
            for first, share, last in zip(hours, side[drawn].tolist(), until, strict=True)
            for edge in (first, last)
        ]
        for side in (high, low)
    )
    return "M" + "L".join([*upper, *reversed(lower)]) + "Z"


def spread(wanted: Sequence[float], gap: float, top: float, *, bottom: float) -> list[float]:
    """Move labels apart so that they keep a gap, near where they want to be; in the order given."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = list(wanted)
    lowest = top
    for index in order:
        places[index] = lowest = max(places[index], lowest)
        lowest += gap
    highest = bottom
    for index in reversed(order):
        places[index] = highest = min(places[index], highest)
        highest -= gap
    return [round(place, 1) for place in places]


def scale_of(values: Sequence[float]) -> float:
    """Return a round number that is at least as big as all of these; 1 for none."""
    most = max(values, default=0.0)
    if most <= 0:
        return 1.0
    power = 1.0
    while power * 10 < most:
        power *= 10
    while power >= most:
        power /= 10
    steps = (round(power * step, 9) for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
    return next(step for step in steps if step >= most)


def mark(value: float, low: float, high: float, *, most: float, box: Box = FOREST) -> Mark:
    """Return where a difference and its interval stand, from `-most` to `most`."""
    return Mark(*(box.x(min(max(one / most, -1), 1) / 2 + 0.5) for one in (value, low, high)))


def bar(
    place: int, places: int, share: float, *, low: float, high: float, box: Box = MONTHS
) -> Bar:
    """Return one of so many bars of shares."""
    room = 1 / places
    start = box.x((place + 0.2) * room)
    return Bar(
        start,
        round((box.right - box.left) * room * 0.6, 1),
        middle(place, places, box),
        box.y(share),
        box.y(low),
        box.y(high),
    )


def middle(place: int, places: int, box: Box = MONTHS) -> float:
    """Return the middle of one of so many bars."""
    return box.x((place + 0.5) / places)


def _drawn(curve: Incidence, limit: int, box: Box) -> IntArray:
    """The steps up to a limit, of those that nobody could tell apart in the drawing the last."""
    places = curve.steps.hours[curve.steps.hours <= limit] / limit * (box.right - box.left)
    halves = np.floor(places * 2)
    return np.flatnonzero(np.diff(halves, append=-1.0))


def _end(curve: Incidence, limit: int) -> float:
    known = curve.steps.share[curve.steps.hours <= limit]
    return float(known[-1]) if known.size else 0.0


def _known_to(curve: Incidence, limit: int) -> float:
    """A curve on which nobody is at risk any more goes on level."""
    return limit if curve.is_over else min(curve.follow_up_hours or 0.0, limit)
