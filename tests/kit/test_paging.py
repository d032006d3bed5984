import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import paging
from app.kit.errors import Refused
from app.kit.paging import Place

NUMBERS = st.integers(min_value=0, max_value=2**60)


@given(st.builds(Place, NUMBERS, st.none() | NUMBERS))
def test_a_cursor_names_its_place(last: Place) -> None:
    assert paging.place(paging.cursor(last)) == last


def test_a_cursor_belongs_to_its_list() -> None:
    with pytest.raises(Refused):
        paging.place(paging.cursor(Place(1), b"one list."), b"another..")


@pytest.mark.parametrize(
    "text", ["", "x", "YzE6", "YzI6MQ", "é", "AAAA===", paging.cursor(Place(-1))]
)
def test_a_cursor_we_did_not_hand_out_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        paging.place(text)
