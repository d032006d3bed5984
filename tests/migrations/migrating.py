"""Databases brought to another schema, and back."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.kit import migrate
from app.kit.database import Database
from app.kit.progress import silent
from app.kit.settings import ROOT
from app.takedowns import cache_rewriting


def to_head(database: Database) -> None:
    """Bring a database to the newest schema."""
    with database.write() as unit:
        migrate.to_head(unit.connection)
    cache_rewriting.run(database, silent)


def back_to(database: Database, schema: str) -> None:
    """Take a database back to an earlier schema."""
    with database.write() as unit:
        back(unit.connection, schema)


def back(connection: Connection, schema: str) -> None:
    """Take back what is later than a schema, within the transaction that is open."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    command.downgrade(config, schema)
