"""A body is handed on whole, once."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from app.http import bodies

GONE = {"type": "http.disconnect"}
CHUNKED = {b"transfer-encoding": b"chunked"}


def saying(*messages: Message) -> Receive:
    left = list(messages)

    async def receive() -> Message:
        return left.pop(0)

    return receive


def part(body: bytes, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def heard(receive: Receive, times: int) -> list[Message]:
    return [await receive() for _ in range(times)]


def test_the_application_hears_the_body_once_and_then_what_follows() -> None:
    again = bodies.replayed(b"abc", saying(GONE))

    assert asyncio.run(heard(again, 2)) == [part(b"abc", False), GONE]


def test_parts_are_put_together() -> None:
    receive = saying(part(b"a", True), part(b"", True), part(b"bc", False))

    assert asyncio.run(bodies.read(receive, CHUNKED, 3)) == b"abc"


def test_without_a_body_nothing_is_read() -> None:
    assert asyncio.run(bodies.read(saying(), {b"accept": b"*/*"}, 3)) is None


def test_a_caller_who_left_is_noticed() -> None:
    with pytest.raises(ClientDisconnect):
        asyncio.run(bodies.read(saying(part(b"a", True), GONE), CHUNKED, 3))
