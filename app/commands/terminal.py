"""What every command shares: where the data lies, how it speaks, what it opens."""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.kit import progress
    from app.kit.database import Database

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of database and secret key.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a script.")]


@contextmanager
def opened(data_dir: Path | None) -> "Iterator[Database]":
    """Open the database, brought to the newest schema; makes what is new."""
    from app import opening
    from app.kit import settings as settings_of

    database = opening.made_ready(settings_of.read(data_dir))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def existing(data_dir: Path | None, *, at_any_schema: bool = False) -> "Iterator[Database]":
    """Open the database that is there; makes nothing."""
    from app import opening
    from app.kit import settings as settings_of

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


def print_rows(rows: Iterable[Mapping[str, object]], *, as_json: bool) -> None:
    """Print rows, for a person one a line, their values parted by tabs; for a script as JSON."""
    if as_json:
        print_json([dict(row) for row in rows])
        return
    for row in rows:
        typer.echo("\t".join(_cell(value) for value in row.values()))


def print_json(value: object) -> None:
    """Print what was asked for as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value)) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value in (None, "") else str(value)


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
            far = f"{done:,} of {total:,} " if total else f"{done:,} " if done else ""
            say(f"{far}{what} …")


def on_terminal() -> "progress.Progress":
    """Return what says how far it is where somebody watches, and nothing into a file."""
    from app.kit.progress import silent

    return Progress() if sys.stderr.isatty() else silent
