"""Commands about the legal basis: `takedown basis …`."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.terminal import DataDir, Json, existing, one_of, opened, print_rows, say
from app.schemas import vocabularies
from app.schemas.vocabularies import StatusChange, StatusState

if TYPE_CHECKING:
    from app.kit.database import Database
    from app.platforms.catalogue import Catalogue
    from app.takedowns.basis_choice import Basis
    from app.takedowns.flagger_status import Change

app = typer.Typer(help="The legal basis of notices.", no_args_is_help=True)
LONGEST = 200

From = Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")]
On = Annotated[str, typer.Option("--on", help="The day from which it holds, YYYY-MM-DD.")]
Decision = Annotated[str, typer.Option(help="The awarding decision, as the authority wrote it.")]
Categories = Annotated[
    list[str] | None, typer.Option("--category", help="Only for this category; repeatable.")
]


@app.command("award")
def award(  # noqa: PLR0917 -- in the order in which it is typed
    coordinator: Annotated[
        str, typer.Argument(metavar="COORDINATOR", help="Who awarded the status.")
    ],
    held_from: From,
    until: Annotated[
        str | None, typer.Option(help="First day on which it no longer holds, YYYY-MM-DD.")
    ] = None,
    decision: Decision = "",
    category: Categories = None,
    exceptions: Annotated[
        list[str] | None,
        typer.Option("--except", help="A platform that does not honour it; repeatable."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Record the trusted-flagger status (DSA Art. 22), once for all platforms."""
    from app.takedowns.flagger_status import Change

    catalogue = _catalogue(data_dir)
    _one_line(coordinator, "COORDINATOR")
    _one_line(decision, "--decision", may_be_empty=True)
    change = Change(
        StatusChange.AWARDED,
        _day(held_from, "--from"),
        coordinator.strip(),
        _day(until, "--until") if until is not None else None,
        decision.strip(),
        _all_of(category, catalogue.categories, "--category"),
        _all_of(exceptions, catalogue.platforms, "--except"),
    )
    _record(change, data_dir)
    say(f"Awarded by {change.coordinator} from {change.on}.")


@app.command("suspend")
def suspend(on: On, data_dir: DataDir = None) -> None:
    """Record that the coordinator suspended the status (DSA Art. 22(6))."""
    _step(StatusChange.SUSPENDED, on, data_dir)


@app.command("resume")
def resume(on: On, data_dir: DataDir = None) -> None:
    """Record that the suspension is lifted."""
    _step(StatusChange.RESUMED, on, data_dir)


@app.command("revoke")
def revoke(on: On, data_dir: DataDir = None) -> None:
    """Record that the status was revoked (DSA Art. 22(7)); only a new award gives it back."""
    _step(StatusChange.REVOKED, on, data_dir)


@app.command("list")
def list_(as_json: Json = False, data_dir: DataDir = None) -> None:
    """Print the history of the status, then what is recorded for single platforms."""
    from app.kit import settings as settings_of
    from app.takedowns import bases, flagger_status

    catalogue = _catalogue(data_dir)
    with existing(data_dir) as database, database.read() as unit:
        history = bases.history(unit)
        own = [one for slug in catalogue.platforms for one in bases.of_platform(unit, slug)]
        today = unit.clock().astimezone(settings_of.read(data_dir).zone).date()
    if as_json:
        print_rows([*map(_change_row, history), *map(_basis_row, own)], as_json=True)
        return
    for change in history:
        typer.echo("\t".join(_told(change)))
    for one in own:
        area = " ".join(one.categories) or "all"
        line = (str(one.held_from), one.basis, one.platform, one.decision or "-", area)
        typer.echo("\t".join(line))
    found = flagger_status.standing(history, today)
    since = f" since {found.since}" if found.since and found.state != StatusState.TO_COME else ""
    say(f"Trusted-flagger status today: {found.state.replace('_', ' ')}{since}.")


@app.command("set")
def set_(
    platform: str,
    basis: str,
    held_from: From,
    decision: Decision = "",
    category: Categories = None,
    data_dir: DataDir = None,
) -> None:
    """Record a basis for one platform alone: an exception to the award, or another basis."""
    from app.accounts.audit import COMMAND_LINE
    from app.takedowns import bases

    catalogue = _catalogue(data_dir)
    day = _day(held_from, "--from")
    one_of(platform, catalogue.platforms, "PLATFORM")
    one_of(basis, tuple(vocabularies.Basis), "BASIS")
    _one_line(decision, "--decision", may_be_empty=True)
    categories = _all_of(category, catalogue.categories, "--category")
    with opened(data_dir) as database:
        with database.write() as unit:
            new = bases.Basis(platform, basis, day, decision.strip(), categories)
            bases.record(unit, new, by=COMMAND_LINE)
        _reassess(database, data_dir)
    say(f"{platform}: {basis} from {day}.")


def _told(change: "Change") -> tuple[str, ...]:
    if change.kind != StatusChange.AWARDED:
        return str(change.on), change.kind
    return (
        str(change.on),
        change.kind,
        change.coordinator,
        change.decision or "-",
        " ".join(change.categories) or "all",
        f"until {change.until}" if change.until else "-",
        f"except {' '.join(change.exceptions)}" if change.exceptions else "-",
    )


def _change_row(change: "Change") -> dict[str, object]:
    days = {"on": str(change.on), "until": str(change.until) if change.until else None}
    return {**change._asdict(), **days}


def _basis_row(basis: "Basis") -> dict[str, object]:
    return {**basis._asdict(), "held_from": str(basis.held_from)}


def _step(kind: StatusChange, on: str, data_dir: Path | None) -> None:
    from app.takedowns.flagger_status import Change

    change = Change(kind, _day(on, "--on"))
    _record(change, data_dir)
    say(f"{kind.capitalize()} on {change.on}.")


def _record(change: "Change", data_dir: Path | None) -> None:
    from app.accounts.audit import COMMAND_LINE
    from app.takedowns import bases

    with opened(data_dir) as database:
        with database.write() as unit:
            bases.record_change(unit, change, by=COMMAND_LINE)
        _reassess(database, data_dir)


def _reassess(database: "Database", data_dir: Path | None) -> None:
    """Note anew what drafts lack: under another basis they may lack something else."""
    from app import main
    from app.kit import settings as settings_of
    from app.notices import drafts

    with database.read() as unit:
        workspace = main.workspace_of(settings_of.read(data_dir), unit)
    drafts.reassess_all(database, workspace)


def _catalogue(data_dir: Path | None) -> "Catalogue":
    from app import main
    from app.kit import settings as settings_of

    return main.workspace_of(settings_of.read(data_dir)).catalogue


def _day(text: str, what: str) -> date:
    from pydantic import TypeAdapter, ValidationError

    from app.schemas.values import Day

    try:
        return TypeAdapter[date](Day).validate_python(text)
    except ValidationError:
        raise typer.BadParameter("write the day as YYYY-MM-DD", param_hint=what) from None


def _all_of(values: Iterable[str] | None, known: Iterable[str], what: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(values or ()))
    for value in found:
        one_of(value, known, what)
    return found


def _one_line(text: str, what: str, *, may_be_empty: bool = False) -> None:
    from app.schemas.values import ONE_LINE

    told = text.strip()
    if len(told) > LONGEST or (told and not re.match(ONE_LINE, told)):
        mend = f"write it on one line of at most {LONGEST} characters"
        raise typer.BadParameter(mend, param_hint=what)
    if not told and not may_be_empty:
        raise typer.BadParameter("say who awarded the status", param_hint=what)
