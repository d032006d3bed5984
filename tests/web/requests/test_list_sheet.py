"""The list of requests taken away: what its reader's Excel reads, and nothing toxic in it."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.accounts import permissions
from app.accounts.vocabularies import Scope
from app.context import Context
from app.kit.languages import Language
from app.takedowns import list_columns
from app.web.requests import list_sheet
from tests.databases import Story
from tests.sample_record import populate
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
TOXIC = ("http", "C7aB2cD3", "fixture", "analyst", "Third picture")


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def visitor(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "manager")


def fetched(visitor: WebClient, form: str, language: str = "en") -> Any:
    visitor.client.headers["Accept-Language"] = language
    answer = visitor.client.get(f"/takedowns.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="requests.{form}"'
    return answer


def sheet_of(answer: Any) -> Worksheet:
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    return sheet


def rows_of(text: str, separator: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ("Reference", "Legal basis", "Hours to decision")),
        ("nl", ("Referentie", "Rechtsgrond", "Uren tot beslissing")),
        ("fr", ("Référence", "Base juridique", "Heures jusqu’à la décision")),
    ],
)
def test_headings_are_in_the_readers_language(
    visitor: WebClient, language: str, headings: tuple[str, ...]
) -> None:
    sheet = sheet_of(fetched(visitor, "xlsx", language))

    found = [str(one.value) for one in sheet[1]]
    assert set(headings) <= set(found)
    assert len(set(found)) == len(found)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions


@pytest.mark.parametrize("language", Language)
def test_workbook_and_csv_say_the_same(visitor: WebClient, language: str) -> None:
    separator, decimal = (",", ".") if language == "en" else (";", ",")
    names, *lines = rows_of(fetched(visitor, "csv", language).text, separator)
    _, *rows = sheet_of(fetched(visitor, "xlsx", language)).values

    assert len(rows) == len(lines) > 5
    for line, row in zip(lines, rows, strict=True):
        for name, told, value in zip(names, line, row, strict=True):
            if value is None:
                assert told == "", name
            elif isinstance(value, bool):
                assert told == str(value).lower(), name
            elif isinstance(value, datetime):
                assert name.endswith("_at")
                assert told == str(value) or language == "en"
            elif isinstance(value, int | float):
                assert float(told.replace(decimal, ".")) == value, name
            elif name in ("reference", "case_ref", "external_ref", "ticket_ids"):
                assert told.removeprefix("'") == value, name


def test_moments_and_hours_are_typed(visitor: WebClient) -> None:
    names, *_ = rows_of(fetched(visitor, "csv").text, ",")
    sheet = sheet_of(fetched(visitor, "xlsx"))

    for place, name in enumerate(names, start=1):
        kinds = {row[place - 1].data_type for row in sheet.iter_rows(min_row=2)}
        wanted = "d" if name.endswith("_at") else "n" if name.endswith("_hours") else None
        assert wanted is None or kinds <= {wanted, "n"}, name
    logged = {row[names.index("logged_at")].data_type for row in sheet.iter_rows(min_row=2)}
    assert logged == {"d"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nothing_toxic_is_in_it(visitor: WebClient, form: str) -> None:
    answer = fetched(visitor, form)
    text = answer.text if form == "csv" else str(list(sheet_of(answer).values))

    assert [one for one in TOXIC if one in text] == []


@pytest.mark.parametrize("may_read", [True, False])
def test_tickets_are_there_for_who_may_read_content(
    visitor: WebClient, monkeypatch: pytest.MonkeyPatch, may_read: bool
) -> None:
    if not may_read:
        held = permissions.RIGHTS["manager"] - {Scope.CONTENT_READ}
        monkeypatch.setitem(permissions.RIGHTS, "manager", held)  # type: ignore[arg-type]

    names, *lines = rows_of(fetched(visitor, "csv").text, ",")

    assert ("ticket_ids" in names) == may_read
    assert any("T-" in cell for line in lines for cell in line) == may_read


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"Instagram", "Withdrawn", "Refused", "Gone; Refused"}),
        ("nl", {"Instagram", "Ingetrokken", "Geweigerd", "Weg; Geweigerd"}),
        ("fr", {"Instagram", "Abandonnée", "Refusé", "Hors ligne; Refusé"}),
    ],
)
def test_a_workbook_says_in_words_what_a_csv_says_in_codes(
    visitor: WebClient, language: str, words: set[str]
) -> None:
    in_words = {
        str(value) for row in sheet_of(fetched(visitor, "xlsx", language)).values for value in row
    }
    separator = "," if language == "en" else ";"
    in_codes = {
        one for line in rows_of(fetched(visitor, "csv", language).text, separator) for one in line
    }

    assert words - in_words == set()
    assert {"instagram", "withdrawn", "refused", "gone refused"} - in_codes == set()


def test_the_columns_of_programs_come_first_as_they_are(visitor: WebClient) -> None:
    names, *_ = rows_of(fetched(visitor, "csv", "nl").text, ";")

    programs = list_columns.names(content=False)
    assert tuple(names[: len(programs)]) == programs
    assert names[len(programs) :] == ["item_grounds", "ticket_ids"]
    assert set(names) <= set(list_sheet.HEADINGS)


def test_what_a_search_found_is_handed_out_by_references(visitor: WebClient) -> None:
    names, *lines = rows_of(fetched(visitor, "csv").text, ",")
    chosen = [line[names.index("reference")] for line in lines[3:0:-1]]
    data = {"csrf": visitor.csrf, "reference": chosen, "form": "csv"}

    answer = visitor.client.post("/search/export", data=data)

    _, *found = rows_of(answer.text, ",")
    assert [line[names.index("reference")] for line in found] == chosen
    for references in ([], ["TD-234567", "https://www.instagram.com/p/C7aB2cD3eF1/"]):
        data = {"csrf": visitor.csrf, "reference": references}
        assert visitor.client.post("/search/export", data=data).status_code == 400
