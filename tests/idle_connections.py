"""Connections that strangers hold open, and how long good calls take meanwhile."""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx2

from tests.server_process import Server

DESCRIPTORS = 1024
LIMITED = ("sh", "-c", f'ulimit -n {DESCRIPTORS} && exec "$0" "$@"')
HALF_A_HEAD = b"GET /login HTTP/1.1\r\nHost: localhost\r\nX-Half: "


@contextmanager
def many_descriptors(count: int = 4096) -> Iterator[None]:
    """Let this process itself hold as many, as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def held(server: Server, count: int, *parts: bytes) -> Iterator[None]:
    """So many connections that sent this and nothing more."""
    with ExitStack() as opened:
        for _ in range(count):
            line = opened.enter_context(
                socket.create_connection(("127.0.0.1", server.port), timeout=10)
            )
            for part in parts:
                line.sendall(part)
        yield


def good_call(server: Server) -> float | None:
    """How long a call on a connection of its own took; None if it failed."""
    began = time.monotonic()
    try:
        answer = httpx2.get(
            f"{server.client.base_url}takedowns", headers=server.client.headers, timeout=5
        )
        answer.raise_for_status()
    except httpx2.HTTPError:
        return None
    return time.monotonic() - began
