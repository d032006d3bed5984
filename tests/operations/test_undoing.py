"""Undoing a submission leaves a draft that can be submitted again; both stay in the timeline."""

from datetime import timedelta

import pytest

from app import demo
from app.accounts import audit, people
from app.accounts.permissions import Person
from app.context import Context
from app.kit.errors import NotAllowedNow
from app.notices import drafts, new_items, submission
from app.notices.submission import Sending
from app.operations import bulk, undo_last
from app.operations.bulk import Done, Task
from app.takedowns import assignments, queries, snoozes
from app.takedowns.timeline import Actor
from tests.factories import EIGHT_LINKS, START, ManualClock


@pytest.fixture
def person(parts: Context) -> Person:
    with parts.database.write() as unit:
        demo.join(unit)
        return people.get(unit, 1)


@pytest.fixture
def reference(parts: Context, person: Person) -> str:
    """A submitted takedown, by this person."""
    by = Actor(person.name, "person")
    with parts.database.write() as unit:
        platform, items = new_items.items_at(
            parts.workspace, EIGHT_LINKS[:1], None, now=unit.clock()
        )
        given = {"case_ref": "C-1", "category": "csam", "explanation": "Assessed."}
        reference: str = drafts.log(
            unit, parts.workspace, given, platform=platform, items=items, by=by
        ).reference
        row = queries.by_reference(unit, reference)
        submission.submit(unit, parts.workspace, row, sending=Sending(no_ticket=True), by=by)
        return reference


def last(parts: Context, reference: str) -> int:
    with parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return int(queries.events_of(unit, [row.id])[row.id][-1].number)


def test_a_submission_undone_is_a_draft_that_lacks_nothing(
    parts: Context, person: Person, reference: str, clock: ManualClock
) -> None:
    number = last(parts, reference)
    clock.advance(0.1)

    with parts.database.write() as unit:
        undo_last.undo(unit, parts.workspace, person, marks=[str(number)])

        row = queries.by_reference(unit, reference)
        kinds = [entry.event.kind for entry in queries.events_of(unit, [row.id])[row.id]]
        assert (row.stage, row.whose_turn, row.next_step) == ("draft", "us", "submit")
        assert kinds == ["logged", "submitted", "corrected"]
        submission.submit(
            unit,
            parts.workspace,
            row,
            sending=Sending(ticket_id="T-2"),
            by=Actor(person.name, "person"),
        )
        assert queries.by_reference(unit, reference).stage == "submitted"


@pytest.mark.parametrize(
    ("name", "hours", "reason"),
    [("Analyst-02", 0.0, "not_yours"), ("Analyst-01", 0.2, "too_late_to_undo")],
)
def test_only_ones_own_fresh_entries_are_undone(
    parts: Context, person: Person, reference: str, clock: ManualClock,
    name: str, hours: float, reason: str,
) -> None:  # fmt: skip
    number = last(parts, reference)
    clock.advance(hours)

    with parts.database.write() as unit, pytest.raises(NotAllowedNow) as refused:
        undo_last.undo(unit, parts.workspace, person._replace(name=name), marks=[str(number)])

    assert refused.value.reason == reason
    assert last(parts, reference) == number


def test_what_does_not_exist_or_was_undone_cannot_be_undone(
    parts: Context, person: Person, reference: str
) -> None:
    number = last(parts, reference)
    with parts.database.write() as unit:
        undo_last.undo(unit, parts.workspace, person, marks=[str(number)])

    reasons = []
    for mark in (str(number), "999999"):
        with parts.database.write() as unit, pytest.raises(NotAllowedNow) as refused:
            undo_last.undo(unit, parts.workspace, person, marks=[mark])
        reasons.append(refused.value.reason)

    assert reasons == ["already_corrected", "no_such_event"]


def test_a_rehearsal_changes_nothing(parts: Context, person: Person, reference: str) -> None:
    number = last(parts, reference)

    with parts.database.write() as unit:
        told = bulk.rehearse(
            unit, parts.workspace, [reference, "TD-222222"], task=Task("chase", person)
        )

    assert told == [
        Done(reference, f"r.{reference}"),
        Done("TD-222222", None, "not_found"),
    ]
    assert last(parts, reference) == number


def test_a_platform_that_owes_nothing_is_not_chased(
    parts: Context, person: Person, reference: str, clock: ManualClock
) -> None:
    clock.advance(1)
    with parts.database.write() as unit:
        bulk.carry_out(unit, parts.workspace, [reference], task=Task("gone", person))

        told = bulk.carry_out(unit, parts.workspace, [reference], task=Task("chase", person))
        again = bulk.carry_out(
            unit, parts.workspace, [reference], task=Task("wait", person, until=clock.advance(1))
        )

    assert told == [Done(reference, None, "nothing_to_chase")]
    assert again == [Done(reference, None, "nothing_to_do")]


def test_what_is_put_aside_or_given_away_is_taken_back_by_its_mark(
    parts: Context, person: Person, reference: str, clock: ManualClock
) -> None:
    until = clock.now.replace(year=clock.now.year + 1)
    with parts.database.write() as unit:
        done = [
            *bulk.carry_out(
                unit, parts.workspace, [reference], task=Task("wait", person, until=until)
            ),
            *bulk.carry_out(
                unit, parts.workspace, [reference], task=Task("assign", person, colleague=2)
            ),
        ]
        takedown_id = queries.by_reference(unit, reference).id
        assert snoozes.of(unit, [takedown_id]) == {takedown_id: until}
        assert assignments.of(unit, [takedown_id])[takedown_id].user_id == 2

        undo_last.undo(unit, parts.workspace, person, marks=[one.mark or "" for one in done])

        assert snoozes.of(unit, [takedown_id]) == {}
        assert assignments.of(unit, [takedown_id]) == {}
        logged = audit.page(unit, audit.Wanted(reference=reference), before=None, limit=9)
    assert [(entry.action, entry.detail) for entry in logged] == [
        ("released", {}),
        ("assigned", {"to": "Analyst-02"}),
    ]


@pytest.mark.parametrize(
    ("story", "recorded", "happened", "is_fresh"),
    [
        ("just now", 0, 0, True),
        ("nine minutes ago, of last week", -9, -9999, True),
        ("ten minutes ago", -10, -10, False),
        ("by a clock that differs by a second", 1 / 60, 1 / 60, True),
        ("an hour before the clock was put back", 60, 60, False),
        ("just now, after a clock that ran ahead", 9999, 0, True),
        ("long ago, after a clock that ran ahead", 9999, -10, False),
    ],
)
def test_an_entry_is_fresh_for_ten_minutes_whatever_the_clock_did(
    story: str, recorded: float, happened: float, is_fresh: bool
) -> None:
    at = [START + timedelta(minutes=minutes) for minutes in (recorded, happened)]

    assert undo_last.is_fresh(*at, now=START) == is_fresh
