"""The inbox against its definition: all rows, by band, severity, what is due, and reference."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from app import demo
from app.kit.database import Database, Unit
from app.kit.vault import Vault
from app.schemas.facts import Facts
from app.schemas.vocabularies import NextStep, Turn
from app.takedowns import assignments, inbox_bands, inbox_order, intake, snoozes
from app.takedowns.inbox_bands import Order, Place
from app.takedowns.inbox_order import Counts, Wanted
from app.takedowns.intake import NewItem
from app.takedowns.models import takedowns
from app.takedowns.rows import InboxRow
from app.takedowns.vocabularies import InboxBand
from tests import databases
from tests.databases import Story, Template
from tests.factories import START, ManualClock
from tests.takedowns.conftest import CASE_SYSTEM, new_takedown

SEVERITIES = {"csam": 1, "grooming": 1, "ncii_adult": 2, "hate": 4}
PLATFORMS = ("instagram", "tiktok", "x")
BRUSSELS = ZoneInfo("Europe/Brussels")
COUNT = 60
PUT_ASIDE = range(0, COUNT, 7)
CLAIMED = range(0, COUNT, 5)
# Whose turn, what is next, in how many hours it is due: as docs/definitions.md has them.
STEPS: Sequence[tuple[Turn, NextStep, float | None]] = (
    (Turn.US, NextStep.SUBMIT, -3), (Turn.US, NextStep.CHASE, -3), (Turn.US, NextStep.CHECK, 0),
    (Turn.US, NextStep.DECIDE_NEXT, -1), (Turn.US, NextStep.DECIDE_NEXT, 2),
    (Turn.US, NextStep.DECIDE_NEXT, 4000), (Turn.US, NextStep.RELEASE, None),
    (Turn.US, NextStep.ANSWER, 2), (Turn.US, NextStep.CHECK, 30), (Turn.US, NextStep.WAIT, None),
    (Turn.US, NextStep.CLOSE, 100), (Turn.PLATFORM, NextStep.WAIT, -2),
    (Turn.PLATFORM, NextStep.WAIT, 3), (Turn.PLATFORM, NextStep.WAIT, 50),
    (Turn.PLATFORM, NextStep.WAIT, None), (Turn.NOBODY, NextStep.NONE, None),
)  # fmt: skip
VIEWS = (
    Wanted(),
    Wanted("platform"),
    Wanted("all"),
    Wanted("aside"),
    Wanted("all", mine=1),
    Wanted("aside", mine=2),
    Wanted("all", is_free=True),
    Wanted("all", platform="tiktok"),
    Wanted("us", platform="x", category="hate"),
    Wanted("aside", platform="instagram"),
    Wanted("us", category="csam"),
    Wanted("us", category="no_such"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stocked(
    request: pytest.FixtureRequest,
    template: Callable[[str, Story], Template],
    tmp_path_factory: pytest.TempPathFactory,
    vault: Vault,
) -> Iterator[Database]:
    """Takedowns of every severity in every band, for us and for platforms; to be read only."""
    empty = template(request.param, databases.nothing).address
    address = databases.copied(empty, tmp_path_factory.mktemp("stocked"))
    database = Database(address, vault, ManualClock())
    stock(database)
    yield database
    database.close()
    databases.drop(address)


def stock(database: Database) -> None:
    with database.write() as unit:
        demo.join(unit)
        for number in range(COUNT):
            logged(unit, number, START)
        ids = unit.connection.scalars(select(takedowns.c.id).order_by(takedowns.c.id)).all()
        for number in PUT_ASIDE:
            snoozes.put_aside(unit, ids[number], 1, until=START + timedelta(hours=1))
        for number in CLAIMED:
            assignments.assign(unit, ids[number], 1 + number % 2)


def logged(unit: Unit, number: int, now: datetime) -> None:
    category = list(SEVERITIES)[number // 16]
    platform = PLATFORMS[number % 3]
    new = new_takedown(
        platform=platform,
        facts=Facts(case_ref="CASE-1", category=category, basis="article_16"),
        items=[NewItem(f"{platform} content  {number}", "post", content_id=str(number))],
    )
    reference = intake.log(unit, new, by=CASE_SYSTEM).reference
    turn, step, hours = STEPS[number % 16]
    unit.connection.execute(
        update(takedowns)
        .where(takedowns.c.reference == reference)
        .values(
            whose_turn=turn,
            next_step=step,
            due_at=None if hours is None else now + timedelta(hours=hours),
        )
    )


def by_definition(row: Any, now: datetime) -> tuple[Any, ...]:
    """Where a row stands by docs/definitions.md: the number of its band as shown, and so on."""
    days = (
        (row.due_at.astimezone(BRUSSELS).date() - now.astimezone(BRUSSELS).date()).days
        if row.due_at
        else None
    )
    if row.due_at and row.due_at <= now:
        band = 0
    elif row.next_step == "release":
        band = 4
    elif row.next_step == "decide_next":
        band = 2
    elif days == 0:
        band = 1
    else:
        band = 3
    return band, SEVERITIES[row.category], row.due_at is None, row.due_at or now, row.reference


def expected(unit: Unit, wanted: Wanted, now: datetime) -> list[str]:
    aside = snoozes.of(unit, range(1, COUNT + 1))
    held = assignments.of(unit, range(1, COUNT + 1))
    found = unit.connection.execute(select(takedowns)).all()
    return [
        row.reference
        for row in sorted(found, key=lambda row: by_definition(row, now))
        if row.whose_turn in inbox_order.TURNS[wanted.turn]
        and (row.id in aside) == (wanted.turn == "aside")
        and wanted.platform in (None, row.platform)
        and wanted.category in (None, row.category)
        and (wanted.mine is None or (row.id in held and held[row.id].user_id == wanted.mine))
        and not (wanted.is_free and row.id in held)
    ]


def at(now: datetime) -> Order:
    return inbox_bands.order_at(now, BRUSSELS, SEVERITIES)


def pages(unit: Unit, order: Order, wanted: Wanted, limit: int) -> list[str]:
    shown: list[str] = []
    place: Place | None = None
    while True:
        rows = inbox_order.page(unit, order, wanted, after=place, limit=limit)
        shown += [row.reference for row in rows]
        if len(rows) < limit:
            return shown
        place = order.place(rows[-1])


@pytest.mark.parametrize("wanted", VIEWS)
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_put_together_are_the_whole_list_in_order(
    stocked: Database, clock: ManualClock, wanted: Wanted, limit: int
) -> None:
    with stocked.read() as unit:
        assert pages(unit, at(clock.now), wanted, limit) == expected(unit, wanted, clock.now)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(-6000, 6000), wanted=st.sampled_from(VIEWS), limit=st.integers(2, 20))
def test_at_any_moment_too(
    stocked: Database, clock: ManualClock, minutes: int, wanted: Wanted, limit: int
) -> None:
    now = clock.now + timedelta(minutes=minutes)

    with stocked.read() as unit:
        assert pages(unit, at(now), wanted, limit) == expected(unit, wanted, now)


def test_ties_are_settled_by_the_reference(database: Database, clock: ManualClock) -> None:
    stock(database)
    with database.write() as unit:
        values = {"due_at": clock.now, "next_step": "check", "category": "csam"}
        unit.connection.execute(update(takedowns).values(whose_turn="us", **values))

    with database.read() as unit:
        shown = pages(unit, at(clock.now), Wanted(), 7)

    assert len(shown) == COUNT - len(PUT_ASIDE)
    assert shown == sorted(shown)


def row(step: NextStep, due_at: datetime | None) -> InboxRow:
    given: dict[str, Any] = dict.fromkeys(InboxRow.__dataclass_fields__)
    return InboxRow(**given | {"category": "csam", "next_step": step, "due_at": due_at})


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-03-28T22:59:59Z", "2026-03-28T23:00Z"),
        ("2026-03-28T23:00:00Z", "2026-03-29T22:00Z"),  # a day of 23 hours
        ("2026-10-24T21:59:59Z", "2026-10-24T22:00Z"),
        ("2026-10-24T22:00:00Z", "2026-10-25T23:00Z"),  # a day of 25 hours
        ("2026-12-31T23:30:00Z", "2027-01-01T23:00Z"),
    ],
)
def test_today_ends_at_local_midnight(now: str, midnight: str) -> None:
    order, end = at(datetime.fromisoformat(now)), datetime.fromisoformat(midnight)
    last = end - timedelta.resolution

    assert order.midnight == end
    assert order.band(row(NextStep.CHECK, last)) == InboxBand.TODAY
    assert order.band(row(NextStep.CHECK, end)) == InboxBand.LATER
    assert order.band(row(NextStep.DECIDE_NEXT, last)) == InboxBand.TO_DECIDE
    assert order.band(row(NextStep.DECIDE_NEXT, order.now)) == InboxBand.LATE
    assert order.band(row(NextStep.RELEASE, None)) == InboxBand.ON_HOLD
    assert order.band(row(NextStep.WAIT, None)) == InboxBand.LATER


@pytest.mark.parametrize("wanted", VIEWS)
def test_a_band_is_counted_as_far_as_the_list_goes(
    stocked: Database, clock: ManualClock, wanted: Wanted
) -> None:
    order = at(clock.now)
    with stocked.read() as unit:
        rows = inbox_order.page(unit, order, wanted, after=None, limit=100)
        found = inbox_order.band_counts(unit, order, wanted, bands=InboxBand)

    bands = [order.band(row) for row in rows]
    assert {band: found.get(band, 0) for band in InboxBand} == {
        band: bands.count(band) for band in InboxBand
    }


def test_a_row_says_who_has_it_and_until_when_it_is_put_aside(
    stocked: Database, clock: ManualClock
) -> None:
    with stocked.read() as unit:
        wanted = Wanted("aside", mine=1)
        rows = inbox_order.page(unit, at(clock.now), wanted, after=None, limit=1)
        held = assignments.of(unit, [rows[0].id])[rows[0].id]

    assert [(row.claim_user_id, row.claim_name, row.claim_until) for row in rows] == [
        (1, "Analyst-01", held.until)
    ]
    assert [row.wait_until for row in rows] == [clock.now + timedelta(hours=1)]


@pytest.mark.parametrize(
    "narrowed",
    [{}, {"platform": "x"}, {"category": "csam"}, {"mine": 1}, {"platform": "x", "mine": 2}],
)
def test_counts_are_of_the_lists_narrowed_in_the_same_way(
    stocked: Database, clock: ManualClock, narrowed: dict[str, Any]
) -> None:
    with stocked.read() as unit:
        turns = [Wanted(turn, **narrowed) for turn in ("us", "platform", "aside")]
        assert inbox_order.counts(unit, Wanted(**narrowed)) == Counts(
            *(len(expected(unit, wanted, clock.now)) for wanted in turns)
        )


def test_many_are_not_counted_to_the_end(database: Database, clock: ManualClock) -> None:
    stock(database)
    with database.write() as unit:
        row = unit.connection.execute(select(takedowns).limit(1)).one()._asdict()
        ours = {"whose_turn": "platform", "next_step": "wait", "due_at": clock.now}
        unit.connection.execute(
            insert(takedowns),
            [
                row | ours | {"id": number, "reference": f"T{number}"}
                for number in range(1000, 2100)
            ],
        )

        found = inbox_order.counts(unit, Wanted())
        bands = inbox_order.band_counts(
            unit, at(clock.now), Wanted("platform"), bands=[InboxBand.LATE]
        )

    assert (found.platform, found.all) == (inbox_order.COUNTED + 1, inbox_order.COUNTED + 1)
    assert bands == {InboxBand.LATE: inbox_order.COUNTED + 1}
