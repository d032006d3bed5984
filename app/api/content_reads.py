"""Reads of content with a token, written to the audit log once they are answered."""

from datetime import datetime
from functools import partial

import anyio
import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.accounts import content_reads
from app.accounts.permissions import Caller
from app.kit.clock import Clock
from app.kit.database import Database

# These tell back what was just sent; an event may not, for a correction tells what it corrects.
ECHOES = frozenset(("recognise", "createIntake", "createTakedown"))
MOST_KEPT = 10_000


class ContentReads:
    """ASGI middleware within the front: it needs the caller, and what the call said it shows.

    An hour's first read is written down; it remembers which, so that the others cost nothing.
    """

    def __init__(self, app: ASGIApp, *, database: Database, clock: Clock) -> None:
        self._app = app
        self._database = database
        self._clock = clock
        self._written = set[tuple[int, str, datetime]]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see afterwards whether content was read."""
        is_read = False

        async def noted(message: Message) -> None:
            nonlocal is_read
            is_read = is_read or message.get("status") in (200, 201)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:  # who hangs up in the middle has read as far as that
            call = scope.get("state", {}).get("shows_content")
            if is_read and call is not None and call not in ECHOES:
                with anyio.CancelScope(shield=True):
                    await self._write(scope["state"]["caller"], call)

    async def _write(self, caller: Caller, call: str) -> None:
        hour = content_reads.hour_of(self._clock())
        read = (caller.token_id, call, hour)
        if read in self._written:
            return
        if len(self._written) >= MOST_KEPT:
            self._written.clear()
        entry = partial(content_reads.record, by=caller.actor, call=call, hour=hour)
        await anyio.to_thread.run_sync(self._database.note, entry)
        self._written.add(read)
