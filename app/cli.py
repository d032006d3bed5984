"""The command line: `takedown …`; exit codes 0 ok, 1 found a fault, 2 wrong usage.

A command imports what it needs when it runs, so that help and completion answer at once.
"""

import gc
import logging
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.accounts.permissions import SCOPES
from app.accounts.vocabularies import Action
from app.commands import (
    accounts,
    backups,
    bases,
    catalogue,
    configuration,
    proving,
    reports,
    transparency,
)
from app.commands.terminal import DataDir, Progress, existing, on_terminal, one_of, opened, say
from app.kit.errors import TrackerError
from app.kit.version import VERSION

if TYPE_CHECKING:
    from app.context import Context

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(accounts.users, name="user")
app.add_typer(accounts.tokens, name="token")
app.add_typer(bases.app, name="basis")
app.add_typer(catalogue.templates, name="templates")
app.add_typer(reports.app, name="report")

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)]
Sheet = Annotated[Path, typer.Argument(metavar="FILE.csv", exists=True, dir_okay=False)]
# Objects made until garbage is looked for: at Python's own 700 that is a fifth of a start.
GARBAGE_EVERY = 50_000
_log = logging.getLogger(__name__)


def run() -> None:
    """Run the command line; what ends it becomes one line and exit code 1."""
    # A core file would hold keys and addresses as they are read.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(GARBAGE_EVERY)
    try:
        app()
    except Exception as error:  # noqa: BLE001 - the last resort, or its words would be printed
        say(f"takedown: {_told(error)}")
        sys.exit(1)


def _told(error: Exception) -> str:
    """Return what ended a command; of what is not foreseen only its type, and print its place.

    Its words may repeat what was reported, and of `serve` they end in the journal.
    """
    if isinstance(error, TrackerError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    traceback.print_tb(error.__traceback__)
    return f"{type(error).__qualname__}, unforeseen; report it with the lines above"


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def about(
    _: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """Takedown Tracker: takedown requests, notices, timelines, response times."""


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = None) -> None:
    """Serve the API; makes the data folder, its secret key and the database when they are new."""
    from app import main
    from app.kit import logs
    from app.kit import settings as settings_of

    settings = settings_of.read(data_dir)
    logs.configure(settings.log_level, settings.log_format)
    main.hosts(settings, host)  # before anything is made
    with _bound(host, port) as sockets:
        parts = main.context(settings, progress=Progress())
        for line in configuration.warnings(parts.workspace, os.environ):
            _log.warning(line)
        link = accounts.first_link(parts.database, parts.settings, _port(sockets))
        if link is not None:
            say(f"Nobody works here yet. To become the first administrator, once: {link}")
        _listen(parts, host, sockets, greeting="Takedown Tracker on {address} (API: /docs)")


@app.command()
def demo(host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = None) -> None:
    """Serve a fictional year of a hotline; nothing leaves the machine, nothing is kept."""
    from app import demo as demonstration
    from app import main
    from app.accounts import access
    from app.kit import logs
    from app.kit import settings as settings_of
    from app.kit.clock import starting_at

    with _bound(host, port) as sockets, _demo_folder(data_dir) as folder:
        settings = settings_of.read(
            folder,
            demo=True,
            organisation_name="Fictional Hotline",
            organisation_email="notices@hotline.demo.invalid",
        )
        # The token and the address stay in sight, unless somebody wants to see every request.
        is_quiet = "log_level" not in settings.model_fields_set
        logs.configure("warning" if is_quiet else settings.log_level, settings.log_format)
        main.hosts(settings, host)
        say("Preparing a fictional year …")
        clock = demonstration.Moving()
        parts = main.context(settings, clock)
        count = demonstration.fill(parts.database, parts.workspace, clock)
        with parts.database.write() as unit:
            token = access.add_token(unit, "demo", SCOPES)
        running = starting_at(demonstration.NOW)
        parts.database.close()
        parts = main.context(settings, running)
        starts = f"{demonstration.NOW:%Y-%m-%d %H:%M} UTC"
        say(f"{count} fictional takedowns; the clock starts at {starts}.")
        say(f"In a second terminal:  export TOKEN={token}")
        _listen(parts, host, sockets, greeting="Demo on {address}  (API: /docs; stop with Ctrl-C)")


@app.command()
def migrate(data_dir: DataDir = None) -> None:
    """Bring the database to the newest schema."""
    from app import main
    from app.kit import settings as settings_of

    main.context(settings_of.read(data_dir), progress=Progress()).database.close()
    say("The database is up to date.")


@app.command("import")
def import_(
    file: Sheet,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; store nothing.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Log a takedown for each row of a spreadsheet; prints what became of each row."""
    from app import main
    from app.imports import import_columns, importing, reading
    from app.kit import settings as settings_of

    sheet = reading.sheet(file, import_columns.KNOWN)
    outcomes = Counter[str]()
    with opened(data_dir) as database:
        with database.read() as unit:
            workspace = main.workspace_of(settings_of.read(data_dir), unit)
        table, progress = reading.table(sheet), on_terminal()
        for done in importing.bring_in(database, workspace, table, dry_run=dry_run):
            typer.echo(str(done))
            outcomes[done.outcome] += 1
            progress("rows", outcomes.total(), sheet.rows)
    say(f"{sheet.rows} rows" + "".join(f", {n} {outcome}" for outcome, n in outcomes.items()))
    if outcomes["refused"]:
        raise typer.Exit(1)


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", help="csv, or json with timelines.")] = "csv",
    content: Annotated[bool, typer.Option("--content", help="Show URLs and texts.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Print all takedowns; URLs, accounts, texts and tickets only with --content."""
    from app.accounts import audit
    from app.sheets import exporting

    one_of(form, exporting.FORMS, "--format")
    with existing(data_dir) as database:
        with database.write() as unit:
            audit.record(
                unit, audit.COMMAND_LINE, Action.EXPORTED, what="takedowns", content=content
            )
        for piece in exporting.everything(database, form, content=content):
            typer.echo(piece.encode(), nl=False)


app.command()(catalogue.recognise)
app.command()(transparency.transparency)
app.command()(proving.verify)
app.command()(backups.backup)
app.command()(backups.restore)
app.command()(configuration.settings)


@contextmanager
def _demo_folder(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    # However it is ended, by a closed terminal too, the folder goes.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    folder = Path(tempfile.mkdtemp(prefix="takedown-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _bound(host: str, port: int) -> Iterator[list[socket.socket]]:
    from app.http import server

    with server.bound(host, port) as sockets:
        yield sockets


def _port(sockets: list[socket.socket]) -> int:
    port: int = sockets[0].getsockname()[1]
    return port


def _listen(parts: "Context", host: str, sockets: list[socket.socket], *, greeting: str) -> None:
    from app import main
    from app.http import server

    served = main.create_app(parts, main.hosts(parts.settings, host))
    server.listen(sockets)
    served.state.importer.wake()
    name = f"[{host}]" if ":" in host else host
    say(greeting.format(address=f"http://{name}:{_port(sockets)}"))
    gc.freeze()  # what a start made stays: no request has to wait while it is looked through
    server.run(
        served,
        sockets,
        proxy_headers=bool(parts.settings.trusted_proxies),
        forwarded_allow_ips=parts.settings.trusted_proxies,
    )
