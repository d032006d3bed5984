"""Every cell of every report equals a second, slow count, over random histories and moments."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.context import Context
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from app.reports import actions, counted, making, reading
from app.reports.made import Made
from app.reports.report import Report
from app.reports.vocabularies import Part, ReportedAction, ReportKind
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.metrics.agreement import timelines_in
from tests.metrics.test_agreement import tell
from tests.reports import count_oracle
from tests.reports.count_oracle import Span
from tests.reports.random_years import BEGIN, YearWriter, award

STEPS = 240
DAY = timedelta(days=1)


@pytest.fixture
def happened(
    api: ApiClient, clock: ManualClock, parts: Context, tmp_path: Path
) -> Callable[[int], None]:
    """Lets much happen, what is brought in from a spreadsheet first."""

    def happened(seed: int) -> None:
        clock.now = BEGIN
        award(parts.database)
        teller = YearWriter(api, clock, seed)
        tell(teller, parts, tmp_path, steps=STEPS)

    return happened


@pytest.mark.parametrize(
    ("address", "seed"), [("sqlite", 2), ("postgresql", 5)], indirect=["address"]
)
def test_every_cell_is_that_of_the_slow_count(
    happened: Callable[[int], None], parts: Context, seed: int
) -> None:
    happened(seed)

    assert list(differences(parts, random.Random(seed), spans=12, lines_told=10)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 50))
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_every_cell_of_a_thousand_years_is_that_of_the_slow_count(
    happened: Callable[[int], None], parts: Context, seed: int
) -> None:
    happened(seed)

    assert list(differences(parts, random.Random(seed), spans=25)) == []


def one_is_enough() -> Any:
    return [(action, outcomes, any) for action, outcomes, _ in actions._BY_DECISIONS]


# Counts that are wrong in one thing each: where, and what stands there instead.
WRONG: dict[str, tuple[Any, str, Any]] = {
    "withdrawing leaves no reaction": (
        actions, "_was_given_up_unanswered", lambda asked: asked.withdrawn_at is not None,
    ),
    "one item stands for all": (actions, "_BY_DECISIONS", one_is_enough()),
    "a receipt by a machine is an answer": (actions, "_is_answered", lambda *_: True),
    "the basis alone decides the part": (
        counted, "part_of", lambda _, basis: Part.ARTICLE_22 if basis else Part.OTHER_BASIS,
    ),
    "a case is what the request says": (reading, "_linked_elsewhere", lambda *_: set()),
    "suspected is as good as known": (
        counted, "deepnude_of", lambda category, _: counted.Deepnude(
            "yes" if category.code in counted.OF_IMAGES | counted.DEEPNUDES else "no"
        ),
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_count_that_is_wrong_in_one_thing_is_seen(
    happened: Callable[[int], None], parts: Context
) -> None:
    happened(6)

    for name, (module, what, instead) in WRONG.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, what, instead)
            assert next(differences(parts, random.Random(6), spans=12), None), name


def differences(
    parts: Context, dice: random.Random, *, spans: int, lines_told: int = 6
) -> Iterator[Any]:
    """Cells of random spans and moments that are not the same, with both counts.

    A seed tells the same on every database and machine: so many of the thirteen lines at least.
    """
    latest = cohort_reading.latest(parts.database)
    timelines = timelines_in(parts.database)
    lines = set[str]()
    for first, after, as_of in drawn(dice, latest, spans):
        span = Span(first, after, parts.workspace.zone, as_of.moment, as_of.until)
        for kind, count in count_oracle.COUNTS.items():
            with parts.database.read() as unit:
                report = a_report(ReportKind(kind), span)
                made = making.make(unit, parts.workspace, report, as_of=as_of)
            found, expected = cells_of(made), count(timelines, span)
            lines |= {row for _, row, _ in found}
            for place in sorted(found.keys() | expected.keys()):
                if found.get(place) != expected.get(place):
                    yield span, place, found.get(place), expected.get(place)
    assert len(lines & set(ReportedAction)) >= lines_told


def drawn(dice: random.Random, latest: AsOf, count: int) -> Iterator[tuple[date, date, AsOf]]:
    """The whole of it first, then any days, seen from any moment."""
    yield date(2026, 1, 1), date(2027, 1, 1), latest
    days = (latest.moment - BEGIN) // DAY + 1
    for _ in range(count - 1):
        first = BEGIN.date() + dice.randrange(days) * DAY
        after = first + dice.randint(1, days) * DAY
        age = dice.random() * (latest.moment - BEGIN)
        yield first, after, latest.at(latest.moment - age * dice.choice((0, 1)))


def a_report(kind: ReportKind, span: Span) -> Report:
    """A report of a span that nobody wrote anything in."""
    told: dict[str, Any] = {
        "languages": (), "texts": {}, "figures": {}, "confirmed": {},
        "confirmed_by": None, "confirmed_at": None, "version": 1, "created_at": span.as_of,
        "created_by": "", "changed_at": span.as_of, "changed_by": "",
    }  # fmt: skip
    return Report(id=1, kind=kind, from_day=span.first, to_day=span.after, **told)


def cells_of(made: Made) -> dict[tuple[str, str, str], tuple[int, tuple[str, ...]]]:
    """Every cell that counts something."""
    return {
        (table.id, row, column): (cell.value, cell.references)
        for table in made.tables.values()
        for (row, column), cell in table.cells.items()
        if cell.value or cell.references
    }
