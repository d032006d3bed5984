"""Reads of content with a token stand in the audit log, once a token, call and hour."""

from typing import Any

from starlette.testclient import TestClient

from app import main
from app.accounts import audit
from app.accounts.audit import Wanted
from app.accounts.content_reads import ACTION
from app.api import content_reads
from app.kit.database import Database
from app.parts import Context
from tests.api.factories import logged, submitted
from tests.broken import broken
from tests.client import Caller
from tests.factories import Hands


def told(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as unit:
        page = audit.page(unit, Wanted(action=ACTION), before=None, limit=50)
    return [(entry.by, entry.detail["call"], entry.detail["hour"]) for entry in reversed(page)]


def read_twice(call: Caller, reference: str) -> None:
    for _ in range(2):
        call.get(f"/takedowns/{reference}")
        call.get("/takedowns")
        call.get("/events")


def test_an_hour_of_reading_is_one_entry_for_each_call(
    call: Caller, database: Database, hands: Hands
) -> None:
    reference = logged(call)["reference"]

    read_twice(call, reference)
    hands.forward(1)
    call.get("/takedowns")

    assert told(database) == [
        ("token:case system", "getTakedown", "2026-03-02T09:00:00Z"),
        ("token:case system", "listTakedowns", "2026-03-02T09:00:00Z"),
        ("token:case system", "followEvents", "2026-03-02T09:00:00Z"),
        ("token:case system", "listTakedowns", "2026-03-02T10:00:00Z"),
    ]


def test_an_answer_that_shows_more_than_was_sent_is_a_read_too(
    call: Caller, database: Database
) -> None:
    reference = logged(call)["reference"]
    path = f"/takedowns/{reference}"
    call.post(f"{path}/submission", {"how": "form", "no_ticket": True})
    call.post(f"{path}/notices", {"purpose": "reminder", "how": "form"})
    call.post(f"{path}/events", {"kind": "noted", "text": "Asked by telephone."})

    assert [name for _, name, _ in told(database)] == [
        "submitTakedown", "sendNotice", "recordEvent",
    ]  # fmt: skip


def test_an_answer_given_again_is_a_read_too(
    call: Caller, database: Database, hands: Hands
) -> None:
    path = f"/takedowns/{logged(call)['reference']}/events"
    note = {"kind": "noted", "text": "Asked by telephone."}

    for _ in range(2):
        call.post(path, note, **{"Idempotency-Key": "once"})
        hands.forward(1)

    assert [name for _, name, _ in told(database)] == ["recordEvent", "recordEvent"]


def test_who_hangs_up_in_the_middle_has_read(call: Caller, database: Database) -> None:
    logged(call)
    csv = {"Accept": "text/csv"}

    with call.client.stream("GET", "/api/v1/takedowns", headers=call.headers | csv) as answer:
        assert answer.status_code == 200

    assert [name for _, name, _ in told(database)] == ["listTakedowns"]


def test_another_process_writes_no_second_entry(call: Caller, parts: Context) -> None:
    reference = logged(call)["reference"]
    call.get(f"/takedowns/{reference}")

    with TestClient(main.create_app(parts)) as client:
        token = call.headers["Authorization"].split()[-1]
        Caller(client, token).get(f"/takedowns/{reference}")

    assert [name for _, name, _ in told(parts.database)] == ["getTakedown"]


def test_what_shows_no_content_is_no_read(call: Caller, call_with: Any, database: Database) -> None:
    reference = logged(call)["reference"]  # answered with what was just sent
    call("POST", "/recognise", {"text": "https://youtu.be/aB3dE5fG7hE"})
    call("GET", "/takedowns/TD-222222")
    call.get("/platforms")
    read_twice(call_with("takedowns:read"), reference)

    assert told(database) == []


def test_the_entries_above_are_written_by_nothing_else(call: Caller, database: Database) -> None:
    async def nothing(*_: object) -> None:
        return None

    with broken((content_reads.ContentReads, "_write", nothing)):
        read_twice(call, submitted(call))

    assert told(database) == []
