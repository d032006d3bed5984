"""Servers that break one promise each, so that its proof is seen to find that."""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Timer

import uvicorn
from sqlalchemy import event, func, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import main
from app.kit import migrate
from app.kit import settings as settings_of
from app.kit.database import Database, Unit
from app.kit.idempotency import answers
from app.kit.vault import Vault
from app.parts import Context
from tests.factories import SECRET, Hands


def unsynced(parts: Context) -> ASGIApp:
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


def hasty(parts: Context) -> ASGIApp:
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


def talkative(parts: Context) -> ASGIApp:
    """Prints what it is sent."""
    app = main.create_app(parts)

    async def serve_aloud(scope: Scope, receive: Receive, send: Send) -> None:
        async def overheard() -> Message:
            message = await receive()
            print(message.get("body", b"").decode("utf-8", "replace"), flush=True)  # noqa: T201
            return message

        await app(scope, overheard, send)

    return serve_aloud


BREAKING: dict[str, Callable[[Context], ASGIApp]] = {
    "unsynced": unsynced,
    "hasty": hasty,
    "talkative": talkative,
}


def serve(name: str, *arguments: str) -> None:
    _, port, _, folder = arguments
    app = BREAKING[name](main.context(settings_of.read(Path(folder))))
    uvicorn.run(app, port=int(port), log_level="warning", access_log=False)


def migrate_and_die(address: str, statements: int) -> None:
    """Bring a database to the newest schema, and be killed after so many statements."""
    database = Database(address, Vault(SECRET), Hands())
    left = iter(range(statements))

    def count(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", count)
    migrate.to_head(database)
    database.close()


def breaking(name: str) -> tuple[str, ...]:
    """The command that serves so."""
    return ("-m", "tests.broken", name)


if __name__ == "__main__":
    serve(*sys.argv[1:])
