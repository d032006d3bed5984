"""Many long polls at once, as plain connections: each sends its request and waits."""

import json
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

SECONDS = 30


class Answer(NamedTuple):
    """What came back over a connection until it was closed."""

    status: int
    media_type: str
    body: Any


NONE_YET = Answer(200, "application/json", {"data": [], "next_cursor": None})


@contextmanager
def waiting(port: int, token: str, count: int) -> Iterator[list[socket.socket]]:
    """Let so many polls wait for news at a server."""
    request = (
        f"GET /api/v1/events?wait={SECONDS} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    ).encode()
    with ExitStack() as stack:
        lines = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            for _ in range(count)
        ]
        for line in lines:
            line.sendall(request)
        _arrived(port)
        yield lines


def answers(lines: Sequence[socket.socket]) -> list[Answer]:
    """Read what comes back over each, to its end."""
    return [_answer(_everything(line)) for line in lines]


def _arrived(port: int) -> None:
    """Wait until the server has read what was sent before: it takes connections in their order."""
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.sendall(b"GET /api/v1/health/live HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            _everything(line)
        time.sleep(0.2)


def _everything(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(65536), b""))


def _answer(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *fields = head.decode().split("\r\n")
    media_type = dict(field.lower().split(": ", 1) for field in fields)["content-type"]
    is_json = media_type.partition(";")[0].endswith("json")
    return Answer(int(first.split()[1]), media_type, json.loads(body) if is_json else body)
