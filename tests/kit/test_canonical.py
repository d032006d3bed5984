import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(VALUES)
def test_it_reads_back_as_the_same_value(value: object) -> None:
    assert json.loads(canonical.text(value)) == value


@given(st.dictionaries(st.text(), st.integers()))
def test_equal_values_have_equal_texts(value: dict[str, int]) -> None:
    assert canonical.text(dict(reversed(value.items()))) == canonical.text(value)


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": float("nan")}}])
def test_a_float_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical.text(value)
