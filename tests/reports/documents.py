"""Documents of every kind, made by hand: all that a form may have to show stands in them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.kit.languages import Language
from app.reports.document import (
    CountedTable,
    Document,
    DsaType,
    ReportedQuality,
    ReportedShare,
    StatusEntry,
    Times,
)
from app.reports.layouts import LAYOUTS, PROMOTED_BY
from app.reports.tables import NO_DECISION, TOTAL, Layout
from app.reports.vocabularies import (
    Axis,
    ChannelUsed,
    Concerned,
    HandFigure,
    Heading,
    Part,
    ReportedAction,
    ReportKind,
)
from app.schemas.vocabularies import Basis, Contested, Ground, StatusChange
from app.takedowns.facts import UNKNOWN

KEYS: dict[Axis, tuple[str, ...]] = {
    Axis.PROVIDER: ("Google Ireland Limited", "Meta Platforms Ireland Limited", UNKNOWN),
    Axis.PLATFORM: ("instagram", "youtube", "other"),
    Axis.TYPE: ("csam", "csam_ai", "nudify_promotion"),
    Axis.ACTION: tuple(ReportedAction),
    Axis.GROUND: (*Ground, NO_DECISION),
    Axis.QUARTER: ("2026-Q1", "2026-Q2"),
    Axis.BASIS: tuple(Basis),
    Axis.CONCERNED: tuple(Concerned),
    Axis.EXTORTION: ("yes", "no"),
    Axis.LINK_KIND: PROMOTED_BY,
    Axis.COMPLAINT: tuple(Contested),
    Axis.CHANNEL: tuple(ChannelUsed),
}


def document(
    kind: ReportKind = ReportKind.ARTICLE_22,
    providers: tuple[str, ...] = KEYS[Axis.PROVIDER],
    **other: Any,
) -> Document:
    """Make a report in which every row and column stands, each cell another number."""
    has_times = kind in (ReportKind.ARTICLE_22, ReportKind.ACTIVITY)
    told: dict[str, Any] = {
        "kind": kind,
        "from_": date(2026, 1, 1),
        "to": date(2027, 1, 1),
        "as_of": "2027-01-15T08:30:00Z",
        "definition": "2026-2",
        "organisation": "Fictional Hotline",
        "licence": "CC BY 4.0",
        "time_zone": "Europe/Brussels",
        "languages": tuple(Language),
        "tables": tuple(
            _table(at, layout, {**KEYS, Axis.PROVIDER: providers})
            for at, layout in enumerate(LAYOUTS[kind])
        ),
        "types": {
            "csam": DsaType(
                category="STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
                keyword="KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
            )
        },
        "times": _times() if has_times else (),
        "own_quality": _own_quality() if has_times else None,
        "status": _status(),
        "figures": {HandFigure.REPORTS_RECEIVED: 2421, HandFigure.PASSED_TO_POLICE: None},
        "texts": {
            heading: {one: f"{heading} {one}: first.\n\nThen." for one in Language}
            for heading in Heading
        },
    }
    return Document(**{**told, **other})


def nothing_counted(kind: ReportKind) -> Document:
    """Make a report of a time in which nothing happened."""
    empty = [
        table.model_copy(
            update={
                "rows": (TOTAL,),
                "values": (tuple(0 for _ in table.columns),),
            }
        )
        for table in document(kind).tables
    ]
    return document(
        kind,
        tables=tuple(empty),
        types={},
        times=(),
        own_quality=None,
        status=(),
        figures={},
        texts={},
    )


def _table(at: int, layout: Layout, keys: Mapping[Axis, tuple[str, ...]]) -> CountedTable:
    """Fill a table with numbers that add up."""
    rows = keys[layout.rows]
    by_unit = layout.columns == Axis.COUNTED
    columns = tuple(map(str, layout.counted)) if by_unit else keys[layout.columns]
    inner = [
        [_number(at, row, column) for column in range(len(columns))] for row in range(len(rows))
    ]
    lines = inner if by_unit else [[*line, sum(line)] for line in inner]
    return CountedTable(
        id=layout.id,
        rows_by=layout.rows,
        columns_by=layout.columns,
        counted=layout.counted,
        rows=(*rows, TOTAL),
        columns=columns if by_unit else (*columns, TOTAL),
        values=tuple(map(tuple, [*lines, [sum(column) for column in zip(*lines, strict=True)]])),
    )


def _number(table: int, row: int, column: int) -> int:
    return 1 + (7 * table + 13 * row + 29 * column) % 97


def _times() -> tuple[Times, ...]:
    told = {
        "notices": 76,
        "items": 85,
        "median_hours": "40.53",
        "p90_hours": None,
        "within_24h": ReportedShare(share="0.3672", low="0.2611", high="0.4870"),
        "within_7d": None,
        "acted_median_hours": "17.70",
        "acted_n": 54,
        "decided_median_hours": None,
        "decided_n": 62,
    }
    return (
        Times(part=Part.ARTICLE_22, provider=None, **told),
        Times(part=Part.ARTICLE_22, provider="Google Ireland Limited", **told),
    )


def _own_quality() -> ReportedQuality:
    return ReportedQuality(
        notices=85,
        refused=9,
        information_asked=5,
        wrong_channel=None,
        duplicates=3,
        withdrawn_after_submission=2,
    )


def _status() -> tuple[StatusEntry, ...]:
    return (
        StatusEntry(
            kind=StatusChange.AWARDED,
            on=date(2026, 1, 1),
            coordinator="Fictional Coordinator",
            until=date(2028, 1, 1),
            categories=("csam", "csam_ai"),
            exceptions=("instagram",),
        ),
        StatusEntry(
            kind=StatusChange.SUSPENDED,
            on=date(2026, 9, 1),
            coordinator="",
            until=None,
            categories=(),
            exceptions=(),
        ),
    )
