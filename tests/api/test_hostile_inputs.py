"""The stored hostile inputs that the front decides: each gets its answer, and none an echo."""

import codecs
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.small_app import TOKEN, make

ROWS = {
    row["id"]: row
    for row in map(
        json.loads,
        (Path(__file__).parents[1] / "data" / "bad_inputs.jsonl").read_text().splitlines(),
    )
}
BODIES = {
    **dict.fromkeys((1, 6, 9, 11, 12, 13, 16, 19, 20, 22, 29, 31), 400),
    **dict.fromkeys((36, 39, 40, 422, 423, 426, 432, 433), 415),
    **dict.fromkeys((15, 43, 45, 48, 51, 53, 54, 57, 59), 422),
}
TEXTS = {87: 400, 100: 413, 101: 413}
# 390: Arabic digits; 397, 404, 406: parameters that nobody declared.
QUERIES = {
    **dict.fromkeys((394, 396, 405, 409), 400),
    **dict.fromkeys((385, 387, 388, 390, 395, 397, 404, 406), 422),
}
INERT_TEXTS = (77, 84, 86, 90, 92, 93, 95, 104, 109, 111, 112, 114, 122, 123, 126, 127, 129, 130)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(make(), headers={"Authorization": f"Bearer {TOKEN}"})


def spelled(payload: Any) -> bytes:
    """Build the bytes that a stored payload stands for."""
    if isinstance(payload, str):
        return payload.encode()
    if "hex" in payload:
        return codecs.decode(payload["hex"], "hex")
    if "rawjson" in payload:
        return payload["rawjson"].encode()
    parts = payload.get("gen") or payload["gzip_of_gen"]
    whole = b"".join(text.encode() * times for text, times in parts)
    return gzip.compress(whole, 1) if "gzip_of_gen" in payload else whole


def told(answer: Any, sent: bytes) -> tuple[int, str, bool]:
    """Status, kind of body, and whether the answer repeats what was sent."""
    core = sent.strip(b'{}[]"\r\n ')
    is_echo = len(core) > 4 and core[:40] in answer.content
    return answer.status_code, answer.headers["Content-Type"], is_echo


@pytest.mark.parametrize(("number", "status"), BODIES.items())
def test_a_hostile_body_is_refused(client: TestClient, number: int, status: int) -> None:
    row = ROWS[number]
    body = spelled(row["payload"])
    kind = row.get("ct", "application/json")
    sent = row.get("headers", {}) | ({"Content-Type": kind} if kind else {})

    answer = client.post("/api/v1/takedowns", content=body, headers=sent)

    assert told(answer, body) == (status, "application/problem+json", False)


@pytest.mark.parametrize(("number", "status"), TEXTS.items())
def test_a_hostile_text_is_refused(client: TestClient, number: int, status: int) -> None:
    body = b'{"title":"' + spelled(ROWS[number]["payload"]) + b'"}'

    answer = client.post(
        "/api/v1/takedowns", content=body, headers={"Content-Type": "application/json"}
    )

    assert told(answer, body) == (status, "application/problem+json", False)


@pytest.mark.parametrize("number", INERT_TEXTS)
def test_an_odd_text_passes_untouched(client: TestClient, number: int) -> None:
    answer = client.post("/api/v1/search", json={"text": ROWS[number]["payload"]})

    length = int(answer.request.headers["Content-Length"])
    assert (answer.status_code, answer.json()) == (200, {"length": length})


@pytest.mark.parametrize(("number", "status"), QUERIES.items())
def test_a_hostile_query_is_refused(client: TestClient, number: int, status: int) -> None:
    query = ROWS[number]["payload"]

    answer = client.get(f"/api/v1/takedowns?{query}")

    assert told(answer, query.encode()) == (status, "application/problem+json", False)
