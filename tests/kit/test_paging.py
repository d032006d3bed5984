import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import paging
from app.kit.errors import Refused


@given(st.integers(min_value=0, max_value=2**60))
def test_a_cursor_names_its_place(last: int) -> None:
    assert paging.place(paging.cursor(last)) == last


@pytest.mark.parametrize("text", ["", "x", "YzE6", "YzE6LTE", "YzI6MQ", "é", "YzE6MQ==="])
def test_a_cursor_we_did_not_hand_out_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        paging.place(text)
