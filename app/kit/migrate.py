"""Bring a database to the newest schema, whole or not at all.

Alembic is loaded only when there is something to do: it would make every start slower.
"""

from sqlalchemy import Connection, inspect, text

from app.kit.database import Database
from app.kit.settings import ROOT

FOLDER = ROOT / "migrations" / "versions"
_REVISION = text("SELECT version_num FROM alembic_version")


def to_head(database: Database) -> None:
    """Run what is missing; does nothing on a database that is up to date."""
    with database.write() as unit:
        if not is_current(unit.connection):
            from alembic import command
            from alembic.config import Config

            config = Config(ROOT / "alembic.ini")
            config.attributes["connection"] = unit.connection
            command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the schema this code was written for."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return bool(connection.scalar(_REVISION) == newest())


def newest() -> str:
    """Return the number of the last migration: its file is named by it."""
    return max(path.name for path in FOLDER.glob("[0-9]*_*.py")).partition("_")[0]
