"""The database and its secret key, opened together: neither is used with another's.

A key is made only where the database has no tables. Where it has, the key must be the one its check
value was kept with; a database of an earlier version has none yet, so there its newest event, audit
entry and data key must prove the key before the value is kept (docs/formats.md).
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import NullPool

from app.accounts import audit
from app.accounts.models import audit as audit_log
from app.kit import database_faults, key_check, migrate, private
from app.kit import settings as settings_of
from app.kit.clock import Clock, system_clock
from app.kit.database import CONNECT_SECONDS, Database, Unit
from app.kit.errors import Misconfigured, WrongKey
from app.kit.progress import Progress, silent
from app.kit.settings import PREFIX, SECRET_FILE, Settings
from app.kit.vault import SECRET_BYTES, Vault
from app.takedowns import cache_rewriting, chain_verification, sealing
from app.takedowns.models import data_keys, events

# PostgreSQL tells of a read-only database only to those who write.
_WRITES_NOTHING = text("UPDATE key_check SET value = value WHERE 1 = 0")


class KeyVerdict(StrEnum):
    """Whether a secret key and a database belong together."""

    RIGHT = "right"
    PROVED = "proved by the record, not yet kept"
    CHANGED = "right, but what should prove it was changed"
    WRONG = "of another database"


def made_ready(
    settings: Settings, clock: Clock = system_clock, progress: Progress = silent
) -> Database:
    """Open a database and bring it to the newest schema; makes it and its key where there is none.

    Raises Misconfigured, DatabaseFault or WrongKey, before anything is made or written.
    """
    there = tables(settings)
    key = _key_of(settings, there)
    private.make(settings)
    if key is None:
        settings_of.keep_secret(settings, secrets.token_bytes(SECRET_BYTES))
        key = settings_of.kept_secret(settings)
    assert key is not None  # noqa: S101 - it was kept just now
    database = Database(settings.database_address, Vault(key), clock)
    try:
        with database.write() as unit:
            _prove_key(unit, settings)
            _refuse_newer(unit.connection, settings)
            migrate.to_head(unit.connection)
            key_check.keep(unit)
            unit.connection.execute(_WRITES_NOTHING)
        cache_rewriting.run(database, progress)
    except BaseException:
        database.close()
        raise
    private.close(settings)
    database.guard = partial(key_check.refuse_other, schema=migrate.newest())
    return database


@contextmanager
def existing(settings: Settings, *, at_any_schema: bool = False) -> Iterator[Database]:
    """Open a database that is there; makes no folder, key or table.

    Raises Misconfigured, DatabaseFault or WrongKey. A check value that was changed is for `verify`
    to name.
    """
    there = tables(settings)
    if not there:
        raise Misconfigured(
            f"{place(settings)}: there is no database with a record; look at --data-dir"
        )
    key = _key_of(settings, there)
    assert key is not None  # noqa: S101 - refused where tables have lost it
    database = Database(settings.database_address, Vault(key), system_clock)
    try:
        with database.read() as unit:
            if verdict(unit) is KeyVerdict.WRONG:
                raise WrongKey(_other_key(settings))
            _refuse_newer(unit.connection, settings)
            if not at_any_schema and not migrate.is_current(unit.connection):
                mend = "back it up, then run takedown migrate"
                raise Misconfigured(f"{place(settings)}: is of an earlier version; {mend}")
            schema = migrate.schema_of(unit.connection)
        database.guard = partial(key_check.refuse_other, schema=schema)
        yield database
    finally:
        database.close()


def verdict(unit: Unit) -> KeyVerdict:
    """Judge whether the secret key is the one the database was made with; writes nothing."""
    kept = key_check.kept(unit.connection)
    if kept == unit.vault.key_check:
        return KeyVerdict.RIGHT
    proofs = _proofs(unit)
    if kept is None and all(proofs):
        return KeyVerdict.PROVED
    return KeyVerdict.CHANGED if any(proofs) else KeyVerdict.WRONG


def tables(settings: Settings) -> frozenset[str]:
    """Return the names of the tables that are there; none where there is no database."""
    url = make_url(settings.database_address)
    address = settings.database_address
    options: dict[str, object] = {"connect_timeout": CONNECT_SECONDS}
    if url.drivername == "sqlite":
        if not url.database or not Path(url.database).exists():
            return frozenset()
        address = f"sqlite:///file:{quote(url.database)}?mode=rw&uri=true"
        options = {}
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True, connect_args=options)
    event.listen(engine, "handle_error", database_faults.translating(place(settings)))
    with engine.connect() as connection:
        return frozenset(inspect(connection).get_table_names())


def place(settings: Settings) -> str:
    """Name the database as a person may read it."""
    return database_faults.place(settings.database_address)


def _key_of(settings: Settings, there: Collection[str]) -> bytes | None:
    """Return the secret key that is set or kept; None where there is nothing yet to open with it.

    Raises Misconfigured when the tables are not ours, or their key is lost.
    """
    if there and "alembic_version" not in there:
        raise Misconfigured(
            f"{place(settings)}: holds tables of something else; name a database of its own"
        )
    key = settings_of.kept_secret(settings)
    if there and key is None:
        raise Misconfigured(
            f"{settings.data_dir / SECRET_FILE}: is missing, and {place(settings)} opens with no "
            f"other key; put it back from its copy, or set {PREFIX}SECRET_KEY"
        )
    return key


def _prove_key(unit: Unit, settings: Settings) -> None:
    """Raise WrongKey unless the database has no tables yet, or is of this secret key."""
    if migrate.schema_of(unit.connection) is None:
        return
    match verdict(unit):
        case KeyVerdict.WRONG:
            raise WrongKey(_other_key(settings))
        case KeyVerdict.CHANGED:
            raise WrongKey(
                f"{place(settings)}: what should prove the secret key was changed; "
                "run takedown verify"
            )


def _proofs(unit: Unit) -> list[bool]:
    """Whether each of the newest event, audit entry and data key that exist proves the key."""
    there = inspect(unit.connection)
    found = [
        proves(unit)
        for table, proves in (
            (events, chain_verification.is_newest_bound),
            (audit_log, audit.is_newest_bound),
            (data_keys, sealing.is_newest_wrapped),
        )
        if there.has_table(table.name)
    ]
    return [proof for proof in found if proof is not None]


def _refuse_newer(connection: Connection, settings: Settings) -> None:
    schema = migrate.schema_of(connection)
    if schema is not None and schema > migrate.newest():
        raise Misconfigured(
            f"{place(settings)}: was made by a newer version (schema {schema}); "
            "install that one, or restore a backup made before it"
        )


def _other_key(settings: Settings) -> str:
    where = (
        f"{PREFIX}SECRET_KEY"
        if settings.secret_key is not None
        else str(settings.data_dir / SECRET_FILE)
    )
    return (
        f"{where}: is not the secret key that {place(settings)} was made with; "
        "put that one back, or name the right folder and database"
    )
