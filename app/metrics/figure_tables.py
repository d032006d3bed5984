"""The tables of a page of figures as spreadsheets take them: codes, plain numbers, blanks.

Pure: a board in, lines of cells out; what is not known is an empty cell, never 0.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.metrics import kpis, view_model
from app.metrics.curve import SHARE_BY_HOURS
from app.metrics.kpis import Group
from app.metrics.view_model import Board

Cell = str | float | None
Lines = Iterator[list[Cell]]


def numbers(board: Board) -> Lines:
    """Every number of the row at the top."""
    yield ["figure", "value", "low", "high", "counted", "of", "open", "small", "before"]
    for one in kpis.row_of(board.now, board.before):
        low, high = one.now.limits or (None, None)
        counts, spec = one.counts, one.spec
        yield [
            spec.key, _rounded(one.now.value), _rounded(low), _rounded(high),
            counts[spec.hits], counts[spec.whole], counts[spec.open] if spec.open else None,
            one.small, _rounded(one.before.value) if one.before else None,
        ]  # fmt: skip


def curve(board: Board) -> Lines:
    """Every step of every curve that is drawn."""
    yield ["platform", "hours", "share", "low", "high", "at_risk", "gone", "refused_or_restricted"]
    for key, drawn in view_model.curves_of(board).shown.items():
        for point in drawn.points:
            yield [
                key, _rounded(point.hours), _rounded(point.share), _rounded(point.lo),
                _rounded(point.hi), point.at_risk, point.events, point.competing,
            ]  # fmt: skip


def platforms(board: Board) -> Lines:
    """The platforms side by side."""
    shares = [f"gone_{hours}h" for hours in SHARE_BY_HOURS]
    yield ["platform", *_HEAD, *shares]
    for key, group, _ in view_model.side_by_side(board).rows:
        by = group.numbers.gone.share_by
        yield [key, *_line(group), *(_rounded(by[str(hours)].share) for hours in SHARE_BY_HOURS)]


def trend(board: Board) -> Lines:
    """Month by month."""
    yield ["month", *_HEAD]
    for key, group in board.months.items():
        yield [key, *_line(group)]


def time(board: Board) -> Lines:
    """Our time and the platforms'."""
    yield ["platform", "our_median_hours", "gone_median_hours"]
    for key, group in board.platforms.items():
        own, gone = group.numbers.our_time.median_hours, group.numbers.gone.median_hours
        yield [key, _rounded(own), _rounded(gone)]


TABLES: Mapping[str, Callable[[Board], Lines]] = MappingProxyType(
    {
        "numbers": numbers,
        "curve": curve,
        "platforms": platforms,
        "trend": trend,
        "time": time,
    }
)
_HEAD = (
    "takedowns", "items", "gone", "not_gone", "refused", "median_hours", "low", "high",
    "dsa_style_median_hours",
)  # fmt: skip


def _line(group: Group) -> list[Cell]:
    gone = group.numbers.gone
    low, high = gone.median_ci or (None, None)
    return [
        group.numbers.takedowns, gone.n, gone.events, gone.censored, group.numbers.refused,
        _rounded(gone.median_hours), _rounded(low), _rounded(high),
        _rounded(group.numbers.dsa_style_median_hours),
    ]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
