"""Servers that break one promise each, so that its proof is seen to find that."""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Timer

import pytest
from fastapi import FastAPI
from sqlalchemy import event, func, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app import main, opening, proof
from app.api.feed_watcher import FeedWatcher
from app.backups import making
from app.context import Context
from app.http import server
from app.kit import key_check
from app.kit import settings as settings_of
from app.kit.database import Database, Unit
from app.kit.idempotency import answers
from app.kit.settings import Settings
from app.kit.vault import Vault
from app.opening import KeyVerdict
from tests.factories import SECRET, ManualClock
from tests.migrations import migrating


def unsynced(parts: Context) -> FastAPI:
    """Commits, but leaves it to the operating system when that reaches the disk."""

    def relax(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")

    parts.database.close()
    event.listen(parts.database.engine, "connect", relax)
    return main.create_app(parts)


class Hasty(Database):
    """Answers first and commits a second later."""

    @contextmanager
    def write(self) -> Iterator[Unit]:
        with ExitStack() as stack:
            yield stack.enter_context(super().write())
            Timer(1, stack.pop_all().close).start()


def hasty(parts: Context) -> FastAPI:
    database = parts.database
    database.close()
    address = database.engine.url.render_as_string(hide_password=False)
    late = Hasty(address, database.vault, database.clock)
    return main.create_app(replace(parts, database=late))


class Unordered(Database):
    """Lets two writers begin at once, each seeing the same and not the other."""

    both = Barrier(2)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        with self.read() as unit:
            unit.connection.execute(select(func.count()).select_from(answers))
            self.both.wait(30)
            yield unit


class Torn(Database):
    """Reads every table as it is when its turn comes."""

    @contextmanager
    def read(self) -> Iterator[Unit]:
        with self.engine.connect() as connection:
            yield Unit(connection, self.vault, self.clock)


class Abrupt(FeedWatcher):
    """Ends long polls with an exception."""

    async def wait(self, known: int, seconds: float) -> None:
        await super().wait(known, seconds)
        if self.has_ended:
            raise RuntimeError


def abrupt(parts: Context) -> FastAPI:
    app = main.create_app(parts)
    app.state.feed_watcher = Abrupt(lambda: 0)
    return app


class Talkative:
    """Prints what it is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def overheard() -> Message:
            message = await receive()
            print(message.get("body", b"").decode("utf-8", "replace"), flush=True)  # noqa: T201
            return message

        await self.app(scope, overheard, send)


def talkative(parts: Context) -> FastAPI:
    app = main.create_app(parts)
    app.add_middleware(Talkative)
    return app


@contextmanager
def broken(*parts: tuple[object, str, object]) -> Iterator[None]:
    """An application with other parts, each as (where it stands, its name, what is there)."""
    with pytest.MonkeyPatch.context() as patch:
        for where, name, instead in parts:
            patch.setattr(where, name, instead)
        yield


def nothing(*_: object, **__: object) -> tuple[()]:
    """Find nothing, refuse nothing."""
    return ()


def trusting() -> AbstractContextManager[None]:
    """Takes any secret key for the database's own."""
    return broken(
        (opening, "verdict", lambda _: KeyVerdict.RIGHT), (key_check, "refuse_other", nothing)
    )


def forgetful() -> AbstractContextManager[None]:
    """Makes a new secret key wherever it finds none."""
    return broken((opening, "_key_of", lambda settings, _: settings_of.kept_secret(settings)))


def generous() -> AbstractContextManager[None]:
    """Makes what is not there, whatever is asked."""

    @contextmanager
    def made(settings: Settings, **_: object) -> Iterator[Database]:
        yield opening.made_ready(settings)

    return broken((opening, "existing", made))


def shallow() -> AbstractContextManager[None]:
    """Proves the record without reading the database whole."""
    return broken((proof, "structure_faults", nothing))


def credulous() -> AbstractContextManager[None]:
    """Restores whatever files open."""
    return broken((proof, "record_faults", nothing), (making, "_logged", nothing))


def patient(parts: Context) -> FastAPI:
    """Waits for ever for whoever holds a connection."""
    server.connections = lambda: HttpToolsProtocol
    return main.create_app(parts)


BREAKING: dict[str, Callable[[Context], FastAPI]] = {
    "unsynced": unsynced,
    "hasty": hasty,
    "abrupt": abrupt,
    "talkative": talkative,
    "patient": patient,
}


def serve(name: str, *arguments: str) -> None:
    _, port, _, folder = arguments
    with server.bound("127.0.0.1", int(port)) as sockets:
        app = BREAKING[name](main.context(settings_of.read(Path(folder))))
        server.listen(sockets)
        server.run(app, sockets)


def migrate_and_die(address: str, statements: int) -> None:
    """Bring a database to the newest schema, and be killed after so many statements."""
    database = Database(address, Vault(SECRET), ManualClock())
    left = iter(range(statements))

    def count(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", count)
    migrating.to_head(database)
    database.close()


def breaking(name: str) -> tuple[str, ...]:
    """The command that serves so."""
    return ("-m", "tests.broken", name)


if __name__ == "__main__":
    serve(*sys.argv[1:])
