"""Commands about who may work here: `takedown token …` and `takedown user …`."""

from typing import Annotated

import typer

from app.accounts import access, joining, people, second_factor
from app.accounts.audit import COMMAND_LINE
from app.accounts.permissions import ROLES, SCOPES
from app.commands.terminal import DataDir, existing, one_of, opened, say
from app.kit import settings as settings_of
from app.kit.database import Database
from app.kit.errors import NoSuchThing
from app.kit.settings import Settings

tokens = typer.Typer(help="API tokens.", no_args_is_help=True)
users = typer.Typer(help="The people who work here.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(metavar="EMAIL")]


@tokens.command("add")
def token_add(
    name: str,
    scope: Annotated[list[str], typer.Option(help=f"One of {', '.join(SCOPES)}; repeatable.")],
    data_dir: DataDir = None,
) -> None:
    """Make an API token and print it, once, alone on standard output."""
    with opened(data_dir) as database, database.write() as unit:
        token = access.add_token(unit, name, scope)
    typer.echo(token)


@tokens.command("list")
def token_list(data_dir: DataDir = None) -> None:
    """Print all API tokens: name, state, scopes."""
    with existing(data_dir) as database, database.read() as unit:
        for token in access.everything(unit):
            state = "revoked" if token.revoked_at else "in force"
            typer.echo(f"{token.name}\t{state}\t{' '.join(token.scopes)}")


@tokens.command("revoke")
def token_revoke(name: str, data_dir: DataDir = None) -> None:
    """Make an API token good for nothing, for ever."""
    with existing(data_dir) as database, database.write() as unit:
        ids = {token.name: token.id for token in access.everything(unit)}
        if name not in ids:
            raise NoSuchThing(f"no token is called {name}")
        access.revoke(unit, ids[name])
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
    one_of(role, ROLES, "--role")
    with opened(data_dir) as database, database.write() as unit:
        by = COMMAND_LINE
        person = people.add(unit, email, role, by=by, name=name, may_view=may_view)
        token = joining.invite(unit, person.id, by=by)
    typer.echo(link(settings_of.read(data_dir), token))


@users.command("link")
def user_link(
    email: Email,
    drop_second_factor: Annotated[
        bool, typer.Option("--drop-second-factor", help="For who lost app and recovery codes.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Print a one-time link to choose a new password by, alone on standard output."""
    with existing(data_dir) as database, database.write() as unit:
        person = people.find(unit, email)
        if person is None:
            raise NoSuchThing(f"nobody has the e-mail address {email}")
        if drop_second_factor:
            second_factor.drop(unit, person, COMMAND_LINE)
        token = joining.invite(unit, person.id, by=COMMAND_LINE)
    typer.echo(link(settings_of.read(data_dir), token))


def link(settings: Settings, token: str, port: int = 8000) -> str:
    """Return the address of a one-time link."""
    house = str(settings.public_url or f"http://127.0.0.1:{port}").rstrip("/")
    return f"{house}/join/{token}"


def first_link(database: Database, settings: Settings, port: int) -> str | None:
    """Return a one-time link for the first administrator; None when somebody works here."""
    with database.write() as unit:
        if not people.is_empty(unit):
            return None
        return link(settings, joining.invite(unit, None, by=COMMAND_LINE), port)
