"""The front behind a real server: what only raw bytes can say, and that connections live on."""

import http.client
import json
import socket
from collections.abc import Iterator

import pytest

from app.http import bodies
from tests.http.raw_requests import GOOD, JSON, LIST, POST, ask, listening, request, stranger
from tests.http.small_app import SECRET_TEXT


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening() as port:
        yield port


@pytest.fixture
def line(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        yield connection


@pytest.mark.parametrize(
    ("number", "written", "status"),
    [
        (344, request(LIST, "Content-Length: -1"), 400),
        (348, request(LIST, "X: a\r\n b"), 400),
        (349, GOOD.replace(b"localhost", b"evil.test"), 400),
        (351, request(LIST, "X-Forwarded-For: 1.2.3.4"), 200),
        (353, request(LIST, "X-HTTP-Method-Override: DELETE"), 200),
        (354, stranger(LIST, "Authorization: Bearer ÿþ"), 401),
        (355, stranger(LIST, "Authorization: Bearer "), 401),
        (360, request(LIST, "Range: bytes=0-1,5-9,-1"), 200),
        (367, request(POST, "Idempotency-Key: a\tb"), 400),
        (369, request(LIST, "X-A: " + "a" * 100_000), 431),
        (372, request(LIST, "Cookie: " + "a=b; " * 5_000), 431),
        (375, request("FOO /"), 400),
        (376, request("GET http://169.254.169.254/"), 400),
        (382, request("GET //evil.test/%2f.."), 400),
        (383, request("GET /api/v1/requests/%00"), 400),
        (384, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (414, request("GET /api/v1/requests/9223372036854775808"), 404),
        (418, request("GET /api/v1/requests/TD-222222/../../users"), 400),
    ],
)
def test_a_hostile_request_is_answered(
    line: socket.socket, port: int, number: int, written: bytes, status: int
) -> None:
    assert ask(line, written)[0] == status

    with socket.create_connection(("127.0.0.1", port), timeout=10) as another:
        assert ask(another, GOOD)[0] == 200


@pytest.mark.parametrize(
    ("story", "written", "status"),
    [
        ("an unforeseen error", request("GET /api/v1/trouble/unforeseen"), 500),
        ("a header field nobody can send", request("GET /api/v1/odd-header"), 500),
        ("no token, body unread", stranger(POST, JSON, "Content-Length: 8") + b'{"a": 1}', 401),
        ("the wrong kind", request(POST, "Content-Length: 8") + b'{"a": 1}', 415),
        ("broken JSON", request(POST, JSON, "Content-Length: 8") + b'{"a": 1,', 400),
        (
            "one byte too many in chunks",
            request(POST, JSON, "Transfer-Encoding: chunked")
            + b"40001\r\n"
            + b" " * 0x40001
            + b"\r\n0\r\n\r\n",
            413,
        ),
        (
            "too long by its own word",
            request(POST, JSON, "Content-Length: 300000") + b" " * 300_000,
            413,
        ),
        (
            "an empty body in chunks",
            request(POST, "Transfer-Encoding: chunked") + b"0\r\n\r\n",
            200,
        ),
        (
            "a coding nobody undoes",
            request(POST, JSON, "Transfer-Encoding: gzip, chunked") + b"2\r\n{}\r\n0\r\n\r\n",
            400,
        ),
        (
            "a promise to wait",
            request(POST, JSON, "Expect: 100-continue", "Content-Length: 2") + b"{}",
            200,
        ),
        ("two hosts", request(LIST, "Host: evil.test"), 400),
        ("an address with its host", request("GET http://localhost/api/v1/takedowns"), 200),
        ("an escaped slash", request("GET /api/v1%2Ftakedowns"), 400),
        ("an escaped slash in a name", request("GET /api/v1/cases/A%2FB"), 200),
        ("HEAD", request("HEAD /api/v1/takedowns"), 200),
        ("OPTIONS", request("OPTIONS /api/v1/takedowns"), 204),
        ("a web socket", request(LIST, "Connection: upgrade", "Upgrade: websocket"), 200),
    ],
)
def test_the_connection_lives_on(
    line: socket.socket, story: str, written: bytes, status: int
) -> None:
    if story == "HEAD":
        line.sendall(written)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += line.recv(1)
        assert head.startswith(b"HTTP/1.1 200 ")
    else:
        assert ask(line, written)[0] == status

    assert ask(line, GOOD)[0] == 200


def test_no_server_names_itself(line: socket.socket) -> None:
    _, fields, _ = ask(line, GOOD)

    assert sorted(fields) == [
        "cache-control",
        "content-length",
        "content-security-policy",
        "content-type",
        "cross-origin-resource-policy",
        "date",
        "permissions-policy",
        "referrer-policy",
        "strict-transport-security",
        "x-content-type-options",
        "x-request-id",
    ]


@pytest.mark.parametrize(
    "written",
    [
        request("FOO /"),
        GOOD.replace(b"HTTP/1.1", b"HTTP/1.2"),
        GOOD.replace(b"\r\n", b"\n"),
        request(LIST, "X-A : b"),
        request(LIST, "X-A: a\0b"),
        request(POST, JSON, "Content-Length: 2", "Content-Length: 3") + b"{}",
        request(POST, JSON, "Content-Length: 2", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
        request(POST, JSON, "Transfer-Encoding: chunked") + b"zz\r\n{}\r\n0\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused_like_anything_else(
    line: socket.socket, written: bytes
) -> None:
    status, fields, body = ask(line, written)

    told = json.loads(body)
    assert (status, fields["content-type"], fields["connection"], told.pop("request_id")) == (
        400,
        "application/problem+json",
        "close",
        fields["x-request-id"],
    )
    assert told == {
        "type": "/problems/malformed-http",
        "title": "Malformed HTTP",
        "status": 400,
        "detail": "Invalid HTTP request received.",
        "code": "malformed_http",
        "instance": "/",
    }


def test_requests_sent_at_once_are_answered_in_order(line: socket.socket) -> None:
    line.sendall(request("GET /api/v1/takedowns?limit=0") + request(LIST) + GOOD)

    answers = line.makefile("rb")
    seen = []
    for _ in range(3):
        seen.append(answers.readline().split()[1])
        fields = dict(
            each.lower().rstrip().split(b": ", 1) for each in iter(answers.readline, b"\r\n")
        )
        answers.read(int(fields[b"content-length"]))
    assert seen == [b"422", b"200", b"200"]


def test_a_caller_of_http_1_0_is_answered_and_let_go(line: socket.socket) -> None:
    status, fields, body = ask(line, request(LIST).replace(b"HTTP/1.1", b"HTTP/1.0"))

    assert (status, fields["connection"], body) == (200, "close", b'{"limit":50}')


def test_a_body_in_small_pieces_is_read_whole(line: socket.socket) -> None:
    pieces = [b"4\r\n" + b"    " + b"\r\n", b'2\r\n{"\r\n', b'5\r\na":1}\r\n', b"0\r\n\r\n"]
    head = request(POST, JSON, "Transfer-Encoding: chunked")

    assert ask(line, head, *pieces)[::2] == (200, b'{"length":11}')


def test_an_answer_that_breaks_off_is_left_unfinished(
    line: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(http.client.IncompleteRead) as broken:
        ask(line, request("GET /api/v1/half"))

    assert (broken.value.partial, SECRET_TEXT in caplog.text) == (b"a", False)


def test_a_body_that_never_ends_is_given_up(
    line: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.05)

    status, fields, _ = ask(line, request(POST, JSON, "Content-Length: 8"), b'{"a"')

    assert (status, fields["connection"]) == (408, "close")


def test_a_caller_who_hangs_up_does_no_harm(port: int) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(request(POST, JSON, "Content-Length: 8") + b"{")

    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        assert ask(connection, GOOD)[0] == 200
