"""The inbox against its definition: all rows, sorted by severity, what is due, and id."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app import demo
from app.kit.database import Database, Unit
from app.schemas.facts import Facts
from app.takedowns import assignments, inbox_order, intake, snoozes
from app.takedowns.inbox_order import Counts, Place, Wanted
from app.takedowns.intake import NewItem
from app.takedowns.models import takedowns
from tests.factories import ManualClock
from tests.takedowns.conftest import CASE_SYSTEM, new_takedown

SEVERITIES = {"csam": 1, "grooming": 1, "ncii_adult": 2, "hate": 4}
PLATFORMS = ("instagram", "tiktok", "x")
COUNT = 40
PUT_ASIDE = range(0, COUNT, 7)
CLAIMED = range(0, COUNT, 5)


@pytest.fixture
def stocked(database: Database, clock: ManualClock) -> Database:
    """Takedowns of every severity, due early, late and never, for us and for platforms."""
    with database.write() as unit:
        demo.join(unit)
        for number in range(COUNT):
            logged(unit, number, clock.now)
        ids = unit.connection.scalars(select(takedowns.c.id).order_by(takedowns.c.id)).all()
        for number in PUT_ASIDE:
            snoozes.put_aside(unit, ids[number], 1, until=clock.now + timedelta(hours=1))
        for number in CLAIMED:
            assignments.assign(unit, ids[number], 1 + number % 2)
    return database


def logged(unit: Unit, number: int, now: datetime) -> None:
    category = list(SEVERITIES)[number % 4]
    platform = PLATFORMS[number % 3]
    new = new_takedown(
        platform=platform,
        facts=Facts(case_ref="CASE-1", category=category, basis="article_16"),
        items=[NewItem(f"{platform} content  {number}", "post", content_id=str(number))],
    )
    reference = intake.log(unit, new, by=CASE_SYSTEM).reference
    unit.connection.execute(
        update(takedowns)
        .where(takedowns.c.reference == reference)
        .values(
            whose_turn=("us", "us", "platform", "us", "nobody")[number % 5],
            due_at=None if number % 6 == 1 else now + timedelta(hours=number * 7 % 11 - 5),
        )
    )


def every(unit: Unit) -> Sequence[Any]:
    """All rows in the order of the definition."""
    found = unit.connection.execute(select(takedowns)).all()
    never = datetime.max.replace(tzinfo=unit.clock().tzinfo)
    return sorted(found, key=lambda row: (SEVERITIES[row.category], row.due_at or never, row.id))


def expected(unit: Unit, wanted: Wanted) -> list[str]:
    aside = snoozes.of(unit, range(1, COUNT + 1))
    held = assignments.of(unit, range(1, COUNT + 1))
    return [
        row.reference
        for row in every(unit)
        if row.whose_turn in inbox_order.TURNS[wanted.turn]
        and (row.id in aside) == (wanted.turn == "aside")
        and wanted.platform in (None, row.platform)
        and wanted.category in (None, row.category)
        and (wanted.mine is None or (row.id in held and held[row.id].user_id == wanted.mine))
        and not (wanted.is_free and row.id in held)
    ]


@pytest.mark.parametrize(
    "wanted",
    [
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
    ],
)
@pytest.mark.parametrize("limit", [1, 3, 50])
def test_pages_put_together_are_the_whole_list_in_order(
    stocked: Database, wanted: Wanted, limit: int
) -> None:
    shown: list[str] = []
    place: Place | None = None
    with stocked.read() as unit:
        while True:
            rows = inbox_order.page(unit, SEVERITIES, wanted, after=place, limit=limit)
            shown += [row.reference for row in rows]
            if len(rows) < limit:
                break
            place = inbox_order.place_of(rows[-1], SEVERITIES)

        assert shown == expected(unit, wanted)


def test_a_row_says_who_has_it_and_until_when_it_is_put_aside(
    stocked: Database, clock: ManualClock
) -> None:
    with stocked.read() as unit:
        rows = inbox_order.page(unit, SEVERITIES, Wanted("aside", mine=1), after=None, limit=1)
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
    stocked: Database, narrowed: dict[str, Any]
) -> None:
    with stocked.read() as unit:
        assert inbox_order.counts(unit, Wanted(**narrowed)) == Counts(
            *(len(expected(unit, Wanted(turn, **narrowed))) for turn in ("us", "platform", "aside"))
        )


def test_many_are_not_counted_to_the_end(stocked: Database) -> None:
    with stocked.write() as unit:
        row = unit.connection.execute(select(takedowns).limit(1)).one()._asdict()
        unit.connection.execute(
            insert(takedowns),
            [
                row | {"id": number, "reference": f"T{number}", "whose_turn": "platform"}
                for number in range(1000, 2100)
            ],
        )

        found = inbox_order.counts(unit, Wanted())

    assert (found.platform, found.all) == (inbox_order.COUNTED + 1, inbox_order.COUNTED + 1)
