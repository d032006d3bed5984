"""Writers take turns, and those who wait share one commit: what is synced to disk is synced once.

Nobody's turn is over before what he wrote is committed. A turn that fails takes back what is its
own; when the commit fails, it fails for all who share it.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from app.kit.errors import TrackerError


class NotCommitted(TrackerError):
    """The transaction that was shared with others failed with one of them, or at its commit."""


class _Shared:
    """A transaction that several writers fill, one after the other."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.is_used = False
        self.failure: BaseException | None = None
        self.has_ended = threading.Event()


class Turns:
    """One writer at a time; `begin` opens a connection with a transaction of its own."""

    def __init__(self, begin: Callable[[], Connection]) -> None:
        self._begin = begin
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self.waiting = 0
        self._shared: _Shared | None = None

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """Write when it is one's turn; committed when the block ends.

        Raises NotCommitted when what was written is lost by another's failure.
        """
        with self._next():
            if self._shared is None:
                self._shared = _Shared(self._begin())
            shared = self._shared
            try:
                with _part(shared):
                    yield shared.connection
            finally:
                if shared.failure or not shared.is_used or not self.waiting:
                    self._shared = None
                    _end(shared)
        shared.has_ended.wait()
        if shared.failure:
            raise NotCommitted("what was written was not kept") from shared.failure

    @contextmanager
    def _next(self) -> Iterator[None]:
        with self._counting:
            self.waiting += 1
        with self._turn:
            with self._counting:
                self.waiting -= 1
            yield


@contextmanager
def _part(shared: _Shared) -> Iterator[None]:
    """One writer's part: undone alone where others have written before."""
    if not shared.is_used:
        yield
        shared.is_used = True
        return
    with _fatal(shared):
        savepoint = shared.connection.begin_nested()
    try:
        yield
    except BaseException:
        with _fatal(shared):
            savepoint.rollback()
        raise
    with _fatal(shared):
        savepoint.commit()


def _end(shared: _Shared) -> None:
    """Commit, or roll back where nothing was written or something is broken; then tell all."""
    try:
        if shared.is_used and not shared.failure:
            with _fatal(shared):
                shared.connection.commit()
    finally:
        shared.connection.close()
        shared.has_ended.set()


@contextmanager
def _fatal(shared: _Shared) -> Iterator[None]:
    """What fails here fails for all."""
    try:
        yield
    except BaseException as error:
        shared.failure = error
        _undo(shared.connection)
        raise


def _undo(connection: Connection) -> None:
    """Leave no transaction open in a connection, or throw it away.

    The last one thrown away takes SQLite's log with it, and a full disk has no room for a new one.
    """
    if connection.invalidated:
        return
    try:
        connection.connection.rollback()
    except connection.dialect.loaded_dbapi.Error:
        connection.invalidate()
