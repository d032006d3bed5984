"""The feed watcher: one look at the newest event, four times a second, wakes every long poll."""

import asyncio
from collections.abc import Callable

import anyio.to_thread
from sqlalchemy import func, select
from sqlalchemy.exc import TimeoutError as PoolExhausted

from app.kit.database import Database
from app.kit.errors import DatabaseFault
from app.takedowns.models import events

PAUSE_SECONDS = 0.25
UNKNOWN = -1


class FeedWatcher:
    """Looks at the newest event, whichever process wrote it, for as long as somebody waits.

    Belongs to one event loop, like the polls that it wakes.
    """

    def __init__(self, look: Callable[[], int]) -> None:
        self.newest = UNKNOWN
        self.has_ended = False
        self._look = look
        self._waiting: set[asyncio.Future[str]] = set()
        self._task: asyncio.Task[None] | None = None

    async def wait(self, known: int, seconds: float) -> None:
        """Wait until the newest event is no longer `known`, the time is over, or all ends.

        Raises DatabaseFault for each who waits when the database fails.
        """
        if self.has_ended or self.newest != known or seconds <= 0:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            fault = await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(waiter)
        if fault:
            raise DatabaseFault(fault)

    def end(self) -> None:
        """Let every poll answer now with what there is; the server stops."""
        self.has_ended = True
        self._wake()

    async def _watch(self) -> None:
        while self._waiting:
            try:
                newest = await anyio.to_thread.run_sync(self._look)
            except PoolExhausted:
                newest = self.newest  # all connections are at work: look again in a moment
            except DatabaseFault as error:
                self._wake(str(error))
                return
            if newest != self.newest:
                self.newest = newest
                self._wake()
            await asyncio.sleep(PAUSE_SECONDS)

    def _wake(self, fault: str = "") -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(fault)


def of(database: Database) -> FeedWatcher:
    """Return the feed watcher of a database."""

    def newest() -> int:
        with database.read() as unit:
            return unit.connection.scalar(select(func.max(events.c.number))) or 0

    return FeedWatcher(newest)
