"""What every command shares: where the data lies, how it speaks, what it opens."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.kit import migrate
from app.kit import settings as settings_of
from app.kit.clock import system_clock
from app.kit.database import Database
from app.kit.errors import Misconfigured
from app.kit.vault import Vault

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of database and secret key.")
]


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Database]:
    """Open the database, brought to the newest schema; makes what is new."""
    settings = settings_of.read(data_dir)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(
        settings.database_address, Vault(settings_of.secret(settings)), system_clock
    )
    migrate.to_head(database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def as_it_is(data_dir: Path | None) -> Iterator[Database]:
    """Open the database and change nothing; raises Misconfigured when it or its key is missing."""
    settings = settings_of.read(data_dir)
    secret = settings_of.kept_secret(settings)
    if secret is None:
        raise Misconfigured(f"{settings.data_dir}: there is no secret key")
    database = Database(settings.database_address, Vault(secret), system_clock)
    file = database.engine.url.database
    if database.is_sqlite and not (file and Path(file).exists()):
        raise Misconfigured(f"{file}: there is no database")
    try:
        yield database
    finally:
        database.close()


def one_of(value: str, known: Iterable[str], what: str) -> None:
    """Refuse a word that is none of those known, naming them."""
    names = list(known)
    if value not in names:
        raise typer.BadParameter(f"choose from {', '.join(names)}", param_hint=what)


def say(text: str) -> None:
    """Tell the person at the terminal; standard output stays for what is asked for."""
    typer.echo(text, err=True)
