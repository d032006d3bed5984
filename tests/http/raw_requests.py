"""Requests written by hand, and the small application behind a real server to send them to."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from app.http.listening import Connection
from tests.http.small_app import TOKEN, make


@contextmanager
def listening(http: type[Connection] = Connection) -> Iterator[int]:
    """Serve the small application; yields the port."""
    config = uvicorn.Config(
        make(hosts=["localhost"]),
        host="127.0.0.1",
        port=0,
        http=http,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def ask(connection: socket.socket, *parts: bytes) -> tuple[int, dict[str, str], bytes]:
    """Write a request by hand; returns status, header fields and body of the answer."""
    for part in parts:
        connection.sendall(part)
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    fields = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, fields, answer.read()


def request(first: str, *headers: str) -> bytes:
    lines = (f"{first} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {TOKEN}", *headers)
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


def stranger(first: str, *headers: str) -> bytes:
    return request(first, *headers).replace(f"Authorization: Bearer {TOKEN}\r\n".encode(), b"")


LIST = "GET /api/v1/takedowns"
GOOD = stranger("GET /api/v1/health/live")
POST = "POST /api/v1/search"
JSON = "Content-Type: application/json"
