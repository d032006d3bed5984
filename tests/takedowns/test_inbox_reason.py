"""Each line of the table of next steps has its reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.kit.database import Database
from app.takedowns import cache, inbox_bands, inbox_order, inbox_reason, queries
from app.takedowns.inbox_order import Wanted
from app.takedowns.inbox_reason import Standing, Why
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Recorded
from tests.factories import START, ManualClock

SUBMITTED: tuple[str, float, dict[str, Any]] = ("submitted", 0, {})


def after(hours: float) -> Any:
    return START + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("story", "now", "why"),
    [
        ([], 1, Why("ready", START)),
        ([("held", 1, {"reason": "police_first"})], 2, Why("held", after(1))),
        ([SUBMITTED], 1, Why("submitted", START)),
        ([SUBMITTED, ("receipt_confirmed", 1, {"automatic": True})], 2, Why("receipt", after(1))),
        ([SUBMITTED], 26, Why("no_receipt", START)),
        (
            [SUBMITTED, ("receipt_confirmed", 1, {"automatic": True})],
            26,
            Why("no_decision", START),
        ),
        (
            [SUBMITTED, ("information_requested", 3, {"text": "Which?"})],
            4,
            Why("asked", after(3)),
        ),
        ([SUBMITTED, ("decided", 5, {"outcome": "removed"})], 6, Why("says_gone", after(5))),
        (
            [
                SUBMITTED,
                ("decided", 5, {"outcome": "removed"}),
                ("seen", 7, {"availability": "live"}),
            ],
            8,
            Why("still_up"),
        ),
        (
            [
                SUBMITTED,
                ("seen", 3, {"availability": "gone"}),
                ("seen", 7, {"availability": "live"}),
            ],
            8,
            Why("came_back"),
        ),
        ([SUBMITTED, ("decided", 5, {"outcome": "refused"})], 6, Why("refused", after(5))),
        (
            [SUBMITTED, ("decided", 5, {"outcome": "geo_restricted", "scope": ["BE"]})],
            6,
            Why("restricted", after(5)),
        ),
        (
            [SUBMITTED, ("decided", 5, {"outcome": "refused"}), ("complained", 6, {})],
            7,
            Why("contested", after(6)),
        ),
        (
            [
                SUBMITTED,
                ("decided", 5, {"outcome": "refused"}),
                ("noted", 6, {"text": "So be it.", "accepted": True}),
            ],
            7,
            Why("to_close"),
        ),
        ([("submitted", 0, {"reply_expected": False})], 25, Why("no_reply_expected", START)),
        (
            [("submitted", 0, {"reply_expected": False}), ("decided", 5, {"outcome": "refused"})],
            25,
            Why("refused", after(5)),
        ),
        (
            [
                ("submitted", 0, {"reply_expected": False}),
                ("decided", 5, {"outcome": "geo_restricted", "scope": ["BE"]}),
                ("noted", 6, {"text": "So be it.", "accepted": True}),
            ],
            25,
            Why("no_reply_expected", START),
        ),
        (
            [
                SUBMITTED,
                ("decided", 5, {"outcome": "removed"}),
                ("seen", 6, {"availability": "gone"}),
            ],
            7,
            Why("nothing"),
        ),
    ],
)
def test_a_next_step_has_its_reason(
    database: Database,
    clock: ManualClock,
    reference: str,
    record: Callable[..., Recorded],
    story: list[tuple[str, float, dict[str, Any]]],
    now: float,
    why: Why,
) -> None:
    for kind, hours, told in story:
        clock.now = after(hours)
        record(kind, **told)
    clock.now = after(now)

    assert inbox_reason.of(*stands(database, reference)) == why


def stands(database: Database, reference: str) -> tuple[TakedownRow, Standing]:
    """The takedown as its timeline makes it now, and how its items stand."""
    with database.write() as unit:
        row = queries.by_reference(unit, reference)
        entries = queries.events_of(unit, [row.id])[row.id]
        cache.write(unit, row.id, entries, missing=(), now=unit.clock())
        row = queries.by_reference(unit, reference)
        return row, inbox_order.standings(unit, [row.id])[row.id]


def test_where_one_of_several_was_refused_and_none_is_said_to_be_gone_it_says_refused(
    database: Database, clock: ManualClock, reference: str, record: Callable[..., Recorded]
) -> None:
    record("submitted", reply_expected=False)
    clock.now = after(5)
    record("decided", outcome="refused")
    record("noted", text="So be it.", accepted=True)
    clock.now = after(25)
    row, _ = stands(database, reference)

    said = [inbox_reason.of(row, Standing(3, gone, refused=1)) for gone in (0, 1)]

    assert (row.next_step, [one.code for one in said]) == ("check", ["refused", "says_gone"])
    assert said[0].at == after(5)


def test_a_draft_says_how_many_fields_it_lacks(database: Database, reference: str) -> None:
    with database.write() as unit:
        row = queries.by_reference(unit, reference)
        entries = queries.events_of(unit, [row.id])[row.id]
        cache.write(
            unit, row.id, entries, missing=[{"field": "a"}, {"field": "b"}], now=unit.clock()
        )
        order = inbox_bands.order_at(unit.clock(), ZoneInfo("UTC"), {"csam": 1})
        [shown] = inbox_order.page(unit, order, Wanted(), after=None, limit=5)

    assert inbox_reason.of(shown, inbox_reason.Standing()) == Why("fields_missing", number=2)
