"""Rows as lines of JSON, some to a line, the same from SQLite and from PostgreSQL."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Executable, MetaData, Table, func, insert, select, text

from app.kit.progress import Progress, silent

SOME = 100
_SEQUENCE = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")


class Batch(NamedTuple):
    """Some rows of a table."""

    table: str
    rows: Sequence[Mapping[str, object]]


def tables(connection: Connection) -> list[Table]:
    """Return the tables that are there, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return found.sorted_tables


def lines(connection: Connection, table: Table) -> Iterator[str]:
    """Write a table down, some rows at a time; of whole files one."""
    some = 1 if "content" in table.columns else SOME
    query = select(table).order_by(*table.primary_key.columns)
    return of_query(connection, table.name, query, some=some)


def of_query(
    connection: Connection, name: str, query: Executable, *, some: int = SOME
) -> Iterator[str]:
    """Write the rows of a query down as those of a table."""
    result = connection.execute(query, execution_options={"yield_per": some})
    columns = list(result.keys())
    for rows in result.partitions():
        told = {"table": name, "columns": columns, "rows": [list(row) for row in rows]}
        yield json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_plain)


def batches(written: Iterable[str]) -> Iterator[Batch]:
    """Read what was written down."""
    for line in written:
        told = json.loads(line, object_hook=_spelled)
        rows = [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]
        yield Batch(told["table"], rows)


def fill(connection: Connection, written: Iterable[Batch], progress: Progress = silent) -> None:
    """Put rows into the empty tables of their schema."""
    found, done = {table.name: table for table in tables(connection)}, 0
    for batch in written:
        connection.execute(insert(found[batch.table]), list(batch.rows))
        done += len(batch.rows)
        progress("rows put back", done, 0)
    if connection.dialect.name == "postgresql":
        for table in found.values():
            if "id" in table.columns:
                last = connection.scalar(select(func.max(table.c.id)))
                connection.execute(_SEQUENCE, {"table": table.name, "last": last})


def _plain(value: bytes) -> Mapping[str, str]:
    return {"base64": base64.b64encode(value).decode("ascii")}


def _spelled(told: dict[str, object]) -> object:
    match told:
        case {"base64": str(spelled)}:
            return base64.b64decode(spelled)
    return told
