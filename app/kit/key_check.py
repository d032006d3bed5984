"""The key check value: the one row by which a database knows the secret key it was made with.

It is derived from the secret key and tells nothing of it (docs/formats.md). Whoever writes compares
it first, within the same transaction, so that nothing is ever written under another key.
"""

from sqlalchemy import Column, Connection, LargeBinary, Table, insert, inspect, text

from app.kit import migrate
from app.kit.database import Unit, metadata
from app.kit.errors import WrongKey
from app.kit.vault import Vault

key_check = Table("key_check", metadata, Column("value", LargeBinary, primary_key=True))
_VALUE = text("SELECT value FROM key_check")
_VALUE_AND_SCHEMA = text("SELECT value, (SELECT version_num FROM alembic_version) FROM key_check")


def kept(connection: Connection) -> bytes | None:
    """Return the value that is kept; None where there is none yet."""
    if not inspect(connection).has_table(key_check.name):
        return None
    return _read(connection)


def keep(unit: Unit) -> None:
    """Keep the value of this secret key, which the caller has proved, unless one is kept."""
    if _read(unit.connection) is None:
        unit.connection.execute(insert(key_check).values(value=unit.vault.key_check))


def refuse_other(connection: Connection, vault: Vault, schema: str | None) -> None:
    """Raise WrongKey or OtherSchema when the database is not what it is taken for."""
    value, found = connection.execute(_VALUE_AND_SCHEMA).one_or_none() or (None, None)
    if value is None or bytes(value) != vault.key_check:
        raise WrongKey("the database is of another secret key than the one this server has")
    migrate.refuse_other(found, schema)


def _read(connection: Connection) -> bytes | None:
    value = connection.scalar(_VALUE)
    return None if value is None else bytes(value)
