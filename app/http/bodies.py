"""Bodies: how much is read, of which kind; the application sees one whole or not at all."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from app.http import strict_json
from app.http.admission import malformed_header
from app.http.problems import Problem, problem

MAX_STRANGERS_BODY = 16 * 1024
MAX_BODY = 256 * 1024
MAX_LARGE_BODY = 8 * 1024 * 1024
BODY_SECONDS = 60
_JSON = re.compile(rb'application/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?', re.I)
_IDENTITY = (b"", b"identity")
# How many bytes a body may have, from how it begins: asked once, of one no stranger may send.
Bound = Callable[[bytes], Awaitable[int]]


async def read(
    receive: Receive, fields: Mapping[bytes, bytes], limit: int, *, bound: Bound | None = None
) -> bytes | None:
    """Read a whole body of at most `limit` bytes, None when there is nothing to read.

    Raises Problem, or ClientDisconnect. What is too long is not read to its end.
    """
    if fields.get(b"content-encoding", b"").lower() not in _IDENTITY:
        raise _unsupported("Send the body as it is, without Content-Encoding.", "Accept-Encoding")
    if fields.get(b"transfer-encoding", b"chunked").strip().lower() != b"chunked":
        raise malformed_header("Transfer-Encoding takes chunked alone.")
    declared = fields.get(b"content-length")
    if declared is None and b"transfer-encoding" not in fields:
        return None
    if declared is not None:
        if not declared.isdigit():
            raise malformed_header("Content-Length is not a number.")
        if len(declared) > 10 or int(declared) > limit:
            raise _too_large(limit)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _whole(receive, limit, bound)
    except TimeoutError:
        raise _too_slow() from None


def check(body: bytes, fields: Mapping[bytes, bytes], *, is_mail: bool) -> None:
    """Refuse a body that is not what the API reads: one JSON object, or a mail; raises Problem."""
    if not body:
        return
    kind = fields.get(b"content-type", b"").strip()
    if is_mail:
        if kind.lower() != b"message/rfc822":
            raise _unsupported("Send the mail as message/rfc822.", "Accept", "message/rfc822")
        return
    if kind != b"application/json" and not _JSON.fullmatch(kind):
        raise _unsupported("Send application/json in UTF-8.", "Accept", "application/json")
    try:
        strict_json.read(body)
    except strict_json.Malformed as error:
        raise Problem(
            problem(400, "malformed_json", "Malformed JSON", detail=error.detail)
        ) from None


def replayed(body: bytes, receive: Receive) -> Receive:
    """Hand out the body that was read, then whatever comes after it."""
    is_told = False

    async def again() -> Message:
        nonlocal is_told
        if is_told:
            return await receive()
        is_told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _whole(receive: Receive, limit: int, bound: Bound | None) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        chunks.append(chunk)
        if bound is not None and size > MAX_STRANGERS_BODY:
            limit = min(limit, await bound(b"".join(chunks)[:MAX_STRANGERS_BODY]))
            bound = None
        if size > limit:
            raise _too_large(limit)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(limit: int) -> Problem:
    detail = f"Send at most {limit} bytes here."
    return Problem(problem(413, "body_too_large", "Body too large", detail=detail))


def _too_slow() -> Problem:
    detail = f"The body did not arrive within {BODY_SECONDS} seconds; send it again."
    body = problem(408, "body_too_slow", "Body too slow", detail=detail)
    return Problem(body, {"Connection": "close"})


def _unsupported(detail: str, field: str, takes: str = "identity") -> Problem:
    body = problem(415, "unsupported_media_type", "Unsupported media type", detail=detail)
    return Problem(body, {field: takes})
