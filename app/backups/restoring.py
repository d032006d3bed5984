"""Restore a backup into an empty database, whole or not at all."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, func, inspect, select

from app.backups import rows, sealed_file
from app.backups.making import CONTENT, KEYS, KEYS_FILE, Head, head_of
from app.backups.rows import Batch
from app.kit import migrate
from app.kit.database import Database, Unit
from app.kit.errors import TrackerError
from app.kit.idempotency import answers
from app.kit.vault import Vault
from app.takedowns.models import data_keys, lookups, takedowns


class CannotRestore(TrackerError):
    """The backup, its data keys and the place it is to go to do not fit together."""


class Restored(NamedTuple):
    """From when it is, how many takedowns came back, and how many of them nobody can open."""

    made_at: str
    takedowns: int
    erased: int


def prove(path: Path, vault: Vault) -> None:
    """Read a backup and its data keys to their ends; raises NotReadable or CannotRestore."""
    keys_path = path.with_name(KEYS_FILE)
    if not keys_path.exists():
        raise CannotRestore(f"{keys_path}: is missing; without the data keys nothing opens")
    content, keys = _proved(path, vault, CONTENT), _proved(keys_path, vault, KEYS)
    if max(content.schema, keys.schema) > migrate.newest():
        raise CannotRestore(f"{path}: was made by a newer version; install that one first")
    if keys.number < content.number:
        raise CannotRestore(f"{keys_path}: is older than the backup; take the newest there is")


def prove_empty(database: Database) -> None:
    """Raise CannotRestore when there is any table: a restored record is mixed with nothing."""
    with database.read() as unit:
        if inspect(unit.connection).get_table_names():
            raise CannotRestore("the database is not empty; restore into a new one")


def restore(database: Database, path: Path) -> Restored:
    """Fill an empty database from files that are proved, and bring it to the newest schema."""
    with database.write() as unit:
        content = sealed_file.read(path, unit.vault, CONTENT)
        head = head_of(next(content))
        migrate.to(unit.connection, head.schema)
        rows.fill(unit.connection, rows.batches(content))
        migrate.to(unit.connection, "head")
        keys = sealed_file.read(path.with_name(KEYS_FILE), unit.vault, KEYS)
        rows.fill(unit.connection, _known(unit, rows.batches(islice(keys, 1, None))))
        erased = _erase_again(unit)
        count = unit.connection.scalar(select(func.count()).select_from(takedowns))
    return Restored(head.made_at, count or 0, erased)


def _proved(path: Path, vault: Vault, kind: str) -> Head:
    lines = sealed_file.read(path, vault, kind)
    head = head_of(next(lines))
    for _ in lines:
        pass
    return head


def _known(unit: Unit, batches: Iterable[Batch]) -> Iterator[Batch]:
    """Leave out the keys of takedowns that are newer than the backup."""
    for table, keys in batches:
        ids = select(takedowns.c.id).where(takedowns.c.id.in_(key["takedown_id"] for key in keys))
        there = set(unit.connection.scalars(ids))
        found = [key for key in keys if key["takedown_id"] in there]
        if found:
            yield Batch(table, found)


def _erase_again(unit: Unit) -> int:
    """Take from takedowns without a data key what else erasing takes; returns how many they are."""
    keyless = select(takedowns.c.id).where(takedowns.c.id.not_in(select(data_keys.c.takedown_id)))
    erased = set(unit.connection.scalars(keyless))
    if not erased:
        return 0
    unit.connection.execute(delete(lookups).where(lookups.c.takedown_id.in_(keyless)))
    remembered = select(answers.c.token_id, answers.c.key, answers.c.takedown_ids)
    for token_id, key, ids in unit.connection.execute(remembered).all():
        if not erased.isdisjoint(map(int, ids.split())):
            this = (answers.c.token_id == token_id, answers.c.key == key)
            unit.connection.execute(delete(answers).where(*this))
    return len(erased)
