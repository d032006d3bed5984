"""Commands about who may work here: `takedown token …` and `takedown user …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.accounts.permissions import ROLES, SCOPES
from app.commands.terminal import DataDir, Json, existing, one_of, opened, print_rows, say

if TYPE_CHECKING:
    from datetime import datetime

    from app.kit.database import Database
    from app.kit.settings import Settings

tokens = typer.Typer(help="API tokens.", no_args_is_help=True)
users = typer.Typer(help="The people who work here.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(metavar="EMAIL")]
PREVIOUS_LIVES_HOURS = 24


@tokens.command("add")
def token_add(
    name: str,
    scope: Annotated[list[str], typer.Option(help=f"One of {', '.join(SCOPES)}; repeatable.")],
    expires: Annotated[
        str | None,
        typer.Option(help="Until when it works: a day, YYYY-MM-DD, or a moment with its offset."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make an API token and print it, once, alone on standard output."""
    from app.accounts import access

    for one in scope:
        one_of(one, SCOPES, "--scope")
    at = _moment(expires, "--expires", data_dir) if expires is not None else None
    with opened(data_dir) as database, database.write() as unit:
        token = access.add_token(unit, name, scope, expires_at=at)
    typer.echo(token)


@tokens.command("list")
def token_list(as_json: Json = False, data_dir: DataDir = None) -> None:
    """Print all API tokens: name, state, scopes, last use, until when they work."""
    from app.accounts import access
    from app.kit import steady_clock
    from app.kit.clock import stamp

    with existing(data_dir) as database, database.read() as unit:
        now, by_the_clock = steady_clock.now(unit), unit.steady.by_the_clock

        def told(moment: "datetime | None") -> str | None:
            return None if moment is None else stamp(by_the_clock(moment))

        rows = [
            {
                "name": token.name,
                "state": token.state(now),
                "scopes": list(token.scopes),
                "used_at": None if token.used_at is None else stamp(token.used_at),
                "expires_at": told(token.expires_at),
                "previous_until": told(token.previous_until) if token.has_two(now) else None,
            }
            for token in access.everything(unit)
        ]
    print_rows(rows, as_json=as_json)


@tokens.command("rotate")
def token_rotate(
    name: str,
    until: Annotated[
        str | None,
        typer.Option(
            help="Until when the old one works too: a day, YYYY-MM-DD, or a moment with its "
            f"offset; {PREVIOUS_LIVES_HOURS} hours unless set."
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Give an API token a new secret and print it, once; the old one works on for a while."""
    from datetime import timedelta

    from app.accounts import access
    from app.kit.clock import stamp

    at = _moment(until, "--until", data_dir) if until is not None else None
    with existing(data_dir) as database, database.write() as unit:
        at = at or unit.clock() + timedelta(hours=PREVIOUS_LIVES_HOURS)
        token = access.rotate(unit, access.named(unit, name).id, until=at)
    typer.echo(token)
    say(f"{name}: the token before this one works until {stamp(at)}.")


@tokens.command("revoke")
def token_revoke(name: str, data_dir: DataDir = None) -> None:
    """Make an API token good for nothing, for ever."""
    from app.accounts import access

    with existing(data_dir) as database, database.write() as unit:
        access.revoke(unit, access.named(unit, name).id)
    say(f"{name}: revoked.")


@users.command("add")
def user_add(
    email: Email,
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")],
    name: Annotated[str | None, typer.Option(help="Display name; a pseudonym unless set.")] = None,
    may_view: Annotated[
        bool,
        typer.Option("--may-view", help="With the viewing mandate: may open reported content."),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Add somebody and print the one-time link to join by, alone on standard output."""
    from app.accounts import joining, people
    from app.accounts.audit import COMMAND_LINE
    from app.kit import settings as settings_of

    one_of(role, ROLES, "--role")
    with opened(data_dir) as database, database.write() as unit:
        by = COMMAND_LINE
        person = people.add(unit, email, role, by=by, name=name, may_view=may_view)
        token = joining.invite(unit, person.id, by=by)
    typer.echo(link(settings_of.read(data_dir), token))


@users.command("list")
def user_list(as_json: Json = False, data_dir: DataDir = None) -> None:
    """Print everybody: e-mail address, name, role, state, second factor, viewing mandate."""
    from app.accounts import people

    with existing(data_dir) as database, database.read() as unit:
        rows = [
            {
                "email": one.person.email,
                "name": one.person.name,
                "role": one.person.role,
                "state": one.state,
                "second_factor": one.has_second_factor,
                "may_view": one.person.may_view,
            }
            for one in people.everyone(unit)
        ]
    print_rows(rows, as_json=as_json)


@users.command("link")
def user_link(
    email: Email,
    drop_second_factor: Annotated[
        bool, typer.Option("--drop-second-factor", help="For who lost app and recovery codes.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Print a one-time link to choose a new password by, alone on standard output."""
    from app.accounts import joining, people, second_factor
    from app.accounts.audit import COMMAND_LINE
    from app.kit import settings as settings_of
    from app.kit.errors import NoSuchThing

    with existing(data_dir) as database, database.write() as unit:
        person = people.find(unit, email)
        if person is None:
            raise NoSuchThing(f"nobody has the e-mail address {email}")
        if drop_second_factor:
            second_factor.drop(unit, person, COMMAND_LINE)
        token = joining.invite(unit, person.id, by=COMMAND_LINE)
    typer.echo(link(settings_of.read(data_dir), token))


def link(settings: "Settings", token: str, port: int = 8000) -> str:
    """Return the address of a one-time link."""
    return f"{settings.house(port)}/join/{token}"


def first_link(database: "Database", settings: "Settings", port: int) -> str | None:
    """Return a one-time link for the first administrator; None when somebody works here."""
    from app.accounts import joining, people
    from app.accounts.audit import COMMAND_LINE

    with database.write() as unit:
        if not people.is_empty(unit):
            return None
        return link(settings, joining.invite(unit, None, by=COMMAND_LINE), port)


def _moment(text: str, option: str, data_dir: Path | None) -> "datetime":
    """Read a moment, or a local day, through which something works."""
    from datetime import datetime

    from pydantic import TypeAdapter, ValidationError

    from app.accounts import access
    from app.kit import settings as settings_of
    from app.schemas.values import Day, Moment

    try:
        found = TypeAdapter[object](Moment | Day).validate_python(text)
    except ValidationError:
        mend = "write a day as YYYY-MM-DD, or a moment like 2026-03-02T09:00:00Z"
        raise typer.BadParameter(mend, param_hint=option) from None
    if isinstance(found, datetime):
        return found
    return access.end_of(found, settings_of.read(data_dir).zone)  # type: ignore[arg-type]
