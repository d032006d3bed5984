"""Rows as they lie in the database: whatever somebody may have put there, compared as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Integer, Table, Text, select, type_coerce

from app.kit.database import Codes, Moment, Unit, Word

# Anything may lie in a column, whatever its type.
RawRow = Mapping[str, Any]


def rows_of(unit: Unit, table: Table, condition: ColumnElement[bool]) -> list[RawRow]:
    """Return rows as they lie in the database."""
    query = select(*columns(table)).where(condition).order_by(*table.primary_key.columns)
    return [row._asdict() for row in unit.connection.execute(query)]


def grouped(rows: Sequence[RawRow]) -> dict[int, list[RawRow]]:
    """Return rows by the takedown they belong to."""
    groups: dict[int, list[RawRow]] = {}
    for row in rows:
        groups.setdefault(row["takedown_id"], []).append(row)
    return groups


def columns(table: Table) -> list[ColumnElement[object]]:
    """Columns as they are stored: moments and truth values as numbers, codes as one text.

    Their types are left open, for anything may lie there.
    """
    stored = {Moment: BigInteger, Boolean: Integer, Codes: Text, Word: Text}
    return [
        type_coerce(column, stored.get(type(column.type), column.type)).label(column.name)
        for column in table.columns
    ]
