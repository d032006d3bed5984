"""Tables of figures taken away: every column has a heading, and both forms say the same."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from app.accounts import audit
from app.accounts.audit import Wanted
from app.context import Context
from app.kit.languages import Language
from tests.databases import Story
from tests.sample_record import populate
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)

IN_WORDS = {"platform", "category", "stands", "complaint"}


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def visitor(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "manager")


def lines_of(answer: Any, separator: str) -> list[list[str]]:
    text = answer.text.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def read(told: str, value: object, decimal: str) -> object:
    """What a CSV's cell says, of the type that the workbook's has; 16 digits of a number."""
    if told == "":
        return None
    if isinstance(value, bool):
        return told == "true"
    if isinstance(value, int | float):
        return pytest.approx(float(told.replace(decimal, ".")), rel=1e-14)
    return told


def test_only_dutch_and_french_have_a_mark_and_decimal_commas(visitor: WebClient) -> None:
    found = {}
    for language in Language:
        visitor.client.headers["Accept-Language"] = language
        found[language] = visitor.client.get("/metrics.csv?table=numbers").text[:13]

    assert found == {
        "en": "figure,value\r", "nl": "\ufefffigure;value", "fr": "\ufefffigure;value"
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/metrics.xlsx", "/metrics.xlsx?table=people"])
def test_what_is_no_table_is_not_there(visitor: WebClient, path: str) -> None:
    assert visitor.client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("figure", "column"),
    [("gone", "gone_hours"), ("takedowns", "receipt_hours"), ("complaints", "complaint")],
)
@pytest.mark.parametrize("language", Language)
def test_the_rows_behind_a_number_are_as_many_as_it_counts(
    visitor: WebClient, language: str, figure: str, column: str
) -> None:
    visitor.client.headers["Accept-Language"] = language
    separator, decimal = (",", ".") if language == "en" else (";", ",")

    names, *lines = lines_of(visitor.client.get(f"/metrics/rows.csv?figure={figure}"), separator)
    workbook = visitor.client.get(f"/metrics/rows.xlsx?figure={figure}")

    [sheet] = load_workbook(io.BytesIO(workbook.content)).worksheets
    headings, *rows = sheet.values
    page = visitor.client.get(f"/metrics/rows?figure={figure}").text
    assert page.count("<tr data-row>") == len(lines) == len(rows)
    assert column in names
    assert len(headings) == len(names)
    for line, row in zip(lines, rows, strict=True):
        for name, told, value in zip(names, line, row, strict=True):
            if isinstance(value, datetime):
                assert name == "submitted_at"
            elif name in IN_WORDS:
                assert (value is None) == (told == ""), name
            else:
                assert read(told, value, decimal) == value, name


def test_rows_taken_away_stand_in_the_audit_log(visitor: WebClient, parts: Context) -> None:
    assert visitor.client.get("/metrics/rows.xlsx?figure=gone").status_code == 200
    assert visitor.client.get("/metrics/rows.xlsx?figure=people").status_code == 404

    with parts.database.read() as unit:
        [last] = audit.page(unit, Wanted(action="exported"), before=None, limit=5)
    assert last.detail == {"what": "figure rows", "figure": "gone"}
