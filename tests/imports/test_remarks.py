"""A remark of an import is one sentence in the record, and facts for whoever shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports import remarks
from app.imports.remarks import Remark
from app.imports.targets import KINDS, Kind

MOMENTS = [name for name, kind in KINDS.items() if kind is Kind.MOMENT]


@given(
    was_sent=st.booleans(),
    columns=st.lists(st.sampled_from(MOMENTS), unique=True),
    day_time=st.times().map(lambda at: at.isoformat("minutes")),
)
def test_what_is_written_is_read_back(was_sent: bool, columns: list[str], day_time: str) -> None:
    of_row = remarks.of_days(columns, day_time)
    text = remarks.written(was_sent=was_sent, of_row=of_row)

    expected = Remark(was_sent, tuple(columns), day_time if columns else "")
    assert remarks.read(text) == (expected if text else None)


@pytest.mark.parametrize("text", ["", " ", "Noon stands for it.", f"{remarks.NOTE} Noon.", "●●●●"])
def test_what_people_write_is_no_remark_of_ours(text: str) -> None:
    assert remarks.read(text) is None
