"""Reads of content with a token stand in the audit log, once a token, call and hour."""

from typing import Any

from starlette.testclient import TestClient

from app import main
from app.accounts import audit
from app.accounts.audit import Wanted
from app.accounts.vocabularies import Action
from app.api import content_reads
from app.context import Context
from app.kit.database import Database
from tests.api.factories import logged, submitted
from tests.api_client import ApiClient
from tests.broken import broken
from tests.factories import ManualClock


def told(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as unit:
        page = audit.page(unit, Wanted(action=Action.CONTENT_READ), before=None, limit=50)
    return [(entry.by, entry.detail["call"], entry.detail["hour"]) for entry in reversed(page)]


def read_twice(api: ApiClient, reference: str) -> None:
    for _ in range(2):
        api.get(f"/takedowns/{reference}")
        api.get("/takedowns")
        api.get("/events")


def test_an_hour_of_reading_is_one_entry_for_each_call(
    api: ApiClient, database: Database, clock: ManualClock
) -> None:
    reference = logged(api)["reference"]

    read_twice(api, reference)
    clock.advance(1)
    api.get("/takedowns")

    assert told(database) == [
        ("token:case system", "getTakedown", "2026-03-02T09:00:00Z"),
        ("token:case system", "listTakedowns", "2026-03-02T09:00:00Z"),
        ("token:case system", "followEvents", "2026-03-02T09:00:00Z"),
        ("token:case system", "listTakedowns", "2026-03-02T10:00:00Z"),
    ]


def test_an_answer_that_shows_more_than_was_sent_is_a_read_too(
    api: ApiClient, database: Database
) -> None:
    reference = logged(api)["reference"]
    path = f"/takedowns/{reference}"
    api.post(f"{path}/submission", {"how": "form", "no_ticket": True})
    api.post(f"{path}/notices", {"purpose": "reminder", "how": "form"})
    api.post(f"{path}/events", {"kind": "noted", "text": "Asked by telephone."})

    assert [name for _, name, _ in told(database)] == [
        "submitTakedown", "sendNotice", "recordEvent",
    ]  # fmt: skip


def test_an_answer_given_again_is_a_read_too(
    api: ApiClient, database: Database, clock: ManualClock
) -> None:
    path = f"/takedowns/{logged(api)['reference']}/events"
    note = {"kind": "noted", "text": "Asked by telephone."}

    for _ in range(2):
        api.post(path, note, **{"Idempotency-Key": "once"})
        clock.advance(1)

    assert [name for _, name, _ in told(database)] == ["recordEvent", "recordEvent"]


def test_who_hangs_up_in_the_middle_has_read(api: ApiClient, database: Database) -> None:
    logged(api)
    csv = {"Accept": "text/csv"}

    with api.client.stream("GET", "/api/v1/takedowns", headers=api.headers | csv) as answer:
        assert answer.status_code == 200

    assert [name for _, name, _ in told(database)] == ["listTakedowns"]


def test_another_process_writes_no_second_entry(api: ApiClient, parts: Context) -> None:
    reference = logged(api)["reference"]
    api.get(f"/takedowns/{reference}")

    with TestClient(main.create_app(parts)) as client:
        token = api.headers["Authorization"].split()[-1]
        ApiClient(client, token).get(f"/takedowns/{reference}")

    assert [name for _, name, _ in told(parts.database)] == ["getTakedown"]


def test_what_shows_no_content_is_no_read(
    api: ApiClient, api_with: Any, database: Database
) -> None:
    reference = logged(api)["reference"]  # answered with what was just sent
    api.request("POST", "/recognise", {"text": "https://youtu.be/aB3dE5fG7hE"})
    api.request("GET", "/takedowns/TD-222222")
    api.get("/platforms")
    read_twice(api_with("takedowns:read"), reference)

    assert told(database) == []


def test_the_entries_above_are_written_by_nothing_else(api: ApiClient, database: Database) -> None:
    async def nothing(*_: object) -> None:
        return None

    with broken((content_reads.ContentReads, "_write", nothing)):
        read_twice(api, submitted(api))

    assert told(database) == []
