"""The log answers a request id, and holds nothing of what was sent (security.md P29, P50)."""

import io
import json
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Scope

from app import main
from app.accounts import access, people, sessions
from app.context import Context
from app.http import request_log
from app.kit import logs
from app.takedowns import listing
from app.takedowns.rows import TakedownRow
from tests.api_client import ApiClient
from tests.broken import broken
from tests.system.test_nothing_readable import Canaries, spellings

LEVELS = ("debug", "info", "warning", "error")


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def logged() -> Iterator[Any]:
    """Begins a log at a level and in a form; what is written to it is to be read back."""
    root, ours = logging.getLogger(), logging.getLogger("app")
    before = (root.handlers, root.level, ours.level, logging.raiseExceptions)

    def begin(level: str, form: str) -> io.StringIO:
        stream = io.StringIO()
        logs.configure(level, form, stream)
        return stream

    yield begin
    root.handlers = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])
    logging.raiseExceptions = before[3]
    logging.captureWarnings(False)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def ask_for_all(api: ApiClient, sent: Canaries) -> None:
    """Send words that occur nowhere else wherever something can be sent."""
    client, token = api.client, api.headers
    told = {"case_ref": "C-1", "category": "csam", "explanation": sent.text("explanation")}
    address = f"https://www.instagram.com/p/{sent('content id')}/"
    client.post("/api/v1/intakes", json=told | {"text": f"{address} {sent('text')}"}, headers=token)
    search = {"url": address, "ticket_id": sent("ticket"), "account": sent("account")}
    client.post("/api/v1/takedowns/search", json=search, headers=token)
    client.get("/api/v1/takedowns", params={"case_ref": sent("query")}, headers=token)
    client.get("/api/v1/takedowns", params={sent("parameter"): "1"}, headers=token)
    client.get(f"/api/v1/cases/{sent('case')}", headers=token)
    client.get(f"/api/v1/takedowns/{sent('path')}", headers=token)
    client.get(f"/nowhere/{sent('nowhere')}?{sent('lost')}=1")
    client.get("/login", params={"next": f"/{sent('next')}"}, headers={"Cookie": sent("cookie")})
    client.get("/api/v1/takedowns", headers={"Authorization": f"Bearer tdk_{sent('token')}"})
    client.request(sent("method").upper(), "/api/v1/takedowns", headers=token)
    client.post("/api/v1/intakes", json={sent("field"): sent("value")}, headers=token)
    client.post("/login", data={"email": sent("email"), "password": sent("password")})


@pytest.mark.parametrize("level", LEVELS)
def test_no_line_holds_anything_that_was_sent_at_any_level(
    api: ApiClient, logged: Any, level: str, form: str
) -> None:
    sent, stream = Canaries(), logged(level, form)

    ask_for_all(api, sent)

    written = stream.getvalue().lower().encode()
    found = [name for name, word in sent.words.items() if _is_in(word, written)]
    assert found == []
    assert (stream.getvalue().count("\n") >= len(sent.words) / 2) == (level in ("debug", "info"))


def test_a_log_that_holds_the_query_is_found(api: ApiClient, logged: Any) -> None:
    sent, stream = Canaries(), logged("info", "text")

    def whole(_: object, scope: Scope) -> str:
        return f"{scope['path']}?{scope['query_string'].decode()}"

    with broken((request_log.Routes, "template", whole)):
        ask_for_all(api, sent)

    written = stream.getvalue().lower().encode()
    found = [name for name, word in sent.words.items() if _is_in(word, written)]
    assert found == ["query", "parameter", "case", "path", "nowhere", "lost", "next"]


def _is_in(word: str, written: bytes) -> bool:
    return any(spelling in written for spelling in spellings(word))


def test_each_request_is_one_line_that_its_id_finds(api: ApiClient, logged: Any) -> None:
    stream = logged("info", "json")

    listed = api.client.get("/api/v1/takedowns", headers=api.headers)
    missing = api.client.head("/api/v1/takedowns/TD-222222", headers=api.headers)
    unknown = api.client.get("/api/v1/cases/C-1", headers={"X-Request-ID": "from-the-case-system"})
    page = api.client.get("/static/../login")

    told = [
        (line["request_id"], line["method"], line["route"], line["status"], line["by"])
        for line in lines(stream)
    ]
    assert told == [
        (listed.headers["x-request-id"], "GET", "/api/v1/takedowns", 200, "token:1"),
        (missing.headers["x-request-id"], "HEAD", "/api/v1/takedowns/{reference}", 404, "token:1"),
        ("from-the-case-system", "GET", "/api/v1/cases/{case_ref}", 401, None),
        (page.headers["x-request-id"], "GET", "/login", 200, None),
    ]
    assert all(0 <= line["ms"] < 60_000 and unknown for line in lines(stream))


def test_a_person_is_told_by_number(parts: Context, logged: Any) -> None:
    with parts.database.write() as unit:
        person = people.add(unit, "els@hotline.example", "admin", by="test", name="Els")
        session = sessions.begin(unit, person.id, is_complete=True)
    stream = logged("info", "text")

    with TestClient(main.create_app(parts), base_url="https://tracker.example") as client:
        client.cookies.set("__Host-session", session)
        client.get("/admin/users")

    [line] = stream.getvalue().splitlines()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO request request_id=[0-9a-f]{32} method=GET "
        r"route=/admin/users status=200 ms=[0-9.]+ by=user:1",
        line,
    )


def test_a_failure_of_ours_is_an_error_of_the_same_request(
    parts: Context, api: ApiClient, logged: Any
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("hunter2")

    stream = logged("error", "json")
    with broken((access, "caller_of", fail)):
        answer = api.client.get("/api/v1/takedowns", headers={"Authorization": "Bearer tdk_x"})

    reported, request = lines(stream)
    assert answer.status_code == request["status"] == 500
    assert reported["message"].startswith("ValueError at tests.http.test_request_log:")
    assert reported["message"].endswith(request["request_id"])
    assert "hunter2" not in stream.getvalue()


def test_an_answer_that_breaks_off_is_not_told_as_a_whole_one(api: ApiClient, logged: Any) -> None:
    def fail(*_: object, **__: object) -> Iterator[list[TakedownRow]]:
        yield []
        raise ValueError("hunter2")

    stream = logged("info", "json")
    csv = api.headers | {"Accept": "text/csv"}
    api.client.get("/api/v1/takedowns", headers=csv)
    with broken((listing, "everything", fail)):
        api.client.get("/api/v1/takedowns", headers=csv)

    told = [(line["status"], line.get("complete")) for line in lines(stream) if "status" in line]
    assert told == [(200, None), (200, False)]


def test_a_library_is_told_by_name_and_place_and_its_exception_by_type(
    logged: Any, form: str
) -> None:
    stream = logged("debug", form)

    for name in ("asyncio", "sqlalchemy.pool"):
        try:
            raise ValueError("hunter2")
        except ValueError:
            logging.getLogger(name).exception("Task failed: %s", "hunter3")
    logging.getLogger("sqlalchemy.engine").info("SELECT 'hunter4'")

    first, second = stream.getvalue().splitlines()
    assert "asyncio at test_request_log:" in first
    assert "sqlalchemy.pool at test_request_log:" in second
    assert "ValueError" in first
    assert "hunter" not in stream.getvalue()


def test_a_warning_of_a_library_is_told_without_its_words(
    logged: Any, recwarn: pytest.WarningsRecorder
) -> None:
    stream = logged("debug", "text")

    warnings.simplefilter("always")
    warnings.warn("hunter2", stacklevel=1)

    assert " WARNING py.warnings at " in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
    assert not recwarn.list


def test_no_line_can_be_broken_in_two(logged: Any) -> None:
    stream = logged("info", "text")

    logging.getLogger("app.test").info("one\nline %s", "of\r\nours")

    assert stream.getvalue().endswith("INFO one line of ours\n")
    assert stream.getvalue().count("\n") == 1
