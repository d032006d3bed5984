"""Where everything stands in a chart: points, ticks, paths and labels, in units of its drawing.

Pure: numbers in, numbers and SVG path texts out; words and colours come from the templates.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.metrics.curve import Curve, Point

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
SIDES = Box(4, 516, 0, 0)
MONTHS = Box(8, 512, 22, 150)
MEDIANS = Box(8, 512, 26, 98)


class Line(NamedTuple):
    """One curve to draw: its path, the band of its interval, and where its label stands."""

    key: str
    path: str
    band: str
    share: float | None  # at its end
    label_y: float


class Whisker(NamedTuple):
    """A median with its interval; `open` when the interval has no end that is shown."""

    at: float
    low: float
    high: float
    is_open: bool


class Bar(NamedTuple):
    """One bar, from its base."""

    x: float
    y: float
    width: float
    height: float


class Dot(NamedTuple):
    """One value of a series."""

    x: float
    y: float
    value: float


class Trend(NamedTuple):
    """A series with gaps: its dots, and those that follow each other."""

    dots: list[Dot]
    joined: list[tuple[Dot, Dot]]


def lines(curves: Sequence[tuple[str, Curve]], limit: int, box: Box = CURVES) -> list[Line]:
    """Return the curves up to so many hours, with labels that do not cover each other."""
    ends = [_end(curve, limit) for _, curve in curves]
    wanted = [box.y(share or 0.0) for share in ends]
    places = spread(wanted, LABEL_GAP, box.top, bottom=box.bottom)
    return [
        Line(key, step_path(curve, limit, box), band_path(curve, limit, box), share, place)
        for (key, curve), share, place in zip(curves, ends, places, strict=True)
    ]


def step_path(curve: Curve, limit: int, box: Box = CURVES) -> str:
    """Return a curve as a staircase, to where it is known or the limit; "" without any point."""
    points = [point for point in curve.points if point.hours <= limit]
    if not points or curve.longest_hours is None:
        return ""
    steps = [f"M{box.x(points[0].hours / limit)} {box.y(points[0].share or 0.0)}"]
    steps += [f"H{box.x(p.hours / limit)}V{box.y(p.share or 0.0)}" for p in points[1:]]
    return "".join([*steps, f"H{box.x(min(curve.longest_hours, limit) / limit)}"])


def band_path(curve: Curve, limit: int, box: Box = CURVES) -> str:
    """Return the area between the limits of the intervals; "" where there are none."""
    known = [p for p in curve.points if p.hours <= limit and p.lo is not None]
    if not known or curve.longest_hours is None:
        return ""
    after = [p.hours for p in curve.points if p.hours > known[-1].hours]
    end = min([*after, curve.longest_hours, limit])
    upper = _edge(known, [p.hi or 0.0 for p in known], end, limit=limit, box=box)
    lower = _edge(known, [p.lo or 0.0 for p in known], end, limit=limit, box=box)
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


def whisker(
    median: float, low: float | None, high: float | None, *, most: float, box: Box = SIDES
) -> Whisker:
    """Return where a median and its interval stand on a scale up to `most`."""
    is_open = high is None or high > most
    return Whisker(
        box.x(min(median / most, 1.0)),
        box.x((low or 0.0) / most if (low or 0.0) < most else 1.0),
        box.x(1.0 if high is None or is_open else high / most),
        is_open,
    )


def columns(counts: Sequence[Sequence[int]], box: Box = MONTHS) -> list[list[Bar]]:
    """Return bars side by side in groups, one group for each sequence of counts."""
    most = scale_of([count for group in counts for count in group])
    room = 1 / max(len(counts), 1)
    found = []
    for place, group in enumerate(counts):
        wide = (box.right - box.left) * room * 0.76 / max(len(group), 1)
        start = box.x((place + 0.12) * room)
        found.append(
            [
                Bar(
                    round(start + wide * number, 1),
                    box.y(count / most),
                    round(wide, 1),
                    round(box.bottom - box.y(count / most), 1),
                )
                for number, count in enumerate(group)
            ]
        )
    return found


def middles(count: int, box: Box = MONTHS) -> list[float]:
    """Return the middle of each of so many groups."""
    return [box.x((place + 0.5) / count) for place in range(count)]


def trend(values: Sequence[float | None], box: Box = MEDIANS) -> Trend:
    """Return a dot for each value there is, on a scale from 0; neighbours are joined."""
    most = scale_of([value for value in values if value is not None])
    placed = [
        None if value is None else Dot(x, box.y(value / most), value)
        for x, value in zip(middles(len(values), box), values, strict=True)
    ]
    return Trend(
        [dot for dot in placed if dot],
        [(dot, later) for dot, later in pairwise(placed) if dot and later],
    )


def _end(curve: Curve, limit: int) -> float | None:
    known = [point.share for point in curve.points if point.hours <= limit]
    return known[-1] if known else None


def _edge(
    points: Sequence[Point], shares: Sequence[float], end: float, *, limit: int, box: Box
) -> list[str]:
    until = [*(p.hours for p in points[1:]), end]
    return [
        f"{box.x(hours / limit)} {box.y(share)}"
        for point, share, last in zip(points, shares, until, strict=True)
        for hours in (point.hours, last)
    ]
