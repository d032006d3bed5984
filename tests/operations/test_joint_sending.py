"""One reminder for several, marked as sent: the same text under each, and no second reminder."""

from typing import Any

import pytest

from app import demo
from app.accounts import people
from app.accounts.permissions import Person
from app.context import Context
from app.kit.errors import NotAllowedNow, Refused, Stale
from app.notices import frozen, joint_filling, prepared
from app.notices.submission import Sending
from app.operations import bulk, joint_sending, undo_last
from app.operations.bulk import Done, Task
from app.takedowns import queries
from tests.api_client import ApiClient
from tests.databases import Story
from tests.factories import ManualClock
from tests.proof.falsified import Record

SENDING = Sending(ticket_id="FOLLOW-UP-1")


def ten_on_one_platform(api: ApiClient, clock: ManualClock) -> list[str]:
    """Log ten takedowns; eight were submitted thirty hours ago, and are prepared."""
    references = []
    for number in range(10):
        body = {
            "case_ref": f"C-{number}",
            "category": "csam",
            "urls": [f"https://www.instagram.com/p/C7aB2cD3eF{number}/"],
            "explanation": "Assessed.",
            "include_identity": True,  # so that the platform can answer
        }
        references.append(api.post("/takedowns", body)["reference"])
    for number, reference in enumerate(references[:8]):
        how = {"how": "form", "ticket_id": f"T-{number}"}
        api.post(f"/takedowns/{reference}/submission", how)
    clock.advance(30)
    with api.parts.database.write() as unit:
        demo.join(unit)
        task = Task("chase", people.get(unit, 1))
        done = bulk.carry_out(unit, api.parts.workspace, references, task=task)
    assert [one.reason for one in done] == [None] * 8 + ["not_submitted"] * 2
    return references


@pytest.fixture
def past() -> Story:
    return ten_on_one_platform


@pytest.fixture
def ten(told: list[str]) -> list[str]:
    return told


@pytest.fixture
def person(parts: Context) -> Person:
    with parts.database.read() as unit:
        return people.get(unit, 1)


def seen(parts: Context, references: list[str]) -> str:
    """What the page of a reminder holds of it."""
    with parts.database.read() as unit:
        rows = [queries.by_reference(unit, reference) for reference in references]
        [joint] = joint_filling.gather(unit, parts.workspace, rows).joint
        return joint_filling.fingerprint(unit, joint)


def send(
    parts: Context, person: Person, references: list[str], what: str, sending: Sending = SENDING
) -> list[Done]:
    with parts.database.write() as unit:
        return joint_sending.send(
            unit, parts.workspace, references, seen=what, sending=sending, person=person
        )


def waiting(parts: Context) -> set[str]:
    with parts.database.read() as unit:
        return {row.reference for row in prepared.waiting(unit)}


def reminders(parts: Context, reference: str) -> list[Any]:
    """The reminders of a takedown that stand as sent, in words."""
    with parts.database.read() as unit:
        sent = frozen.sent_of(unit, queries.by_reference(unit, reference))
        return [one.words for one in sent if one.row.purpose == "reminder"]


def test_one_text_is_frozen_under_each_and_undo_restores_all_eight(
    api: ApiClient, parts: Context, person: Person, ten: list[str]
) -> None:
    eight = ten[:8]

    done = send(parts, person, eight, seen(parts, eight))

    kept = [words for reference in eight for words in reminders(parts, reference)]
    assert len(kept) == 8
    assert len({words["sha256"] for words in kept}) == 1
    assert all(
        f"{reference}. Your number: T-{n}." in kept[0]["body"] for n, reference in enumerate(eight)
    )
    urls = [next(one["value"] for one in words["fields"] if one["id"] == "urls") for words in kept]
    assert urls == [f"https://www.instagram.com/p/C7aB2cD3eF{number}/" for number in range(8)]
    assert "instagram.com" not in kept[0]["body"]
    assert waiting(parts) == set()
    told = [api.get(f"/takedowns/{reference}") for reference in eight]
    assert {(one["whose_turn"], one["next_step"]) for one in told} == {("platform", "wait")}
    assert told[3]["ticket_ids"] == ["T-3", "FOLLOW-UP-1"]

    with parts.database.write() as unit:
        marks = [one.mark or "" for one in done]
        undo_last.undo(unit, parts.workspace, person, marks=marks)

    assert waiting(parts) == set(eight)
    assert [reminders(parts, reference) for reference in eight] == [[]] * 8
    assert Record(parts).faults() == []


@pytest.mark.parametrize("sending", [SENDING, Sending(no_ticket=True)], ids=["ticket", "none"])
def test_who_marks_it_second_reminds_nobody_twice(
    parts: Context, person: Person, ten: list[str], sending: Sending
) -> None:
    eight, what = ten[:8], seen(parts, ten[:8])
    send(parts, person, eight, what, sending)

    again = send(parts, person, eight, what, sending)

    assert [(one.mark, one.reason) for one in again] == [(None, "not_to_be_sent")] * 8
    assert [len(reminders(parts, reference)) for reference in eight] == [1] * 8


def test_what_was_taken_off_meanwhile_is_skipped_and_the_others_are_recorded(
    parts: Context, person: Person, ten: list[str]
) -> None:
    eight, what = ten[:8], seen(parts, ten[:8])
    with parts.database.write() as unit:
        prepared.take_off(unit, queries.by_reference(unit, eight[5]))

    done = send(parts, person, eight, what)

    assert [one.reference for one in done if one.reason == "not_to_be_sent"] == [eight[5]]
    assert [len(reminders(parts, one)) for one in eight] == [1, 1, 1, 1, 1, 0, 1, 1]


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "receipt_confirmed", "automatic": False, "ticket_id": "T-NEW"},
        {"kind": "decided", "outcome": "refused"},
        {"kind": "withdrawn", "reason": "Ours was wrong."},
    ],
    ids=lambda event: str(event["kind"]),
)
def test_what_says_something_else_by_now_is_not_marked_as_sent(
    api: ApiClient, parts: Context, person: Person, ten: list[str], event: dict[str, Any]
) -> None:
    eight, what = ten[:8], seen(parts, ten[:8])
    api.post(f"/takedowns/{eight[2]}/events", event)

    with pytest.raises(Stale):
        send(parts, person, eight, what)

    assert [len(reminders(parts, reference)) for reference in eight] == [0] * 8


def test_a_ticket_and_none_is_refused_once_and_records_nothing(
    parts: Context, person: Person, ten: list[str]
) -> None:
    both = Sending(ticket_id="T", no_ticket=True)

    with pytest.raises(Refused) as refused:
        send(parts, person, ten[:8], seen(parts, ten[:8]), both)

    assert refused.value.code == "ticket_or_none"
    assert waiting(parts) == set(ten[:8])


def test_a_moment_before_a_submission_skips_that_one_alone(
    api: ApiClient, parts: Context, person: Person, ten: list[str], clock: ManualClock
) -> None:
    late, at = ten[8], clock.now
    clock.advance(1)
    api.post(f"/takedowns/{late}/submission", {"how": "form", "no_ticket": True})
    with parts.database.write() as unit:
        bulk.carry_out(unit, parts.workspace, [late], task=Task("chase", person))
    nine = ten[:9]

    done = send(parts, person, nine, seen(parts, nine), SENDING._replace(happened_at=at))

    assert [one.reference for one in done if one.mark is None] == [late]
    assert waiting(parts) == {late}


def test_who_has_not_sent_it_undoes_nothing(parts: Context, person: Person, ten: list[str]) -> None:
    done = send(parts, person, ten[:8], seen(parts, ten[:8]))
    with parts.database.write() as unit:
        other = people.get(unit, 2)

    marks = [one.mark or "" for one in done]
    with parts.database.write() as unit, pytest.raises(NotAllowedNow):
        undo_last.undo(unit, parts.workspace, other, marks=marks)

    assert waiting(parts) == set()
