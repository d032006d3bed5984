"""Every cell of every report equals a second, slow count, over random histories and moments."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
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
from tests.metrics.oracle_2026_2.timeline import Timeline
from tests.reports import count_oracle
from tests.reports.count_oracle import Span
from tests.reports.random_years import BEGIN, YearWriter, award

STEPS, ROUNDS = 30, 8
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("address", "seed"), [("sqlite", 1), ("postgresql", 2)], indirect=["address"]
)
def test_every_cell_is_that_of_the_slow_count(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    check_years(api, clock, parts, seed=seed, spans=12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 50))
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_every_cell_of_a_thousand_years_is_that_of_the_slow_count(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    check_years(api, clock, parts, seed=seed, spans=25)


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
    "a case is what the request says": (reading, "_with_their_cases", lambda _, found, __: found),
    "suspected is as good as known": (
        counted, "deepnude_of", lambda category, _: counted.Deepnude(
            "yes" if category.code in counted.OF_IMAGES | counted.DEEPNUDES else "no"
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_count_that_is_wrong_in_one_thing_is_seen(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    clock.now = BEGIN
    award(parts.database)
    YearWriter(api, clock, seed=3).tell(STEPS * ROUNDS)
    latest = cohort_reading.latest(parts.database)
    timelines = timelines_in(parts.database)
    spans = list(drawn(random.Random(3), latest, 12))

    def is_seen() -> bool:
        return any(
            differences(made, timelines, span)
            for made, span in asked_of(parts, spans, tuple(ReportKind))
        )

    assert not is_seen()
    for name, (module, what, instead) in WRONG.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, what, instead)
            assert is_seen(), name


def asked_of(
    parts: Context, spans: list[tuple[date, date, AsOf]], kinds: tuple[ReportKind, ...]
) -> Iterator[tuple[Made, Span]]:
    """Make every report of these spans."""
    for first, after, as_of in spans:
        span = Span(first, after, parts.workspace.zone, as_of.moment, as_of.until)
        for kind in kinds:
            with parts.database.read() as unit:
                yield making.make(unit, parts.workspace, a_report(kind, span), as_of=as_of), span


def check_years(
    api: ApiClient, clock: ManualClock, parts: Context, *, seed: int, spans: int
) -> None:
    clock.now = BEGIN
    award(parts.database)
    teller = YearWriter(api, clock, seed)
    teller.tell(STEPS * ROUNDS)
    latest = cohort_reading.latest(parts.database)
    timelines = timelines_in(parts.database)
    rows = set[str]()
    asked = list(drawn(random.Random(seed), latest, spans))
    for made, span in asked_of(parts, asked, tuple(ReportKind)):
        assert differences(made, timelines, span) == {}
        rows |= {row for _, row, _ in cells_of(made)}
    assert len(rows & set(ReportedAction)) > 7  # of thirteen: else hardly anything was told


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
        "languages": (), "texts": {}, "figures": {}, "confirmed": frozenset(),
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


def differences(made: Made, timelines: list[Timeline], span: Span) -> dict[Any, Any]:
    """Cells that are not the same, of both counts."""
    found = cells_of(made)
    expected = count_oracle.COUNTS[made.document.kind](timelines, span)
    return {
        place: (found.get(place), expected.get(place))
        for place in sorted(found.keys() | expected.keys())
        if found.get(place) != expected.get(place)
    }
