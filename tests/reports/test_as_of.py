"""A report of a past moment is what it was then; its days are those of the local calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.context import Context
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from app.reports import difference, making
from app.reports.document import Document
from app.reports.vocabularies import ReportKind
from app.schemas.vocabularies import StatusChange
from app.takedowns import bases
from app.takedowns.flagger_status import Change
from tests.api.factories import record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.reports.count_oracle import Span
from tests.reports.random_years import BEGIN, YearWriter, award
from tests.reports.test_independent_count import a_report

TOTAL = "total", "notices"
MICROSECOND = timedelta(microseconds=1)
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def made(
    parts: Context, as_of: AsOf, first: date, after: date, kind: ReportKind = ReportKind.ARTICLE_22
) -> Document:
    span = Span(first, after, parts.workspace.zone, as_of.moment, as_of.until)
    with parts.database.read() as unit:
        return making.make(unit, parts.workspace, a_report(kind, span), as_of=as_of).document


@pytest.mark.parametrize(
    "seed", [3, *(pytest.param(n, marks=pytest.mark.slow) for n in range(30, 36))]
)
@on_sqlite
def test_a_report_of_a_past_moment_is_what_it_was_then(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    clock.now = BEGIN
    award(parts.database)
    teller = YearWriter(api, clock, seed)
    days = date(2026, 1, 1), date(2027, 1, 1)
    then: list[tuple[AsOf, dict[ReportKind, Document]]] = []
    for _ in range(6):
        teller.tell(30)
        as_of = cohort_reading.latest(parts.database)
        then.append((as_of, {kind: made(parts, as_of, *days, kind) for kind in ReportKind}))
        clock.advance(0.01)
    with parts.database.write() as unit:
        change = Change(StatusChange.SUSPENDED, date(2026, 4, 9), "BIPT")
        bases.record_change(unit, change, by="Fictional Manager")

    latest = cohort_reading.latest(parts.database)
    for as_of, documents in then:
        for kind, document in documents.items():
            again = made(parts, latest.at(as_of.moment), *days, kind)
            assert again.canonical() == document.canonical()
    assert len({documents[ReportKind.ARTICLE_22].sha256() for _, documents in then}) == len(then)


@on_sqlite
def test_a_submission_that_was_moved_later_is_where_it_was_known_to_be(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    reference = submitted(api, category="csam")
    then = cohort_reading.latest(parts.database)
    clock.advance(1)
    told = api.get(f"/takedowns/{reference}/events")["data"][-1]
    moved = {"happened_at": "2026-02-20T12:00:00Z"}
    record(api, reference, "corrected", voids=told["id"], replacement=moved)
    now = cohort_reading.latest(parts.database)

    def notices(as_of: AsOf, month: int) -> int:
        days = date(2026, month, 1), date(2026, month + 1, 1)
        return made(parts, as_of, *days, ReportKind.ACTIVITY).table("type").value(*TOTAL)

    assert [notices(now.at(then.moment), month) for month in (2, 3)] == [0, 1]
    assert [notices(now, month) for month in (2, 3)] == [1, 0]


# Local midnight in Brussels: of a day in winter, of both days on which the clock is put, of summer,
# and of a year that ends.
BORDERS = (
    (date(2026, 3, 2), datetime(2026, 3, 1, 23, tzinfo=UTC)),
    (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
    (date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    (date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
    (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    (date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    (date(2027, 1, 1), datetime(2026, 12, 31, 23, tzinfo=UTC)),
)


@pytest.mark.parametrize(("day", "midnight"), BORDERS)
@on_sqlite
def test_a_day_begins_at_local_midnight(
    api: ApiClient, clock: ManualClock, parts: Context, day: date, midnight: datetime
) -> None:
    one_day = timedelta(days=1)
    clock.now = midnight - MICROSECOND
    submitted(api, category="csam")
    clock.now = midnight
    submitted(api, category="grooming")
    as_of = cohort_reading.latest(parts.database)

    for kind, table in ((ReportKind.ACTIVITY, "type"), (ReportKind.CAMPAIGN, "deepnude_yes.cases")):
        clock.now = midnight
        before = made(parts, as_of, day - one_day, day, kind).table(table)
        after = made(parts, as_of, day, day + one_day, kind).table(table)
        if kind == ReportKind.ACTIVITY:
            assert (before.rows, after.rows) == (("csam", "total"), ("grooming", "total"))
    quarters = made(parts, as_of, day - one_day, day + one_day, ReportKind.HOTLINE)
    found = quarters.table("type_quarter")
    is_new_quarter = (day.month, day.day) in ((1, 1), (4, 1), (7, 1), (10, 1))
    assert len(found.columns) == 2 + is_new_quarter


@on_sqlite
def test_what_differs_between_two_moments_is_every_cell_that_does(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    clock.now = BEGIN
    award(parts.database)
    teller = YearWriter(api, clock, seed=9)
    days = date(2026, 1, 1), date(2027, 1, 1)
    teller.tell(60)
    before = made(parts, cohort_reading.latest(parts.database), *days)
    teller.tell(60)
    after = made(parts, cohort_reading.latest(parts.database), *days)

    def values(document: Document) -> dict[tuple[str, str, str], int]:
        return {
            (table.id, row, column): table.value(row, column)
            for table in document.tables
            for row in table.rows
            for column in table.columns
        }

    old, new = values(before), values(after)
    expected = {
        (*place, old.get(place, 0), new.get(place, 0))
        for place in old.keys() | new.keys()
        if old.get(place, 0) != new.get(place, 0)
    }
    assert {tuple(cell) for cell in difference.between(before, after).cells} == expected
    assert len(expected) > 20
    assert difference.between(after, after).cells == ()
