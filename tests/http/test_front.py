"""What the front does to every request and answer, whatever the route."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http import bodies
from app.http.rate import TRIES_A_MINUTE
from tests.http.small_app import FRIEND, OTHER_TOKEN, PAGE_POLICY, TOKEN, make

ALLOWED = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json"}
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-request-id": "r-1",
}
PROBLEM = "application/problem+json"


@pytest.fixture
def client() -> TestClient:
    return TestClient(make(), headers=ALLOWED)


@pytest.mark.parametrize(
    ("method", "path", "status", "own"),
    [
        ("GET", "/api/v1/takedowns", 200, {"content-type": "application/json"}),
        ("HEAD", "/api/v1/takedowns", 200, {"content-type": "application/json"}),
        ("GET", "/api/v1/health/live", 200, {"content-type": "application/json"}),
        ("GET", "/api/v1/report", 200, {"content-type": "text/csv; charset=utf-8"}),
        ("OPTIONS", "/api/v1/takedowns", 204, {"allow": "GET, HEAD, POST, OPTIONS"}),
        ("GET", "/api/v1/takedowns?limit=0", 422, {"content-type": PROBLEM}),
        ("GET", "/api/v1/nothing", 404, {"content-type": PROBLEM}),
        ("GET", "/nothing", 404, {"content-type": PROBLEM}),
        ("GET", "/api/v1/trouble/unforeseen", 500, {"content-type": PROBLEM}),
        ("GET", "/api/v1/odd-header", 500, {"content-type": PROBLEM}),
        (
            "DELETE",
            "/api/v1/takedowns",
            405,
            {"content-type": PROBLEM, "allow": "GET, HEAD, POST, OPTIONS"},
        ),
        (
            "GET",
            "/docs",
            200,
            {
                "content-type": "text/html; charset=utf-8",
                "content-security-policy": PAGE_POLICY,
                "cache-control": "max-age=60",
            },
        ),
    ],
)
def test_every_answer_carries_exactly_these_fields(
    client: TestClient, method: str, path: str, status: int, own: dict[str, str]
) -> None:
    answer = client.request(method, path, headers={"X-Request-ID": "r-1"})

    answer.headers.pop("content-length", None)
    assert (answer.status_code, dict(answer.headers)) == (status, EVERYWHERE | own)


@pytest.mark.parametrize("sent", ["", "a" * 65, "a b", "é", "a,b"])
def test_an_odd_request_id_is_replaced(client: TestClient, sent: str) -> None:
    answer = client.get("/api/v1/takedowns", headers={"X-Request-ID": sent.encode()})

    drawn = answer.headers["X-Request-ID"]
    assert (len(drawn), drawn.strip("0123456789abcdef")) == (32, "")


@pytest.mark.parametrize(
    ("sent", "challenge"),
    [
        ({}, 'Bearer realm="takedown"'),
        ({"Authorization": "Bearer "}, 'Bearer realm="takedown"'),
        ({"Authorization": f"Basic {TOKEN}"}, 'Bearer realm="takedown"'),
        ({"Authorization": TOKEN}, 'Bearer realm="takedown"'),
        ({"Cookie": f"session={TOKEN}"}, 'Bearer realm="takedown"'),
        (
            {"Authorization": f"Bearer {TOKEN}x"},
            'Bearer realm="takedown", error="invalid_token"',
        ),
        (
            {"Authorization": "Bearer ÿþ".encode("latin-1")},
            'Bearer realm="takedown", error="invalid_token"',
        ),
        (
            {"Authorization": f"Bearer {TOKEN} x"},
            'Bearer realm="takedown", error="invalid_token"',
        ),
    ],
)
def test_without_a_known_token_the_caller_is_challenged(
    sent: dict[str, str], challenge: str
) -> None:
    answer = TestClient(make()).get(f"/api/v1/takedowns?access_token={TOKEN}", headers=sent)

    body = answer.json()
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, challenge)
    assert body.pop("request_id") == answer.headers["X-Request-ID"]
    assert body == {
        "type": "/problems/unauthenticated",
        "title": "Not authenticated",
        "status": 401,
        "detail": "Send a valid API token: Authorization: Bearer tdk_…",
        "code": "unauthenticated",
        "instance": "/api/v1/takedowns",
    }


def test_the_endpoint_knows_who_calls(client: TestClient) -> None:
    answer = client.post("/api/v1/takedowns", json={"title": "a"})

    assert (answer.status_code, answer.json()) == (201, {"by": "importer"})


def test_the_scheme_is_written_in_any_case() -> None:
    sent = {"Authorization": f"bearer {TOKEN}"}

    assert TestClient(make()).get("/api/v1/takedowns", headers=sent).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/health/live", "/docs"])
def test_public_addresses_ask_for_no_token(path: str) -> None:
    assert TestClient(make()).get(path).status_code == 200


def test_each_token_has_its_calls_a_minute() -> None:
    now = [100.0]
    client = TestClient(make(rate_limit=2, seconds=lambda: now[0]))

    def call(token: str) -> tuple[Any, ...]:
        answer = client.get("/api/v1/nothing", headers={"Authorization": f"Bearer {token}"})
        fields = ("RateLimit-Policy", "RateLimit", "Retry-After")
        return (answer.status_code, *(answer.headers.get(name) for name in fields))

    policy = '"default";q=2;w=60'
    assert call(TOKEN) == (404, policy, '"default";r=1;t=60', None)
    now[0] += 20
    assert call(TOKEN) == (404, policy, '"default";r=0;t=40', None)
    assert call(TOKEN) == (429, policy, '"default";r=0;t=40', "40")
    assert call(OTHER_TOKEN) == (404, policy, '"default";r=1;t=60', None)
    now[0] += 40
    assert call(TOKEN) == (404, policy, '"default";r=1;t=60', None)


def test_tokens_cannot_be_guessed_without_end_but_a_known_one_is_never_shut_out() -> None:
    now = [100.0]
    client = TestClient(make(rate_limit=1000, seconds=lambda: now[0]))

    def call(token: str, number: int = 0) -> tuple[int, str | None]:
        sent = {"Authorization": f"Bearer {token}", "X-Forwarded-For": f"192.0.2.{number}"}
        answer = client.get("/api/v1/takedowns", headers=sent)
        return answer.status_code, answer.headers.get("Retry-After")

    assert call(TOKEN) == (200, None)
    tried = [call(f"tdk_guess_{number}", number) for number in range(TRIES_A_MINUTE - 1)]
    assert tried == [(401, None)] * (TRIES_A_MINUTE - 1)
    now[0] += 20
    assert call("tdk_one_guess_more") == (429, "40")
    assert call(OTHER_TOKEN) == (429, "40")
    assert call(TOKEN) == (200, None)
    now[0] += 40
    assert call(OTHER_TOKEN) == (200, None)


def test_no_limit_means_no_limit_fields(client: TestClient) -> None:
    answer = client.get("/api/v1/takedowns")

    assert [name for name in answer.headers if name.startswith("ratelimit")] == []


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/api/v1/takedowns", "GET, HEAD, POST, OPTIONS"),
        ("GET", "/api/v1/takedowns/TD-222222", "PATCH, OPTIONS"),
        ("HEAD", "/api/v1/takedowns/TD-222222", "PATCH, OPTIONS"),
        ("TRACE", "/api/v1/health/live", "GET, HEAD, OPTIONS"),
        ("DELETE", "/docs", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(
    client: TestClient, method: str, path: str, allow: str
) -> None:
    answer = client.request(method, path)

    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("PUT", "/api/v1/takedowns", 405), ("POST", "/api/v1/nothing", 404)],
)
def test_a_bad_body_is_no_news_where_nothing_reads_it(
    client: TestClient, method: str, path: str, status: int
) -> None:
    assert client.request(method, path, content=b"{", headers=JSON).status_code == status


def test_head_is_get_without_its_body(client: TestClient) -> None:
    answer = client.head("/api/v1/takedowns")

    assert (answer.headers["Content-Length"], answer.content) == ("12", b"")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/nothing"])
def test_options_finds_nothing_where_nothing_is(client: TestClient, path: str) -> None:
    assert client.options(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/api/v1/search", bodies.MAX_BODY, 200),
        ("/api/v1/search", bodies.MAX_BODY + 1, 413),
        ("/api/v1/recognise", bodies.MAX_LARGE_BODY, 200),
        ("/api/v1/intakes", bodies.MAX_LARGE_BODY, 200),
        ("/api/v1/intakes", bodies.MAX_LARGE_BODY + 1, 413),
        ("/form", bodies.MAX_BODY, 200),
        ("/form", bodies.MAX_BODY + 1, 413),
    ],
)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_has_its_limit_however_it_is_sent(
    client: TestClient, path: str, size: int, status: int, is_chunked: bool
) -> None:
    body = b'{"text":"' + b"a" * (size - 11) + b'"}'
    parts = (body[start : start + 60_000] for start in range(0, size, 60_000))

    sent = JSON | {"Cookie": FRIEND}
    answer = client.post(path, content=parts if is_chunked else body, headers=sent)

    told = {"length": size} if status == 200 else None
    assert (answer.status_code, answer.json() if told else None) == (status, told)


@pytest.mark.parametrize(
    ("sent", "beginning", "size", "status"),
    [
        ({}, b"", bodies.MAX_STRANGERS_BODY, 200),
        ({}, b"", bodies.MAX_STRANGERS_BODY + 1, 413),
        ({"Cookie": "known=no"}, b"", bodies.MAX_STRANGERS_BODY + 1, 413),
        ({}, b"&&", bodies.MAX_STRANGERS_BODY + 2000, 200),
        ({}, b"&&", bodies.MAX_STRANGERS_BODY + 2001, 413),
        ({}, b"&" * 1000, bodies.MAX_BODY + 1, 413),
        ({"Cookie": FRIEND}, b"", bodies.MAX_BODY, 200),
    ],
)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_stranger_sends_little_and_somebody_known_as_much_as_there_is_room_for(
    sent: dict[str, str], beginning: bytes, size: int, status: int, is_chunked: bool
) -> None:
    body = beginning + b"a" * (size - len(beginning))
    parts = (body[start : start + 5_000] for start in range(0, size, 5_000))

    answer = TestClient(make()).post("/form", content=parts if is_chunked else body, headers=sent)

    assert answer.status_code == status


def test_where_the_api_asks_for_no_token_it_reads_little_too() -> None:
    body = b" " * (bodies.MAX_STRANGERS_BODY + 1)

    answer = TestClient(make(public_paths=["/api/v1/search"])).post(
        "/api/v1/search", content=body, headers=JSON
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ('Application/JSON;charset="UTF-8"', 200),
        ("application/json; charset=utf-16", 415),
        ("application/json; boundary=a", 415),
        ("application/json, text/plain", 415),
        ("application/evil+json", 415),
        ("application/merge-patch+json", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("message/rfc822", 415),
        (None, 415),
    ],
)
def test_only_json_is_read(client: TestClient, kind: str | None, status: int) -> None:
    sent = {"Content-Type": kind} if kind else {}

    assert client.post("/api/v1/search", content=b"{}", headers=sent).status_code == status


@pytest.mark.parametrize(
    ("kind", "status"), [("message/rfc822", 200), ("application/json", 415), (None, 415)]
)
def test_a_reply_comes_as_a_mail(client: TestClient, kind: str | None, status: int) -> None:
    sent = {"Content-Type": kind} if kind else {}
    mail = b"Subject: \xff\x00\r\n\r\nx"

    assert client.post("/api/v1/replies", content=mail, headers=sent).status_code == status


@pytest.mark.parametrize(
    ("coding", "status"), [("gzip", 415), ("identity", 200), ("br, gzip", 415)]
)
def test_a_body_comes_as_it_is(client: TestClient, coding: str, status: int) -> None:
    sent = JSON | {"Content-Encoding": coding}

    assert client.post("/api/v1/search", content=b"{}", headers=sent).status_code == status


@pytest.mark.parametrize("body", [None, b"", iter([b"", b""])])
@pytest.mark.parametrize("path", ["/api/v1/search", "/form"])
def test_no_body_needs_no_kind(client: TestClient, path: str, body: Any) -> None:
    answer = client.post(path, content=body)

    assert (answer.status_code, answer.json()) == (200, {"length": 0})
