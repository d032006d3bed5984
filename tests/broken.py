"""Servers that break one promise each, so that its proof is seen to find that."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Timer

import uvicorn
from sqlalchemy import event

from app import main
from app.api.dependencies import Context
from app.kit import settings as settings_of
from app.kit.database import Database, Unit


def unsynced(parts: Context) -> Context:
    """Commits, but leaves it to the operating system when that reaches the disk."""

    def relax(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")

    parts.database.close()
    event.listen(parts.database.engine, "connect", relax)
    return parts


class Hasty(Database):
    """Answers first and commits a moment later."""

    @contextmanager
    def write(self) -> Iterator[Unit]:
        with ExitStack() as stack:
            yield stack.enter_context(super().write())
            Timer(0.2, stack.pop_all().close).start()


def hasty(parts: Context) -> Context:
    database = parts.database
    database.close()
    address = database.engine.url.render_as_string(hide_password=False)
    return replace(parts, database=Hasty(address, database.vault, database.clock))


BREAKING: dict[str, Callable[[Context], Context]] = {"unsynced": unsynced, "hasty": hasty}


def serve(name: str, *arguments: str) -> None:
    _, port, _, folder = arguments
    parts = BREAKING[name](main.context(settings_of.read(Path(folder))))
    uvicorn.run(main.create_app(parts), port=int(port), log_level="warning", access_log=False)


def breaking(name: str) -> tuple[str, ...]:
    """The command that serves so."""
    return ("-m", "tests.broken", name)


if __name__ == "__main__":
    serve(*sys.argv[1:])
