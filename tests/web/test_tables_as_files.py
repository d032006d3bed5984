"""Every table that a person reads can be taken away, or it is written here why not."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.context import Context
from app.web.shell.downloads import SheetForm
from tests.databases import Story
from tests.sample_record import populate
from tests.web.conftest import Site
from tests.web.tables import Tables
from tests.web.test_every_page import addresses
from tests.web.web_client import WebClient

WEB = Path(__file__).parents[2] / "app" / "web"
A_FORM = "a form to fill in: each line has its fields"
OF_A_DRAFT = "a draft: its numbers are handed out once they are frozen"
# Pages of which one file, at their head or foot, holds all tables.
IN_ONE_FILE = {
    "/cases/C-1",
    "/metrics",
    "/metrics/published",
    "/metrics/quality",
    "/reports/1/versions/1/tables",
}
# Pages whose tables are in no file, and why.
IN_NONE: Mapping[str, str] = {
    "/inbox/chase/instagram": A_FORM,
    "/platforms/instagram/sheet": "a page to print, of what its platform's page hands out",
    "/reports/1": "what is written in which language: steps to do",
    "/reports/1/preview": OF_A_DRAFT,
    "/reports/1/preview/nl": OF_A_DRAFT,
}
HANDED_OUT = r"\{\{-? *sheets\(|<a [^>]*\bdownload\b"
IN_ITS_PAGE = "a part: what shows it hands it out"
# Templates with a table and without the buttons, and why.
WITHOUT: Mapping[str, str] = {
    "administration/templates/audit.html": "its buttons are a form",
    "demo/templates/style.html": "the style guide",
    "imports/templates/columns.html": A_FORM,
    "imports/templates/overview.html": "one's own last files, whose names are sealed",
    "imports/templates/sheet.html": "the first lines of the file that was just sent",
    "imports/templates/words.html": A_FORM,
    "inbox/templates/cells.html": "what becomes of the rows that were chosen: to be confirmed",
    "inbox/templates/chase.html": A_FORM,
    "metrics/templates/published.html": IN_ITS_PAGE,
    "metrics/templates/report_reading.html": "a reading of a file, which is kept as it was sent",
    "metrics/templates/standings.html": IN_ITS_PAGE,
    "platforms/templates/sheet.html": "a page to print",
    "reports/templates/difference.html": "between two versions, each of which is a file",
    "reports/templates/step_texts.html": "steps to do",
    "reports/templates/table.html": IN_ITS_PAGE,
    "reports/templates/times.html": IN_ITS_PAGE,
    "requests/templates/cells.html": IN_ITS_PAGE,
    "shell/templates/parts/figures.html": IN_ITS_PAGE,
}


@pytest.fixture
def past() -> Story:
    return populate


def is_whole(files: frozenset[str]) -> bool:
    """Tell whether a table is handed out in each form; a report's file is named by its form."""
    return {str(form) for form in SheetForm} <= {re.split("[./]", one)[-1] for one in files}


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_on_every_page_each_table_has_its_two_files_beside_it(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    pages = {path: visitor.get(path) for path in addresses(Site("", parts))}
    lacking = set()

    for path, answer in pages.items():
        page = Tables(answer.text)
        shared = page.at_large if path in IN_ONE_FILE else frozenset()
        lacking |= {path for table in page.found if not is_whole(table.files | shared)}

    assert lacking == IN_NONE.keys()
    assert sum(bool(Tables(answer.text).found) for answer in pages.values()) > 20


def test_each_template_with_a_table_has_the_buttons_or_a_reason() -> None:
    tables = {
        str(path.relative_to(WEB)): path.read_text()
        for path in WEB.rglob("*.html")
        if "<table" in path.read_text()
    }
    handed_out = {path for path, text in tables.items() if re.search(HANDED_OUT, text)}

    assert tables.keys() - handed_out == WITHOUT.keys()


def test_a_table_without_files_is_found_whatever_else_the_page_hands_out() -> None:
    button = '<a download href="/{0}.csv?of=1"></a><a download href="/{0}.xlsx"></a>'
    table = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><th>1</th></tr></tbody></table>"
    page = Tables(
        f"<main>{button.format('all')}<section>{button.format('one')}{table}</section>"
        f"<section>{table}</section></main>"
    )

    assert [(one.headings, one.rows, sorted(one.files)) for one in page.found] == [
        (("A",), 1, ["/one.csv", "/one.xlsx"]), (("A",), 1, [])
    ]  # fmt: skip
    assert page.at_large == {"/all.csv", "/all.xlsx"}
