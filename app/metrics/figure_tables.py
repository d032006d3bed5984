"""The tables of a page of figures as spreadsheets take them: codes, exact numbers, blanks.

Pure: a board in, lines of cells out; what is not known is an empty cell, never 0.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from app.kit.cells import Value
from app.metrics import dotted_paths, kpis, summary, view_model
from app.metrics.figures import SHARE_BY_HOURS
from app.metrics.numbers import Summary
from app.metrics.slices import Slice
from app.metrics.view_model import WEEK_HOURS, Board
from app.metrics.vocabularies import ClockName

Lines = Iterator[list[Value]]


def numbers(board: Board) -> Lines:
    """Every number there is, by its path in the API."""
    yield ["figure", "value"]
    told = asdict(board.now.numbers)
    for path in dotted_paths.paths_of(Summary, [told]):
        yield [path, dotted_paths.at(told, path)]


def key_figures(board: Board) -> Lines:
    """The figures at the top, beside what they were."""
    yield [
        "figure", "value", "low", "high", "counted", "of", "requests", "running", "small",
        "before",
        "difference", "difference_low", "difference_high",
    ]  # fmt: skip
    for one in kpis.row_of(board.now, board.before and board.before.numbers):
        spec, counts, change = one.spec, one.counts, one.difference
        low, high = one.now.limits or (None, None)
        yield [
            spec.key, one.now.value, low, high, counts[spec.hits], counts[spec.whole],
            one.now.takedowns, counts[spec.running] if spec.running else None, one.now.small,
            one.before and one.before.value, change and change.value,
            change and change.interval.low, change and change.interval.high,
        ]  # fmt: skip


def clocks(board: Board) -> Lines:
    """The six clocks."""
    shares = [f"share_{hours}h" for hours in SHARE_BY_HOURS]
    yield [
        "clock", "n", "requests", "happened", "ended_otherwise", "running", "unknown_start",
        "not_recorded", "follow_up_hours", "median_hours", "low", "high", "p90_hours", *shares,
    ]  # fmt: skip
    for name in ClockName:
        clock = getattr(board.now.numbers, name)
        low, high = clock.median_ci or (None, None)
        yield [
            name, clock.n, clock.takedowns, clock.events, clock.competing, clock.censored,
            clock.unknown_start, clock.not_recorded, clock.follow_up_hours, clock.median_hours,
            low, high, clock.p90_hours, *(by and by.share for by in clock.share_by.values()),
        ]  # fmt: skip


def curve(board: Board) -> Lines:
    """Every step of every curve that is drawn."""
    yield ["platform", "hours", "share", "low", "high", "at_risk", "gone", "ended_otherwise"]
    for key, one in view_model.curves_of(board, WEEK_HOURS).shown.items():
        for step in summary.steps_of(one.incidence):
            low, high = step.ci or (None, None)
            yield [
                key, step.hours, step.share, low, high, step.at_risk, step.events, step.competing,
            ]  # fmt: skip


def platforms(board: Board) -> Lines:
    """Each platform by itself: not to be compared, for they are not asked for the same."""
    shares = [f"{part}_{hours}h" for hours in SHARE_BY_HOURS for part in ("gone", "share")]
    yield ["platform", *_HEAD, *shares]
    for key, one in sorted(board.platforms.items()):
        by = [
            cell
            for hours in SHARE_BY_HOURS
            for cell in (one.counts[f"gone_{hours}h"], _share(one, hours))
        ]
        yield [key, *_line(one), *by]


def comparison(board: Board) -> Lines:
    """Each platform beside all the others, by the same mix."""
    yield [
        "platform", "requests", "share_24h", "others_24h", "difference_24h", "low_24h", "high_24h",
        "share_7d", "others_7d", "difference_7d", "low_7d", "high_7d", "verdict",
        "strata_left_out",
    ]  # fmt: skip
    for key, one in board.comparisons.items():
        day, week = one.difference_24h, one.difference_7d
        yield [
            key, one.takedowns, one.share_24h, one.others_24h, day.value,
            *(day.ci or (None, None)), one.share_7d, one.others_7d, week.value,
            *(week.ci or (None, None)), one.verdict, one.strata_left_out,
        ]  # fmt: skip


def trend(board: Board) -> Lines:
    """Month by month; blank where a month is too young."""
    yield ["month", *_HEAD, "gone_within_7d", "share_7d", "low", "high", "too_young"]
    for one in view_model.by_month(board.months, board.period, board.view):
        share, ci = (one.gone.share, one.gone.ci) if one.gone else (None, None)
        low, high = ci or (None, None)
        counted = None if one.is_young else one.numbers.counts["gone_168h"]
        yield [
            one.key, *_line(one.numbers), counted, share, low, high, one.is_young,
        ]  # fmt: skip


TABLES: Mapping[str, Callable[[Board], Lines]] = MappingProxyType(
    {
        "numbers": numbers,
        "key_figures": key_figures,
        "clocks": clocks,
        "time": clocks,  # as it was called before version 0.9
        "curve": curve,
        "platforms": platforms,
        "comparison": comparison,
        "trend": trend,
    }
)
_STANDS = ("gone", "came_back", "refused", "restricted", "withdrawn", "open")
_HEAD = ("requests", "items", *_STANDS)


def _line(one: Slice) -> list[Value]:
    return [one.requests, one.counts["items"], *(one.counts[name] for name in _STANDS)]


def _share(one: Slice, hours: int) -> float | None:
    by = one.gone_by(hours)
    return by.share if by else None
