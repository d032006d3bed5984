"""Bring a database to the newest schema, whole or not at all.

Alembic is loaded only when there is something to do: it would make every start slower.
"""

from sqlalchemy import Connection, inspect, text

from app.kit.errors import OtherSchema
from app.kit.settings import ROOT

FOLDER = ROOT / "migrations" / "versions"
_REVISION = text("SELECT version_num FROM alembic_version")


def to_head(connection: Connection) -> None:
    """Run what is missing; does nothing on a database that is up to date."""
    if not is_current(connection):
        to(connection, "head")


def to(connection: Connection, schema: str) -> None:
    """Run what is missing up to a schema, within the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    command.upgrade(config, schema)


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the schema this code was written for."""
    return schema_of(connection) == newest()


def schema_of(connection: Connection) -> str | None:
    """Return the number of the last migration that was run; None when there was none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    schema: str | None = connection.scalar(_REVISION)
    return schema


def refuse_other(found: str | None, own: str | None) -> None:
    """Raise OtherSchema unless the schema of a database is this version's own."""
    if found == own:
        return
    if found is not None and own is not None and found > own:
        raise OtherSchema("the database was migrated by a newer version; start that one here")
    raise OtherSchema("the database needs takedown migrate")


def newest() -> str:
    """Return the number of the last migration: its file is named by it."""
    return max(path.name for path in FOLDER.glob("[0-9]*_*.py")).partition("_")[0]
