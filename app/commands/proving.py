"""The command that proves the record: `takedown verify`."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.terminal import DataDir, Json, existing, on_terminal, print_json, say

if TYPE_CHECKING:
    from app.kit.database import Unit
    from app.takedowns import chain_verification


def verify(
    head: Annotated[
        str | None, typer.Option(help="A head kept elsewhere, NUMBER:MAC; finds a cut tail.")
    ] = None,
    audit_head: Annotated[
        str | None, typer.Option(help="The same of the audit log, as its page shows it.")
    ] = None,
    as_json: Json = False,
    *,
    data_dir: DataDir = None,
) -> None:
    """Prove the record: the chain of events, and that everything cached equals its replay."""
    from app import opening, proof
    from app.accounts import audit
    from app.kit import settings as settings_of

    anchor = _anchor(head, "--head")
    kept = _anchor(audit_head, "--audit-head")
    progress = on_terminal()
    found = _Found(opening.place(settings_of.read(data_dir)), as_json=as_json)
    with existing(data_dir) as database, database.read() as unit:
        for fault in proof.structure_faults(unit, progress):
            found.fault(fault)
        if not found.faults:
            found.there(unit)
            log_head = audit.Head(*kept) if kept else None
            for fault in proof.record_faults(unit, anchor, log_head, progress=progress):
                found.fault(fault)
    found.end()


class _Found:
    """What a proof finds, told as it comes, or at the end as JSON."""

    def __init__(self, database: str, *, as_json: bool) -> None:
        self._is_json = as_json
        self.faults: list[dict[str, str]] = []
        self.counts: dict[str, int] = {}
        self._told: dict[str, object] = {"database": database, "faults": self.faults}
        self._tell(f"Database: {database}")

    def fault(self, fault: "chain_verification.Fault") -> None:
        """Tell a fault."""
        self.faults.append({"subject": fault.subject, "detail": fault.detail})
        self._tell(f"{fault.subject}: {fault.detail}")

    def there(self, unit: "Unit") -> None:
        """Tell how much is there to prove, and where the two chains end."""
        from app import proof
        from app.accounts import audit
        from app.takedowns import chain

        self.counts = proof.counts(unit)._asdict()
        self._tell(", ".join(f"{n} {name.replace('_', ' ')}" for name, n in self.counts.items()))
        ends = {
            "event_chain": chain.head(unit)[:2],
            "audit_log": audit.head(unit)[:2],
        }
        heads = {name: f"{number}:{mac.hex()}" for name, (number, mac) in ends.items()}
        for name, head in heads.items():
            self._tell(f"Head of the {name.replace('_', ' ')}: {head}")
        self._told |= {"counts": self.counts, "heads": heads}

    def end(self) -> None:
        """Tell how it ended; exits with 1 where there was a fault."""
        if self._is_json:
            print_json(self._told)
        if self.faults:
            say(f"{len(self.faults)} faults.")
            raise typer.Exit(1)
        if not self.counts["events"]:
            say("The record is empty: nothing was recorded yet. Is this the right folder?")
        say("The record is what was recorded.")

    def _tell(self, line: str) -> None:
        if not self._is_json:
            typer.echo(line)


def _anchor(head: str | None, option: str) -> "chain_verification.Anchor | None":
    from app.takedowns import chain_verification

    if head is None:
        return None
    number, _, mac = head.partition(":")
    try:
        anchor = chain_verification.Anchor(int(number), bytes.fromhex(mac))
        if len(anchor.mac) == chain_verification.MAC_BYTES:
            return anchor
        raise ValueError
    except ValueError:
        raise typer.BadParameter("write it as NUMBER:MAC", param_hint=option) from None
