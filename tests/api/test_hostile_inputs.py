"""Hostile inputs at the API: each gets its answer, the same on both databases, and no echo."""

import codecs
import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app import tables
from app.context import Context
from tests.api.factories import TAKEDOWN
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.http.small_app import TOKEN, make

Row = dict[str, Any]
DATA = Path(__file__).parents[1] / "data"
VALID = TAKEDOWN | {"report_again": True}
# The stored rows speak of a made-up resource; this is what their fields are called here.
NAMES = {"title": "explanation", "priority": "urgent", "seen_at": "reported_at"} | {
    "legal_basis": "basis"
}
# What the stored list leaves open, by its numbers: 4xx is one of these, "inert" a success.
STATUSES: dict[int, int] = {
    **dict.fromkeys((1, 6, 9, 11, 12, 13, 16, 19, 20, 22, 29, 31, 87), 400),
    **dict.fromkeys((394, 396, 405, 409), 400),
    **dict.fromkeys((414, 418, 420), 404),
    **dict.fromkeys((100, 101), 413),
    **dict.fromkeys((36, 39, 40, 422, 423, 426, 432, 433), 415),
    **dict.fromkeys((15, 43, 45, 48, 51, 53, 54, 57, 59, 61, 67, 69, 70, 71), 422),
    **dict.fromkeys((385, 387, 388, 390, 395, 397, 404, 406), 422),
    # An address that is only written oddly is kept as it was pasted, for any other site.
    **dict.fromkeys((264, 271, 284, 285, 290), 201),
    74: 201,
    338: 201,  # not secure enough for a webhook, but a site like any other
}
ASKED = {"text": "text", "csv": "text", "url": "url", "webhook_url": "url"} | {
    "json": "json",
    "query": "query",
}
# What needs a mail, a template file, a remote server or a story is tried where those are.
ELSEWHERE = ("steps", "server")
# What is wrong with any other address is told on a page.
FOR_PEOPLE = re.compile(rb"/(?!api/v1|docs|problems)")


def rows(name: str) -> Iterable[Row]:
    return map(json.loads, (DATA / name).read_text(encoding="utf-8").splitlines())


def stored() -> Iterable[Row]:
    """The stored rows that can reach the API, each with its status."""
    for row in rows("bad_inputs.jsonl"):
        target = ASKED.get(row["target"])
        if target is None or any(name in row["payload"] for name in ELSEWHERE):
            continue
        usual = 201 if target == "text" else 422
        yield row | {"target": target, "status": STATUSES.get(row["id"], usual)}


def spelled(payload: Any) -> bytes:
    """Build the bytes that a stored payload stands for."""
    if isinstance(payload, str):
        return payload.replace("{PORT}", "8080").encode()
    if "hex" in payload:
        return codecs.decode(payload["hex"], "hex")
    parts = payload.get("gen") or payload["gzip_of_gen"]
    whole = b"".join(text.encode() * times for text, times in parts)
    return gzip.compress(whole, 1) if "gzip_of_gen" in payload else whole


def literal(payload: Any) -> bytes:
    """Write a payload as a JSON string; some are one already."""
    if isinstance(payload, dict) and "rawjson" in payload:
        return f'"{payload["rawjson"]}"'.encode()
    return json.dumps(spelled(payload).decode(), ensure_ascii=False).encode()


def merged(body: bytes) -> bytes:
    """Lay a stored body over one that would be taken, or the rule for missing fields hides it."""
    for stored_name, name in NAMES.items():
        body = body.replace(f'"{stored_name}"'.encode(), f'"{name}"'.encode())
    if not body.startswith(b"{"):
        return body
    rest = {name: value for name, value in VALID.items() if f'"{name}"'.encode() not in body}
    return b"{" + json.dumps(rest).encode()[1:-1] + b", " + body[1:]


def holding(body: Row, payload: Any) -> bytes:
    return json.dumps(body).encode().replace(b'"@"', literal(payload))


def asked(api: ApiClient, row: Row) -> Any:
    """Send a row where rows of its kind arrive."""
    target, payload = row["target"], row["payload"]
    if target == "query":
        address = spelled(payload).decode()
        address = address if address.startswith("/") else f"/api/v1/takedowns?{address}"
        return api.client.get(address, headers=api.headers)
    kind = row.get("ct", "application/json")
    headers = row.get("headers", {}) | ({"Content-Type": kind} if kind else {})
    body = {
        "json": lambda: merged(spelled(payload)),
        "text": lambda: holding(VALID | {"explanation": "@"}, payload),
        "url": lambda: holding(VALID | {"urls": ["@"], "platform": "other"}, payload),
        "line": lambda: holding(
            VALID | {"urls": [], "platform": "other", "locators": [{"account": "@"}]}, payload
        ),
    }[target]()
    return api.client.post("/api/v1/takedowns", content=body, headers=api.headers | headers)


def telltales(row: Row) -> Iterable[str]:
    """What of a row would be an echo: its values, not the names it gives to fields."""
    if isinstance(row["payload"], dict):
        return
    text = spelled(row["payload"]).decode()
    if row["target"] == "json":
        yield from re.findall(r':\s*"([^"]{7,})', text)
    elif row["target"] == "query":
        yield re.sub(r"^[A-Za-z0-9/_.:-]*=?", "", text)[:40]
    else:
        yield text.strip()[:40]


def told(row: Row, answer: Any, log: str) -> tuple[Any, ...]:
    """Status and kind of body; what is repeated where it should not be, or changed."""
    is_refused = answer.status_code >= 400
    spoken = (answer.text if is_refused else "") + log
    echoes = [text for text in telltales(row) if len(text) > 6 and text in spoken]
    kept = None
    if answer.status_code == 201 and row["target"] in ("text", "line"):
        body = answer.json()
        is_text = row["target"] == "text"
        kept = body["explanation"] if is_text else body["items"][0]["locator"]["account"]
    return answer.status_code, answer.headers["Content-Type"], echoes, kept


def wanted(row: Row) -> tuple[Any, ...]:
    status: int = row["status"]
    is_kept = status == 201 and row["target"] in ("text", "line")
    kind = "application/problem+json" if status >= 400 else "application/json"
    if row["target"] == "query" and FOR_PEOPLE.match(spelled(row["payload"])):
        kind = "text/html; charset=utf-8"
    return status, kind, [], spelled(row["payload"]).decode().strip() if is_kept else None


def told_of(
    api: ApiClient, asked_for: Iterable[Row], caplog: pytest.LogCaptureFixture
) -> dict[int, tuple[Any, ...]]:
    """Send rows one after the other; returns what is told of each."""
    answers = {}
    for row in asked_for:
        caplog.clear()
        answer = asked(api, row)
        ours = [record for record in caplog.records if not record.name.startswith("httpx")]
        answers[row["id"]] = told(row, answer, "".join(record.getMessage() for record in ours))
    return answers


def contents(parts: Context) -> dict[str, int | None]:
    """How many rows each table holds."""
    with parts.database.read() as unit:
        return {
            table.name: unit.connection.scalar(select(func.count()).select_from(table))
            for table in tables.metadata.sorted_tables
        }


@pytest.mark.parametrize("target", ["json", "text", "line", "url", "query"])
def test_a_hostile_input_is_answered_as_listed(
    api: ApiClient,
    parts: Context,
    clock: ManualClock,
    target: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock.advance(24 * 365)
    caplog.set_level("DEBUG")
    every = [row for row in (*stored(), *rows("more_bad_inputs.jsonl")) if row["target"] == target]
    before = contents(parts)

    answers = told_of(api, [row for row in every if row["status"] >= 400], caplog)
    after_refusals = contents(parts)
    answers |= told_of(api, [row for row in every if row["status"] < 400], caplog)

    assert answers == {row["id"]: wanted(row) for row in every}
    assert after_refusals == before


def test_the_same_address_in_another_spelling_is_the_same_content(api: ApiClient) -> None:
    api.post("/takedowns", TAKEDOWN | {"urls": ["http://good.test/"], "platform": "other"})

    answer = api.request(
        "POST", "/takedowns", TAKEDOWN | {"urls": ["HTTP://GOOD.TEST./"], "platform": "other"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "already_reported")


def test_a_failure_and_an_echo_would_be_seen() -> None:
    client = TestClient(make(), headers={"Authorization": f"Bearer {TOKEN}"})
    row = {"target": "query", "payload": "q=hostile words"}

    answer = client.get("/api/v1/trouble/unforeseen")

    seen = told(row, answer, "refused: hostile words")
    assert seen == (500, "application/problem+json", ["hostile words"], None)
