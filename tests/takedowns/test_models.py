"""What is read of a row is what its table keeps."""

from typing import get_args, get_type_hints

from app.takedowns.models import TakedownRow, takedowns


def test_a_takedowns_row_is_typed_as_its_columns_are() -> None:
    hints = get_type_hints(TakedownRow)

    assert {name: type(None) in get_args(hint) for name, hint in hints.items()} == {
        name: takedowns.c[name].nullable for name in hints
    }
