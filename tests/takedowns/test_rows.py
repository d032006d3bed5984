"""What is read of a row is what its table keeps: every column, of the type it has there."""

from dataclasses import fields
from typing import get_args, get_type_hints

import pytest
from sqlalchemy import Table

from app.notices.frozen import NoticeRow
from app.notices.models import notices
from app.takedowns.models import items, takedowns
from app.takedowns.rows import ItemRow, TakedownRow

ROWS = [(TakedownRow, takedowns), (ItemRow, items), (NoticeRow, notices)]


@pytest.mark.parametrize(("kind", "table"), ROWS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_row_is_typed_as_its_columns_are(kind: type, table: Table) -> None:
    hints = get_type_hints(kind)

    assert {field.name for field in fields(kind)} == set(table.c.keys())
    assert {name: type(None) in get_args(hint) for name, hint in hints.items()} == {
        column.name: column.nullable for column in table.c
    }
