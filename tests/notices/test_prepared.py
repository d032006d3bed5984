"""Reminders that are prepared: to be sent, and in no timeline until somebody sends them."""

from datetime import timedelta

import pytest

from app import demo
from app.accounts import people
from app.accounts.permissions import Person
from app.context import Context
from app.kit.errors import NotAllowedNow
from app.notices import prepared
from app.operations import bulk, undo_last
from app.operations.bulk import Done, Task
from app.takedowns import queries, snoozes
from tests.api_client import ApiClient
from tests.factories import EIGHT_LINKS, ManualClock
from tests.proof.falsified import Record


@pytest.fixture
def person(parts: Context) -> Person:
    with parts.database.write() as unit:
        demo.join(unit)
        return people.get(unit, 1)


@pytest.fixture
def references(api: ApiClient, clock: ManualClock) -> list[str]:
    """Three takedowns that were submitted thirty hours ago, and one that was not."""
    made = []
    for number, url in enumerate(EIGHT_LINKS[:4]):
        body = {
            "case_ref": f"C-{number}",
            "category": "csam",
            "urls": [url],
            "explanation": "Assessed.",
            "include_identity": True,  # so that the platform can answer
        }
        made.append(api.post("/takedowns", body)["reference"])
    for reference in made[:3]:
        api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    clock.advance(30)
    return made


def chase(parts: Context, person: Person, references: list[str]) -> list[Done]:
    with parts.database.write() as unit:
        return bulk.carry_out(unit, parts.workspace, references, task=Task("chase", person))


def waiting(parts: Context) -> set[str]:
    with parts.database.read() as unit:
        return {row.reference for row in prepared.waiting(unit)}


def kinds(api: ApiClient, reference: str) -> list[str]:
    return [event["kind"] for event in api.get(f"/takedowns/{reference}/events")["data"]]


def test_to_prepare_reminders_records_nothing(
    api: ApiClient, parts: Context, person: Person, references: list[str]
) -> None:
    before = [api.get(f"/takedowns/{reference}") for reference in references]

    done = chase(parts, person, references)

    *chased, draft = references
    assert done == [
        *(Done(reference, f"r.{reference}") for reference in chased),
        Done(draft, None, "not_submitted"),
    ]
    assert waiting(parts) == set(chased)
    assert [api.get(f"/takedowns/{reference}") for reference in references] == before
    assert [kinds(api, reference) for reference in chased] == [["logged", "submitted"]] * 3
    assert [before[0]["whose_turn"], before[0]["next_step"]] == ["us", "chase"]
    assert Record(parts).faults() == []


def test_one_that_is_prepared_is_not_prepared_twice(
    parts: Context, person: Person, references: list[str]
) -> None:
    chase(parts, person, references[:1])

    again = chase(parts, person, references[:2])

    assert [one.reason for one in again] == ["already_prepared", None]


@pytest.mark.parametrize("how", ["as a notice", "elsewhere"])
def test_what_was_sent_is_not_to_be_sent_any_more(
    api: ApiClient, parts: Context, person: Person, references: list[str], how: str
) -> None:
    chase(parts, person, references[:2])
    here = f"/takedowns/{references[0]}"

    if how == "elsewhere":
        api.post(f"{here}/events", {"kind": "reminded", "text": "By telephone."})
    else:
        api.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})

    assert waiting(parts) == {references[1]}
    assert len(api.get(f"{here}/notices")["data"]) == (1 if how == "elsewhere" else 2)


def test_one_sent_by_mistake_waits_again_once_it_is_undone(
    api: ApiClient, parts: Context, person: Person, references: list[str]
) -> None:
    here = f"/takedowns/{references[0]}"
    sent = api.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})
    number = sent["event"]["id"]

    undone = api.post(f"{here}/events", {"kind": "corrected", "voids": number, "replacement": None})
    after_undo = waiting(parts)
    back = {"kind": "corrected", "voids": undone["id"], "replacement": {}}
    api.post(f"{here}/events", back)

    assert after_undo == {references[0]}
    assert waiting(parts) == set()


def test_what_needs_no_reminder_any_more_does_not_wait_for_one(
    api: ApiClient, parts: Context, person: Person, references: list[str]
) -> None:
    chase(parts, person, references[:3])

    for reference, event in zip(
        references,
        [
            {"kind": "decided", "outcome": "removed"},
            {"kind": "closed"},
            {"kind": "receipt_confirmed", "automatic": True},
        ],
        strict=False,
    ):
        api.post(f"/takedowns/{reference}/events", event)

    assert waiting(parts) == {references[2]}


def test_a_prepared_reminder_is_taken_back_by_its_mark(
    api: ApiClient, parts: Context, person: Person, references: list[str]
) -> None:
    """What somebody wrote for it stays: it is theirs, not the mark's."""
    here = f"/takedowns/{references[0]}/notice"
    words = {"purpose": "reminder", "fields": {"explanation": "Our own words."}}
    api.request("PUT", here, words)
    chase(parts, person, references[:2])

    with parts.database.write() as unit:
        undo_last.undo(unit, parts.workspace, person, marks=[f"r.{references[0]}"])

    assert waiting(parts) == {references[1]}
    assert "Our own words." in api.get(f"{here}?purpose=reminder")["body"]
    assert kinds(api, references[0]) == ["logged", "submitted"]


def test_a_reminder_goes_in_the_language_in_which_words_were_written_last(
    api: ApiClient, parts: Context, clock: ManualClock, references: list[str]
) -> None:
    here = f"/takedowns/{references[0]}/notice"
    for language in ("fr", "nl"):
        clock.advance(0.1)
        words = {"purpose": "reminder", "language": language, "fields": {"explanation": "Eigen."}}
        api.request("PUT", here, words)

    with parts.database.read() as unit:
        found = [prepared.which(unit, queries.by_reference(unit, one)) for one in references[:2]]

    assert found == [("dsa", "nl"), (None, None)]


def test_nothing_is_prepared_where_nothing_is_owed(
    api: ApiClient, parts: Context, references: list[str]
) -> None:
    api.post(f"/takedowns/{references[0]}/events", {"kind": "decided", "outcome": "refused"})
    reasons = []

    for reference in (references[0], references[3]):
        with parts.database.write() as unit, pytest.raises(NotAllowedNow) as refused:
            prepared.prepare(unit, parts.workspace, queries.by_reference(unit, reference))
        reasons.append(refused.value.reason)

    assert reasons == ["nothing_to_chase", "not_submitted"]


def test_what_a_platform_is_to_be_chased_for_is_counted_but_what_is_prepared_or_put_aside(
    api: ApiClient, parts: Context, person: Person, references: list[str], clock: ManualClock
) -> None:
    late = [api.get(f"/takedowns/{one}")["platform"] for one in references[:3]]
    with parts.database.write() as unit:
        counted = [prepared.overdue(unit, platform) for platform in late]
        prepared.mark(unit, queries.by_reference(unit, references[0]))
        row = queries.by_reference(unit, references[1])
        snoozes.put_aside(unit, row.id, person.id, until=clock.now + timedelta(hours=1))
        after = [prepared.overdue(unit, platform) for platform in late]
        open_there = [
            [row.reference for row in prepared.open_at(unit, platform, 5)] for platform in late
        ]

    assert (counted, after) == ([1, 1, 1], [0, 0, 1])
    assert open_there == [[one] for one in references[:3]]
    clock.advance(2)
    with parts.database.read() as unit:
        assert prepared.overdue(unit, late[1]) == 1


def test_those_to_be_chased_come_before_all_else_that_is_open_there(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    body = {
        "case_ref": "C-1", "category": "csam", "explanation": "Assessed.", "include_identity": True
    }  # fmt: skip
    draft, late = (
        api.post("/takedowns", body | {"urls": [f"https://www.instagram.com/p/{name}/"]})
        for name in ("C7aB2cD3eF4", "C7aB2cD3eF5")
    )
    api.post(f"/takedowns/{late['reference']}/submission", {"how": "form", "no_ticket": True})
    clock.advance(30)
    now = api.get(f"/takedowns/{late['reference']}")
    with parts.database.read() as unit:
        rows = prepared.open_at(unit, "instagram", 2)

    assert now["next_step"] == "chase"
    assert draft["due_at"] < now["due_at"]
    assert [row.reference for row in rows] == [late["reference"], draft["reference"]]
