"""Commands about what is known of platforms: `takedown templates …`, `takedown recognise`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.terminal import Json, print_json, print_rows, say

templates = typer.Typer(help="What platforms and texts the tool knows.", no_args_is_help=True)


@templates.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR")] = None, as_json: Json = False
) -> None:
    """Check the platform files: every fault with file, line and mend; then what takes what."""
    from app.kit import settings as settings_of
    from app.notices import coverage
    from app.platforms import assembly, checking
    from app.platforms import catalogue as catalogues

    files = catalogues.read_folder(folder or settings_of.read().templates_dir)
    found = checking.check(files)
    if as_json:
        print_json({"faults": [fault._asdict() for fault in found]})
    else:
        for line in (*found, *coverage.lines(assembly.assemble(files))):
            typer.echo(str(line))
    if found:
        say(f"{len(found)} faults.")
        raise typer.Exit(1)
    say("No fault.")


def recognise(as_json: Json = False) -> None:
    """Read text on standard input and print the links it holds as a table."""
    from app import main
    from app.kit import settings as settings_of
    from app.kit.clock import system_clock

    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    recogniser = main.workspace_of(settings_of.read()).recogniser
    links, unrecognised = recogniser.recognise_text(text, now=system_clock())
    names = ("platform", "kind", "content_id", "account", "canonical_url")
    rows = [{name: getattr(link, name) for name in names} for link in links]
    if as_json:
        others = [{"reason": other.reason, "text": other.text} for other in unrecognised]
        print_json({"links": rows, "unrecognised": others})
        return
    print_rows(rows, as_json=False)
    for other in unrecognised:
        typer.echo(f"-\t{other.reason}\t-\t-\t{other.text}")
