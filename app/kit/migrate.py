"""Bring a database to the newest schema, whole or not at all."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.kit.database import Database
from app.kit.settings import ROOT


def to_head(database: Database) -> None:
    """Run what is missing; does nothing on a database that is up to date."""
    with database.write() as unit:
        if not is_current(unit.connection):
            config = Config(ROOT / "alembic.ini")
            config.attributes["connection"] = unit.connection
            command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the schema this code was written for."""
    script = ScriptDirectory(str(ROOT / "migrations"))
    return MigrationContext.configure(connection).get_current_heads() == tuple(script.get_heads())
