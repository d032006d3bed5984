"""A spreadsheet's file: every usual form of CSV is read, a broken one refused before any row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports import reading
from app.imports.reading import Row
from app.kit.errors import Refused

KNOWN = ("case_ref", "explanation", "url")


def written(folder: Path, content: bytes) -> Path:
    path = folder / "cases.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("story", "content"),
    [
        ("commas", b"case_ref,explanation\nC-1,one\nC-2,two\n"),
        ("semicolons", b"case_ref;explanation\nC-1;one\nC-2;two\n"),
        ("tabs", b"case_ref\texplanation\nC-1\tone\nC-2\ttwo\n"),
        ("separator told", b"sep=;\r\ncase_ref;explanation\r\nC-1;one\r\nC-2;two\r\n"),
        ("byte order mark", b"\xef\xbb\xbfcase_ref,explanation\r\nC-1,one\r\nC-2,two"),
        ("old line ends", b"case_ref,explanation\rC-1,one\rC-2,two\r"),
        ("quotes everywhere", b'"case_ref","explanation"\n"C-1","one"\n"C-2","two"\n'),
        ("loose spelling", b" Case_Ref ,EXPLANATION\n C-1 ,one\nC-2, two\n"),
        ("nameless columns at the end", b"case_ref,explanation,,\nC-1,one,,\nC-2,two,,\n"),
    ],
)
def test_every_usual_form_of_csv_is_read(tmp_path: Path, story: str, content: bytes) -> None:
    sheet = reading.sheet(written(tmp_path, content), KNOWN)

    assert (sheet.columns, sheet.rows) == (("case_ref", "explanation"), 2)
    assert list(reading.rows(sheet)) == [
        Row(2, {"case_ref": "C-1", "explanation": "one"}),
        Row(3, {"case_ref": "C-2", "explanation": "two"}),
    ]


def test_quoted_cells_keep_separators_quotes_and_lines_and_empty_rows_are_counted_not_read(
    tmp_path: Path,
) -> None:
    content = b'case_ref;explanation\n\n;\nC-1;"one; ""two""\nthree"\n'

    sheet = reading.sheet(written(tmp_path, content), KNOWN)

    assert list(reading.rows(sheet)) == [
        Row(4, {"case_ref": "C-1", "explanation": 'one; "two"\nthree'})
    ]


@pytest.mark.parametrize(
    ("story", "content", "code"),
    [
        ("nothing", b"", "unknown_column"),
        ("no header", b"C-1,https://x.com/a/status/1\n", "unknown_column"),
        ("a misspelt column", b"case_ref,explanashun\nC-1,one\n", "unknown_column"),
        ("a column without a name in between", b"case_ref,,url\nC-1,,u\n", "unknown_column"),
        ("a column twice", b"url,url\na,b\n", "column_twice"),
        ("a spreadsheet program's own format", b"PK\x03\x04\xff\xfe\n", "not_utf8"),
        ("another character set far below", b"url\n" + b"a\n" * 9999 + b"\xe9\n", "not_utf8"),
        ("quotes that never close", b'url\n"a\nb\n', "broken_quotes"),
        ("text after a quote", b'url\n"a"b\n', "broken_quotes"),
        ("a cell without end", b'url\n"' + b"a\n" * 99_999 + b'"\n', "broken_quotes"),
        ("a line without end", b"url\n" + b"a" * 300_000 + b"\n", "long_line"),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end_is_refused(
    tmp_path: Path, story: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        reading.sheet(written(tmp_path, content), KNOWN)

    assert refused.value.code == code
    assert "C-1" not in refused.value.detail


@pytest.mark.parametrize(
    ("story", "row", "codes"),
    [
        ("a cell too few", b"C-1,one", ["cell_count"]),
        ("a cell too many", b"C-1,one,u,more", ["cell_count"]),
        ("an empty cell too many", b"C-1,one,u,,", []),
        ("a NUL", b"C-1,o\0ne,u", ["nul"]),
    ],
)
def test_a_broken_row_names_its_fault(
    tmp_path: Path, story: str, row: bytes, codes: list[str]
) -> None:
    sheet = reading.sheet(written(tmp_path, b"case_ref,explanation,url\n" + row + b"\n"), KNOWN)

    assert [[fault.code for fault in found.faults] for found in reading.rows(sheet)] == [codes]


@given(st.binary() | st.text(alphabet='",;\n\r a\0é').map(str.encode))
def test_whatever_a_file_holds_is_read_to_its_end_or_refused_before_its_first_row(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"case_ref,explanation,url\n" + content)

    try:
        sheet = reading.sheet(path, KNOWN)
    except Refused:
        return
    assert len(list(reading.rows(sheet))) == sheet.rows
