"""Commands that carry the record to safety and back: `takedown backup`, `takedown restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.accounts.vocabularies import Action
from app.commands.terminal import DataDir, existing, on_terminal, say
from app.kit.errors import Misconfigured

if TYPE_CHECKING:
    from app.kit.settings import Settings

NewFile = Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False)]
Backup = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)]
SecretKeyFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="File with the secret key; asked for if unset."),
]


def backup(
    file: NewFile,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Back up, also while the server runs; data keys go into takedown.keys beside FILE.

    Prints FILE, its moment and the head of the event chain, NUMBER:MAC.
    """
    from app.accounts import audit
    from app.backups import making

    if not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}", param_hint="FILE")
    if file.name == making.KEYS_FILE:
        raise typer.BadParameter("the data keys are written there", param_hint="FILE")
    if file.exists() and not force:
        raise typer.BadParameter(f"{file} exists; --force replaces it", param_hint="FILE")
    with existing(data_dir, at_any_schema=True) as database:
        head = making.back_up(database, file, on_terminal())
        database.note(
            partial(
                audit.record, by=audit.COMMAND_LINE, action=Action.BACKED_UP, number=head.number
            )
        )
    typer.echo(f"{file}\t{head.made_at}\t{head.number}:{head.mac}")


def restore(file: Backup, secret_key_file: SecretKeyFile = None, data_dir: DataDir = None) -> None:
    """Restore a backup into an empty data folder or database; needs takedown.keys beside it."""
    from app import opening
    from app.accounts import audit
    from app.backups import restoring
    from app.backups.restoring import CannotRestore
    from app.kit import private
    from app.kit import settings as settings_of
    from app.kit.clock import system_clock
    from app.kit.database import Database
    from app.kit.vault import Vault

    settings = settings_of.read(data_dir)
    kept = settings_of.kept_secret(settings)
    secret = _secret(kept, secret_key_file)
    vault = Vault(secret)
    restoring.prove(file, vault)
    if opening.tables(settings):
        raise CannotRestore("the database is not empty; restore into a new one")
    with _undone_on_failure(settings):
        private.make(settings)
        database = Database(settings.database_address, vault, system_clock)
        try:
            if kept is None:
                settings_of.keep_secret(settings, secret)
            done = restoring.restore(database, file, on_terminal())
            with database.write() as unit:
                audit.record(unit, audit.COMMAND_LINE, Action.RESTORED, made_at=done.made_at)
        finally:
            database.close()
    say(f"{done.takedowns} takedowns, as of {done.made_at}. Now prove them: takedown verify")
    if done.erased:
        say(f"{done.erased} of them stay closed: their data keys were destroyed since.")


@contextmanager
def _undone_on_failure(settings: "Settings") -> Iterator[None]:
    """Take the folder, the key and SQLite's files away again, those that were not there before."""
    from app.kit import private
    from app.kit.settings import SECRET_FILE

    folder = settings.data_dir
    possible = [folder / SECRET_FILE, *private.database_files(settings)]
    made = [path for path in possible if not path.exists()]
    was_there = folder.exists()
    try:
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        if not was_there:
            folder.rmdir()
        raise


def _secret(kept: bytes | None, file: Path | None) -> bytes:
    """Return the secret key that is kept already, else the one that is given or asked for."""
    from app.kit import settings as settings_of

    if file is None:
        return kept or settings_of.decoded(
            typer.prompt("Secret key", hide_input=True, err=True), "the secret key"
        )
    given = settings_of.decoded(file.read_text("ascii", errors="replace"), str(file))
    if kept not in (None, given):
        raise Misconfigured(f"{file}: is not the secret key that is set here already")
    return given
