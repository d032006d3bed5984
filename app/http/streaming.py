"""Answers written piece by piece: what they read from is given back, however they end."""

from collections.abc import Generator, Mapping
from contextlib import suppress
from itertools import chain, islice

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class Streamed(StreamingResponse):
    """An answer written piece by piece, whose source is closed however it ends.

    The first piece is there before its head goes out: what is told is of that moment, and a source
    that fails at once is answered with an error.
    """

    def __init__(
        self,
        pieces: Generator[str] | Generator[bytes],
        *,
        media_type: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        first = list[str | bytes](islice(pieces, 1))
        super().__init__(chain(first, pieces), headers=headers, media_type=media_type)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            # A thread may still be at it: then it ends with that.
            with suppress(ValueError), anyio.CancelScope(shield=True):
                await run_in_threadpool(self._pieces.close)
