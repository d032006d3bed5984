"""Cells of a spreadsheet: whatever a cell holds, no program runs it and no row breaks."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.cells import cell, unguarded
from tests.hostile_inputs import payloads


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+32 2", "'+32 2"),
        ("-", "'-"),
        ("@name", "'@name"),
        ("＝1", "'＝1"),
        ("\ufeff \t\r\n\0=1", "'\ufeff \t\r\n\0=1"),
        ("'=1", "''=1"),
        ("'", "'"),
        ("'tis", "'tis"),
        ("a;=1+1;b", "a;=1+1;b"),
        ("", ""),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (-1.5, "-1.5"),
        (0, "0"),
    ],
)
def test_a_cell_is_written_so_that_it_stays_what_it_is(
    value: str | float | bool | None, written: str
) -> None:
    assert cell(value) == written
    assert not isinstance(value, str) or unguarded(written) == value


@pytest.mark.parametrize("written", ["", "'", "'tis", "''", "'1", "=1", "''tis"])
def test_what_no_guard_stands_before_is_left_as_it_is(written: str) -> None:
    assert unguarded(written) == written


@given(st.lists(st.text() | st.sampled_from(payloads("csv")), min_size=1, max_size=6))
def test_a_row_comes_back_cell_by_cell_and_nothing_in_it_starts_a_formula(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cell(text) for text in texts])

    [read] = csv.reader(io.StringIO(file.getvalue(), newline=""))

    assert [back in (text, f"'{text}") for back, text in zip(read, texts, strict=True)] == [
        True
    ] * len(texts)
    assert [back.lstrip(" \t\r\n\0\ufeff")[:1] in tuple("=+-@＝＋－＠") for back in read] == [
        False
    ] * len(texts)
