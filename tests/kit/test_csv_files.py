"""A CSV is read record by record; what cannot be read is refused with the place to mend."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import cells, csv_files
from app.kit.cells import Dialect
from app.kit.errors import Refused
from tests.hostile_inputs import payloads


def records(text: str) -> list[tuple[int, list[str]]]:
    return list(csv_files.records(csv_files.lines(text), csv_files.delimiter_of(text)))


@pytest.mark.parametrize("beginning", ["", "sep=;\r\n", "sep=;\n", "\ufeffsep=;\r"])
def test_records_are_numbered_as_a_spreadsheet_shows_them(beginning: str) -> None:
    text = beginning + 'a;b\r\n"c\nd";\r\n\r\nsep=,;f'

    assert records(text) == [(1, ["a", "b"]), (2, ["c\nd", ""]), (3, []), (4, ["sep=,", "f"])]


@pytest.mark.parametrize(
    ("beginning", "delimiter"),
    [
        ("a,b", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("a", ","), ("", ","),
        ("sep=;", ";"), ("sep=\t\r\na,b,c", "\t"), ("\ufeffsep=;\na,b,c", ";"),
        ("sep=;a,b,c", ","),
    ],
)  # fmt: skip
def test_the_first_line_or_the_sign_that_stands_most_often_says_what_parts_the_cells(
    beginning: str, delimiter: str
) -> None:
    assert csv_files.delimiter_of(beginning) == delimiter


@given(
    st.lists(st.lists(st.text() | st.sampled_from(payloads("csv"))), min_size=1),
    st.sampled_from(csv_files.DELIMITERS),
)
def test_what_is_written_comes_back_as_it_was(rows: list[list[str]], delimiter: str) -> None:
    written = "".join(cells.line(row, Dialect(delimiter)) for row in rows)

    read = csv_files.records(csv_files.lines(f"sep={delimiter}\r\n{written}"), delimiter)

    assert [[cells.unguarded(one) for one in row] for _, row in read] == rows


@pytest.mark.parametrize(
    ("read", "code", "place"),
    [
        (lambda: csv_files.decoded(b"caf\xe9"), "not_utf8", "byte 4 "),
        (lambda: csv_files.decoded(b"a,b\0"), "not_utf8", "byte 4 "),
        (lambda: records('a\nb\n"c'), "broken_quotes", "after row 2 "),
        (lambda: records('sep=;\na\nb\n"c'), "broken_quotes", "after row 2 "),
        (lambda: records('"c'), "broken_quotes", "after row 0 "),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    read: Callable[[], object], code: str, place: str
) -> None:
    with pytest.raises(Refused) as refused:
        read()

    assert refused.value.code == code
    assert place in str(refused.value)
