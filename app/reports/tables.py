"""Tables of counts: cells that add up, each of which knows the requests behind it.

Pure. In notices, items and complaints rows and columns add up, since each stands in one cell. A
case is counted once in each cell, row, column and table; so is a request in a table of its items.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.reports.counted import CountedRequest
from app.reports.vocabularies import Axis, ChannelUsed, Counted, ReportedAction
from app.schemas.vocabularies import Ground
from app.takedowns.facts import UNKNOWN

TOTAL = "total"
NO_DECISION = "no_decision"  # where a ground is asked for
YES, NO = "yes", "no"


class Cell(NamedTuple):
    """What a cell counts, and the references of the requests behind it, in order."""

    value: int
    references: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Tell these requests from any others, without naming them."""
        return hashlib.sha256("\n".join(self.references).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Layout:
    """How a table is made: by what its rows and columns are told apart, and what it counts.

    Columns by `Axis.COUNTED` count one thing each; any others count the first of `counted`.
    `rows_always` are there also where nothing stands in them.
    """

    id: str
    rows: Axis
    columns: Axis
    counted: tuple[Counted, ...]
    among: Callable[[CountedRequest], bool]
    rows_always: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as it was counted; `TOTAL` stands last among the keys that have one."""

    id: str
    rows_by: Axis
    columns_by: Axis
    counted: tuple[Counted, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def value(self, row: str, column: str) -> int:
        """Return what a cell counts."""
        return self.cells[row, column].value


class _Entry(NamedTuple):
    """What is counted once: a request, an item or a complaint of it."""

    request: CountedRequest
    row: str
    column: str
    items: int


def tabulate(requests: Iterable[CountedRequest], layout: Layout, zone: ZoneInfo) -> Table:
    """Count requests into a table."""
    behind: dict[tuple[str, str], list[_Entry]] = {(TOTAL, TOTAL): []}
    for request in requests:
        if layout.among(request):
            for entry in _entries(request, layout, zone):
                for place in set(product((entry.row, TOTAL), (entry.column, TOTAL))):
                    behind.setdefault(place, []).append(entry)
    found_rows = {row for row, _ in behind} | set(layout.rows_always)
    rows = _ordered(layout.rows, found_rows - {TOTAL})
    if layout.columns == Axis.COUNTED:
        columns = tuple(map(str, layout.counted))
        cells = {
            (row, str(counted)): _cell(behind.get((row, TOTAL), ()), counted)
            for row in (*rows, TOTAL)
            for counted in layout.counted
        }
    else:
        columns = (*_ordered(layout.columns, {column for _, column in behind} - {TOTAL}), TOTAL)
        cells = {
            place: _cell(behind.get(place, ()), layout.counted[0])
            for place in product((*rows, TOTAL), columns)
        }
    return Table(
        layout.id, layout.rows, layout.columns, layout.counted, (*rows, TOTAL), columns, cells
    )


def ones(table: Table) -> list[tuple[str, str]]:
    """Return the cells that hold a single one, sums left out: somebody might be recognised."""
    return [
        (row, column)
        for (row, column), cell in table.cells.items()
        if cell.value == 1 and TOTAL not in (row, column)
    ]


def _cell(entries: Sequence[_Entry], counted: Counted) -> Cell:
    if counted == Counted.ITEMS:
        entries = [entry for entry in entries if entry.items]
    references = sorted({entry.request.reference for entry in entries})
    match counted:
        case Counted.ITEMS:
            value = sum(entry.items for entry in entries)
        case Counted.CASES:
            value = len({entry.request.case_ref for entry in entries})
        case Counted.COMPLAINTS:
            value = len(entries)
        case Counted.NOTICES | Counted.REQUESTS:
            value = len(references)
    return Cell(value, tuple(references))


def _entries(request: CountedRequest, layout: Layout, zone: ZoneInfo) -> Iterator[_Entry]:
    """Part a request as its table asks: whole, or into its items, or into its complaints."""
    axes = (layout.rows, layout.columns)
    if Axis.LINK_KIND in axes:
        own = [({Axis.LINK_KIND: kind}, 1) for kind in request.link_kinds]
    elif Axis.COMPLAINT in axes:
        own = [({Axis.COMPLAINT: str(one.became)}, 0) for one in request.complaints]
    else:
        own = [({}, request.items)]
    for keys, items in own:
        row, column = (keys.get(axis) or _KEYS[axis](request, zone) for axis in axes)
        yield _Entry(request, row, column, items)


def _provider(request: CountedRequest, _: ZoneInfo) -> str:
    """Return its name, which a person may have typed: as a sum it would be in no row."""
    return request.provider.title() if request.provider == TOTAL else request.provider


def _action(request: CountedRequest, _: ZoneInfo) -> str:
    assert request.reading  # noqa: S101 - among drafts nobody asks for an action
    return str(request.reading.action)


def _ground(request: CountedRequest, _: ZoneInfo) -> str:
    ground = request.reading.ground if request.reading else None
    return str(ground) if ground else NO_DECISION


def _quarter(request: CountedRequest, zone: ZoneInfo) -> str:
    at: datetime = (request.submitted_at or request.logged_at).astimezone(zone)
    return f"{at.year:04}-Q{(at.month + 2) // 3}"


_KEYS: Mapping[Axis, Callable[[CountedRequest, ZoneInfo], str]] = {
    Axis.PROVIDER: _provider,
    Axis.PLATFORM: lambda request, _: request.platform,
    Axis.TYPE: lambda request, _: request.category,
    Axis.BASIS: lambda request, _: str(request.basis),
    Axis.CHANNEL: lambda request, _: str(request.channel),
    Axis.CONCERNED: lambda request, _: str(request.concerned),
    Axis.EXTORTION: lambda request, _: YES if request.case_has_extortion else NO,
    Axis.COUNTED: lambda _, __: TOTAL,
    Axis.ACTION: _action,
    Axis.GROUND: _ground,
    Axis.QUARTER: _quarter,
}
# Axes with an order of their own; keys of others stand by the alphabet, the unknown last.
_ORDERS: Mapping[Axis, Sequence[str]] = {
    Axis.ACTION: tuple(ReportedAction),
    Axis.GROUND: (*Ground, NO_DECISION),
    Axis.EXTORTION: (YES, NO),
    Axis.CHANNEL: tuple(ChannelUsed),
}


def _ordered(axis: Axis, keys: Iterable[str]) -> tuple[str, ...]:
    order = {key: place for place, key in enumerate(_ORDERS.get(axis, ()))}
    return tuple(sorted(map(str, keys), key=lambda key: (order.get(key, -1), key == UNKNOWN, key)))
