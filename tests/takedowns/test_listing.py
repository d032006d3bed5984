"""The list under any filter, in any order, page by page, against a plain reading of every row."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert

from app.kit.clock import stamp
from app.kit.database import Database, Unit
from app.schemas.list_filters import MANY, NARROWING, Filters
from app.schemas.vocabularies import Basis, ItemState, ListOrder, NextStep, Stage, Turn
from app.takedowns import listing
from app.takedowns.listing import Order
from app.takedowns.models import items, takedowns

Row = Mapping[str, Any]
BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
NAMES = ("Example, Inc.", "Snap B.V.", "unknown")
MOMENTS = [START + timedelta(hours=hours) for hours in (0, 1, 2, 3, 26, 27)]
VALUES: Mapping[str, list[Any]] = {
    "platform": ["tiktok", "instagram", "x"],
    "provider": [*NAMES, None],
    "category": ["csam", "grooming"],
    "basis": [*Basis],
    "stage": [*Stage][:4],
    "whose_turn": [*Turn],
    "next_step": [*NextStep][:4],
    "case_ref": ["A/1", "A/2"],
    "external_ref": ["E-1", "E-2", None],
    "logged_at": MOMENTS,
    "updated_at": MOMENTS,
    "due_at": [*MOMENTS, None],
    "submitted_at": [*MOMENTS, None],
}
STATES = [*ItemState][:4]
DAYS = ["2026-03-01", "2026-03-02", "2026-03-03"]
FIXED = {
    "ai_generated": "unknown", "sexual_extortion": False, "urgent": False, "court_order": False,
    "language": "en", "authorised_by_person": False, "conditions": (), "missing": "[]",
    "version": 1, "created_at": START,
}  # fmt: skip


# The filters that are drawn: all of them, which tests/takedowns/test_list_columns.py sees to.
DRAWN = {
    *(name for name in NARROWING if name in MANY),
    *("logged_from", "logged_to", "submitted_from", "submitted_to", "updated_since"),
    *("case_ref", "external_ref", "overdue"),
}


def given_texts() -> Iterator[st.SearchStrategy[dict[str, Any]]]:
    """What an address may say, filter by filter."""
    for name in (name for name in NARROWING if name in MANY):
        values = STATES if name == "item_state" else [one for one in VALUES[name] if one]
        many = st.lists(st.sampled_from(values), min_size=1, max_size=3)
        yield many.map(lambda texts, name=name: {name: [",".join(texts)]})
    moments = st.sampled_from([*DAYS, *map(stamp, MOMENTS)])
    for name in ("logged_from", "logged_to", "submitted_from", "submitted_to", "updated_since"):
        yield moments.map(lambda text, name=name: {name: text})
    for name, texts in {"case_ref": ["A/1", "A/3"], "external_ref": ["E-1"]}.items():
        yield st.sampled_from(texts).map(lambda text, name=name: {name: text})
    yield st.sampled_from(["true", "false"]).map(lambda text: {"overdue": text})


QUERIES = st.lists(st.one_of(*given_texts()), max_size=3).map(
    lambda parts: {name: text for part in parts for name, text in part.items()}
)
SORTS = st.sampled_from([None, *ListOrder])


@pytest.fixture
def rows(database: Database) -> list[Row]:
    """Eighty takedowns of any kind, with the states of their items."""
    dice, numbers = Random(7), count(1)
    with database.write() as unit:
        return [stored(unit, dice, next(numbers)) for _ in range(80)]


def stored(unit: Unit, dice: Random, number: int) -> Row:
    row = {name: dice.choice(values) for name, values in VALUES.items()}
    row |= {"id": number, "reference": f"TD-{number:06d}"}
    states = dice.sample(STATES, dice.choice([1, 1, 2]))
    unit.connection.execute(insert(takedowns), [FIXED | row])
    unit.connection.execute(
        insert(items),
        [
            {"takedown_id": number, "number": at, "kind": "post", "sealed": b"", "state": state}
            for at, state in enumerate(states, start=1)
        ],
    )
    return row | {"item_state": states}


def expected(rows: list[Row], filters: Filters, now: datetime) -> list[int]:
    """The ids that the filters leave, in order, as one would find them by reading every row."""
    found = [row for row in rows if fulfils(row, filters, now)]
    if filters.sort is None:
        return sorted((row["id"] for row in found), reverse=True)
    name, is_descending = filters.sort.lstrip("-"), filters.sort.startswith("-")
    for_sure = [row for row in found if row[name] is not None]
    lacking = [row for row in found if row[name] is None]
    for_sure.sort(key=lambda row: (row[name], row["id"]), reverse=is_descending)
    lacking.sort(key=lambda row: row["id"], reverse=is_descending)
    return [row["id"] for row in (*for_sure, *lacking)]


def fulfils(row: Row, filters: Filters, now: datetime) -> bool:
    is_late = row["due_at"] is not None and row["due_at"] <= now
    for name, wanted in filters.given.items():
        kind, _, side = name.rpartition("_")
        if name == "overdue":
            is_right = is_late == wanted
        elif name == "item_state":
            is_right = bool(set(row[name]) & set(wanted))
        elif name == "provider":
            is_right = (row[name] or "unknown") in wanted
        elif name in MANY:
            is_right = row[name] in wanted
        elif side in ("from", "since", "to"):
            at = row[f"{kind}_at"]
            is_right = at is not None and (at < wanted if side == "to" else at >= wanted)
        else:
            is_right = row[name] == wanted
        if not is_right:
            return False
    return True


def walked(database: Database, filters: Filters, limit: int, between: Any = None) -> list[int]:
    """The ids of all pages, one after the other; something may happen between them."""
    found, after, order = list[int](), None, Order.of(filters)
    while True:
        with database.read() as unit:
            page = listing.page(unit, filters, limit=limit, after=after)
        found += [row.id for row in page]
        if len(page) < limit:
            return found
        after = order.place_of(page[-1])
        if between is not None:
            between()


@given(query=QUERIES, sort=SORTS, limit=st.integers(1, 90))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_hold_what_a_reading_of_every_row_finds(
    database: Database, rows: list[Row], query: dict[str, Any], sort: str | None, limit: int
) -> None:
    asked = query | ({"sort": sort} if sort else {})
    filters = Filters.model_validate(asked).in_zone(BRUSSELS)
    wanted = expected(rows, filters, database.clock())

    assert walked(database, filters, limit) == wanted
    with database.read() as unit:
        assert [row.id for some in listing.everything(unit, filters) for row in some] == wanted


@pytest.mark.parametrize("sort", [None, *ListOrder])
def test_what_is_logged_meanwhile_moves_nothing(
    database: Database, rows: list[Row], sort: ListOrder | None
) -> None:
    filters = Filters(sort=sort)
    dice, numbers = Random(8), count(1_000)

    def one_more() -> None:
        with database.write() as unit:
            stored(unit, dice, next(numbers))

    found = walked(database, filters, 7, one_more)

    old = [number for number in found if number < 1_000]
    assert old == expected(rows, filters, database.clock())
    assert len(found) == len(set(found))


def test_every_filter_has_its_condition_and_every_order_its_column() -> None:
    assert set(listing.CONDITIONS) == set(NARROWING)
    assert {Order.of(Filters(sort=order)).column for order in ListOrder} <= {*takedowns.c.keys()}
    assert get_args(Filters.model_fields["sort"].annotation)[0] is ListOrder


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({}, "ix_takedowns_list"),
        ({"platform": ["x,tiktok"], "overdue": "true"}, "ix_takedowns_list"),
        ({"item_state": ["gone"]}, "ix_takedowns_list"),
        ({"sort": "-logged_at"}, "ix_takedowns_logged_at"),
        ({"stage": ["draft"], "sort": "due_at"}, "ix_takedowns_due_at"),
        ({"sort": "-submitted_at"}, "ix_takedowns_submitted_at"),
    ],
)
def test_what_leaves_many_is_gone_through_in_an_index(
    database: Database, query: dict[str, Any], index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", -1)

    pages = [steps for steps in plans(database, query) if "MATERIALIZE places" in steps]

    assert pages
    for steps in pages:
        assert [step for step in steps if index in step], steps
        # The page itself is put in order once more; what it is chosen from is not.
        assert len([step for step in steps if "TEMP B-TREE" in step]) == 1, steps


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({"platform": ["x,tiktok"]}, "ix_takedowns_platform_submitted_at"),
        ({"provider": ["X Ltd", "unknown"]}, "ix_takedowns_provider"),
        ({"category": ["csam"], "sort": "due_at"}, "ix_takedowns_category_submitted_at"),
        ({"basis": ["voluntary"], "overdue": "false"}, "ix_takedowns_basis_submitted_at"),
        ({"stage": ["draft,held"]}, "ix_takedowns_stage"),
        ({"whose_turn": ["us"]}, "ix_takedowns_inbox"),
        ({"next_step": ["release"]}, "ix_takedowns_next_step"),
        ({"item_state": ["gone"]}, "ix_items_state"),
        ({"overdue": "true"}, "ix_takedowns_due_at"),
        ({"logged_from": "2026-03-01", "logged_to": "2026-04-01"}, "ix_takedowns_logged_at"),
        ({"submitted_to": "2026-04-01"}, "ix_takedowns_submitted_at"),
        ({"updated_since": "2026-03-01"}, "ix_takedowns_updated_at"),
        ({"case_ref": "A/1"}, "ix_takedowns_case_ref"),
        ({"external_ref": "E-1"}, "ix_takedowns_external_ref"),
    ],
)
def test_what_leaves_few_is_found_in_the_index_of_the_filter(
    database: Database, query: dict[str, Any], index: str
) -> None:
    for steps in plans(database, query):
        assert [step for step in steps if step.startswith("SEARCH") and index in step], steps


@pytest.mark.parametrize("few", [-1, 3])
def test_however_rows_are_chosen_a_page_holds_the_same(
    database: Database, rows: list[Row], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", few)

    for query in ({"stage": ["draft"]}, {"item_state": ["gone"]}, {"overdue": "true"}):
        for sort in (None, *ListOrder):
            filters = Filters.model_validate(query | ({"sort": sort} if sort else {}))
            assert walked(database, filters, 7) == expected(rows, filters, database.clock())


def plans(database: Database, query: dict[str, Any]) -> Iterator[list[str]]:
    """How SQLite goes about each statement of a page."""
    filters = Filters.model_validate(query).in_zone(BRUSSELS)
    with database.read() as unit:
        for text, values in statements(unit, filters):
            plan = unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
            steps = [row[3] for row in plan]
            assert [step for step in steps if step == "SCAN takedowns"] == []
            yield steps


def statements(unit: Any, filters: Filters) -> list[tuple[str, Any]]:
    """The statements that a page takes."""
    told: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        told.append((given[2], given[3]))

    event.listen(unit.connection, "before_cursor_execute", note)
    listing.page(unit, filters, limit=5)
    event.remove(unit.connection, "before_cursor_execute", note)
    return told
