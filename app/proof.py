"""The proof of the record: everything that is there is read, and is what was recorded.

It depends on nothing but the database and its key: no setting, no template, no clock.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Executable, func, inspect, literal_column, select

from app import opening
from app.accounts import audit
from app.accounts.models import audit as audit_log
from app.kit.database import Unit
from app.kit.database_faults import DAMAGED
from app.kit.errors import DatabaseFault
from app.kit.progress import Progress, silent
from app.notices import verification as notices
from app.notices.models import notices as notice_rows
from app.opening import KeyVerdict
from app.tables import metadata
from app.takedowns import chain_verification, verification
from app.takedowns.chain_verification import Anchor, Fault
from app.takedowns.models import events, items, takedowns
from app.transparency import verification as transparency


class Counts(NamedTuple):
    """How much there is to prove."""

    takedowns: int
    items: int
    events: int
    notices: int
    audit_entries: int


def counts(unit: Unit) -> Counts:
    """Count what the proof will read."""
    tables = (takedowns, items, events, notice_rows, audit_log)
    query = (select(func.count()).select_from(table) for table in tables)
    return Counts(*(unit.connection.scalar(one) or 0 for one in query))


def faults(unit: Unit, anchor: Anchor | None = None) -> Iterator[Fault]:
    """Name what is not as it was recorded; nothing when the record holds.

    Each part reads what the one before has proved, so the first that finds a fault ends it.
    """
    yield from _first_that_finds((structure_faults(unit), record_faults(unit, anchor)))


def structure_faults(unit: Unit, progress: Progress = silent) -> Iterator[Fault]:
    """Name what keeps the database from being read whole: damage, and tables that are missing."""
    if unit.connection.dialect.name == "sqlite":
        progress("pages of the database", 0, 0)
        lines = unit.connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
        if lines != ["ok"]:
            yield Fault("database", f"{DAMAGED}: {'; '.join(map(str, lines))}")
            return
    there = inspect(unit.connection).get_table_names()
    for number, name in enumerate(sorted(metadata.tables), start=1):
        progress("tables", number, len(metadata.tables))
        if name not in there:
            yield Fault(f"table {name}", "is missing; restore the newest backup")
            continue
        try:
            everything: Executable = select(literal_column("*")).select_from(metadata.tables[name])
            options = {"yield_per": 1000}
            with unit.connection.execute(everything, execution_options=options) as rows:
                for _ in rows:
                    pass
        except DatabaseFault:
            yield Fault(f"table {name}", DAMAGED)
            return
    if opening.verdict(unit) in (KeyVerdict.CHANGED, KeyVerdict.WRONG):
        yield Fault("key check value", "is not the one of this secret key, which the record proves")


def record_faults(
    unit: Unit,
    anchor: Anchor | None = None,
    audit_head: audit.Head | None = None,
    *,
    progress: Progress = silent,
    erased: Collection[str] = (),
) -> Iterator[Fault]:
    """Name what the record itself does not bear out, in a database whose structure holds.

    Nothing is said of the takedowns with the references `erased`, which nobody can open.
    """
    there = counts(unit)

    def told(what: str, total: int) -> Callable[[int], None]:
        return lambda done: progress(what, done, total)

    entries = audit.faults(unit, audit_head, told("audit entries", there.audit_entries))
    parts = (
        map(Fault._make, entries),
        chain_verification.faults(unit, anchor, told("events", there.events)),
        verification.cache_faults(unit, told("takedowns", there.takedowns)),
        notices.faults(unit, told("takedowns' notices", there.takedowns)),
        map(Fault._make, transparency.faults(unit)),
    )
    yield from _first_that_finds(parts, erased)


def _first_that_finds(
    parts: Iterable[Iterator[Fault]], erased: Collection[str] = ()
) -> Iterator[Fault]:
    for part in parts:
        found = [fault for fault in part if fault.subject.partition("/")[0] not in erased]
        yield from found
        if found:
            return
