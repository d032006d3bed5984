"""Restore a backup into an empty database, whole or not at all."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, func, select

from app import proof
from app.backups import rows, sealed_file
from app.backups.making import CONTENT, KEYS, KEYS_FILE, LOGGED, Head, head_of
from app.backups.rows import Batch
from app.kit import key_check, migrate
from app.kit.database import Database, Unit
from app.kit.errors import TrackerError
from app.kit.idempotency import answers
from app.kit.progress import Progress, silent
from app.kit.vault import Vault
from app.schemas.vocabularies import EventKind
from app.takedowns import cache_rewriting
from app.takedowns.chain_verification import Anchor
from app.takedowns.models import data_keys, events, lookups, takedowns

OTHER_RECORD = "takedown.keys is of another record, or of one that went another way"


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


def restore(database: Database, path: Path, progress: Progress = silent) -> Restored:
    """Fill an empty database, bring it to the newest schema, and keep it once the record is proved.

    Raises CannotRestore when it is not; then nothing is kept.
    """
    with database.write() as unit:
        content = sealed_file.read(path, unit.vault, CONTENT)
        head = head_of(next(content))
        migrate.to(unit.connection, head.schema)
        rows.fill(unit.connection, rows.batches(content), progress)
        migrate.to_head(unit.connection)
        keys = sealed_file.read(path.with_name(KEYS_FILE), unit.vault, KEYS)
        rows.fill(unit.connection, _known(unit, rows.batches(islice(keys, 1, None))))
        cache_rewriting.rewrite(unit)
        erased = _erase_again(unit)
        _prove(unit, head, erased, progress=progress)
        key_check.keep(unit)
        count = unit.connection.scalar(select(func.count()).select_from(takedowns))
    return Restored(head.made_at, count or 0, len(erased))


def _proved(path: Path, vault: Vault, kind: str) -> Head:
    lines = sealed_file.read(path, vault, kind)
    head = head_of(next(lines))
    for _ in lines:
        pass
    return head


def _known(unit: Unit, batches: Iterable[Batch]) -> Iterator[Batch]:
    """Leave out the keys of takedowns that are newer than the backup.

    Raises CannotRestore when a takedown of the backup is not one of the keys' record: then the two
    have gone apart, and a key that is missing was not destroyed.
    """
    logged: dict[object, object] | None = None
    for table, keys in batches:
        if table == LOGGED:
            logged = (logged or {}) | {key["takedown_id"]: key["mac"] for key in keys}
            continue
        ids = select(takedowns.c.id).where(takedowns.c.id.in_(key["takedown_id"] for key in keys))
        there = set(unit.connection.scalars(ids))
        found = [key for key in keys if key["takedown_id"] in there]
        if found:
            yield Batch(table, found)
    if logged is not None:
        query = select(events.c.takedown_id, events.c.mac).where(events.c.kind == EventKind.LOGGED)
        if any(logged.get(id_) != mac for id_, mac in unit.connection.execute(query)):
            raise CannotRestore(OTHER_RECORD)


def _prove(unit: Unit, head: Head, erased: Collection[str], *, progress: Progress) -> None:
    """Raise CannotRestore unless what was restored is the record, up to the backup's head."""
    anchor = Anchor(head.number, bytes.fromhex(head.mac))
    for fault in proof.record_faults(unit, anchor, progress=progress, erased=erased):
        raise CannotRestore(
            f"what was restored is not what was recorded ({fault.subject}: {fault.detail}); "
            f"{OTHER_RECORD}, or an old takedown.keys"
        )


def _erase_again(unit: Unit) -> Collection[str]:
    """Take from takedowns without a data key what else erasing takes; returns their references."""
    keyless = select(takedowns.c.id).where(takedowns.c.id.not_in(select(data_keys.c.takedown_id)))
    erased = set(unit.connection.scalars(keyless))
    unit.connection.execute(delete(lookups).where(lookups.c.takedown_id.in_(keyless)))
    remembered = select(answers.c.token_id, answers.c.key, answers.c.takedown_ids)
    for token_id, key, ids in unit.connection.execute(remembered).all():
        if not erased.isdisjoint(map(int, ids.split())):
            this = (answers.c.token_id == token_id, answers.c.key == key)
            unit.connection.execute(delete(answers).where(*this))
    references = select(takedowns.c.reference).where(takedowns.c.id.in_(keyless))
    return frozenset(unit.connection.scalars(references))
