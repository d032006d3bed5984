"""The command that proves the record: `takedown verify`."""

from typing import Annotated

import typer

from app import opening, proof
from app.accounts import audit
from app.commands.terminal import DataDir, Progress, existing, say
from app.kit import settings as settings_of
from app.kit.database import Unit
from app.takedowns import chain, verification


def verify(
    head: Annotated[
        str | None, typer.Option(help="A head kept elsewhere, NUMBER:MAC; finds a cut tail.")
    ] = None,
    audit_head: Annotated[
        str | None, typer.Option(help="The same of the audit log, as its page shows it.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Prove the record: the chain of events, and that everything cached equals its replay."""
    anchor = _anchor(head, "--head")
    kept = _anchor(audit_head, "--audit-head")
    progress = Progress()
    count = 0
    typer.echo(f"Database: {opening.place(settings_of.read(data_dir))}")
    with existing(data_dir) as database, database.read() as unit:
        for fault in proof.structure_faults(unit, progress):
            typer.echo(f"{fault.subject}: {fault.detail}")
            count += 1
        if not count:
            there = proof.counts(unit)
            _tell_what_is_there(unit, there)
            log_head = audit.Head(*kept) if kept else None
            for fault in proof.record_faults(unit, anchor, log_head, progress):
                typer.echo(f"{fault.subject}: {fault.detail}")
                count += 1
    if count:
        say(f"{count} faults.")
        raise typer.Exit(1)
    if not there.events:
        say("The record is empty: nothing was recorded yet. Is this the right folder?")
    say("The record is what was recorded.")


def _tell_what_is_there(unit: Unit, there: proof.Counts) -> None:
    typer.echo(
        "".join(f"{n} {name.replace('_', ' ')}, " for name, n in there._asdict().items())[:-2]
    )
    for name, head in (("event chain", chain.head(unit)), ("audit log", audit.head(unit))):
        typer.echo(f"Head of the {name}: {head.number}:{head.mac.hex()}")


def _anchor(head: str | None, option: str) -> verification.Anchor | None:
    if head is None:
        return None
    number, _, mac = head.partition(":")
    try:
        anchor = verification.Anchor(int(number), bytes.fromhex(mac))
        if len(anchor.mac) == verification.MAC_BYTES:
            return anchor
        raise ValueError
    except ValueError:
        raise typer.BadParameter("write it as NUMBER:MAC", param_hint=option) from None
