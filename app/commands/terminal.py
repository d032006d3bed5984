"""What every command shares: where the data lies, how it speaks, what it opens."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app import opening
from app.kit import settings as settings_of
from app.kit.database import Database

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of database and secret key.")
]


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Database]:
    """Open the database, brought to the newest schema; makes what is new."""
    database = opening.made_ready(settings_of.read(data_dir))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def existing(data_dir: Path | None, *, at_any_schema: bool = False) -> Iterator[Database]:
    """Open the database that is there; makes nothing."""
    with opening.existing(settings_of.read(data_dir), at_any_schema=at_any_schema) as database:
        yield database


def one_of(value: str, known: Iterable[str], what: str) -> None:
    """Refuse a word that is none of those known, naming them."""
    names = list(known)
    if value not in names:
        raise typer.BadParameter(f"choose from {', '.join(names)}", param_hint=what)


def say(text: str) -> None:
    """Tell the person at the terminal; standard output stays for what is asked for."""
    typer.echo(text, err=True)


EVERY_SECONDS = 1


class Progress:
    """Says at most once a second how far a long reading is, so that short ones say nothing."""

    def __init__(self) -> None:
        self._next = time.monotonic() + EVERY_SECONDS

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tell what is being read, how much of it so far, and of how much."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY_SECONDS
            say(f"{done:,} of {total:,} {what} …" if total else f"{what} …")
