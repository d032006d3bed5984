"""The command about platforms' transparency reports: `takedown transparency`."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.terminal import DataDir, Json, one_of, opened, print_rows, say

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)]


def transparency(
    file: File,
    platform: Annotated[str, typer.Option("--platform", help="Whose report it is: its slug.")],
    *,
    service: Annotated[str, typer.Option("--service", help="Which, of several in it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read only; keep nothing.")] = False,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Keep a platform's transparency report, CSV or .xlsx; prints what breaks a rule in it."""
    from app import main
    from app.accounts import audit
    from app.kit import settings as settings_of
    from app.transparency import kept, reading

    workspace = main.workspace_of(settings_of.read(data_dir))
    one_of(platform, workspace.catalogue.platforms, "--platform")
    sent = kept.File(file.name[: kept.LONGEST_NAME], file.read_bytes())
    read = reading.read(sent.content, service)
    print_rows((one._asdict() for one in read.findings), as_json=as_json)
    if not dry_run:
        of = service or "".join(read.services)
        with opened(data_dir) as database, database.write() as unit:
            kept.keep(unit, sent, read, platform=platform, service=of, by=audit.COMMAND_LINE)
    say(f"{read.total} rows, {len(read.rows)} read, {len(read.left_out)} left out")
    if read.left_out:
        raise typer.Exit(1)
