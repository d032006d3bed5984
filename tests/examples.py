"""Which examples of a promise `./run test` tries; `./run check` tries them all."""

from collections.abc import Iterable
from typing import Any

import pytest

from app.kit.languages import SOURCE, Language

# What is not translated shows in any but the language of the source.
TRANSLATED_FIRST = sorted(Language, key=lambda one: one == SOURCE)


def first_quickly(values: Iterable[Any], quickly: int = 1) -> list[Any]:
    """Return values for a test; those after the first ones are tried in the check only."""
    found = list(values)
    return [*found[:quickly], *(later(value) for value in found[quickly:])]


def later(*values: Any) -> Any:
    """Return an example that is tried in the check only."""
    return pytest.param(*values, marks=pytest.mark.slow)
