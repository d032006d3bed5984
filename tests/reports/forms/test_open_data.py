"""The data dictionary: each table and code of the CSV file is explained, and the licence told."""

import pytest

from app.kit.languages import Language
from app.notices.filling import Workspace
from app.reports.vocabularies import ReportForm, ReportKind
from app.takedowns.facts import UNKNOWN
from tests.reports.documents import document
from tests.reports.forms.reading import WebPage, lines_of_csv, words_of
from tests.reports.forms.test_every_form import rendered


@pytest.mark.parametrize("kind", ReportKind)
def test_every_table_and_code_of_the_long_table_is_explained(
    workspace: Workspace, kind: ReportKind
) -> None:
    told = document(kind)
    names = {"Google Ireland Limited", "Meta Platforms Ireland Limited"}
    *_, tables, codes = WebPage(rendered(workspace, ReportForm.HTML, told)).tables

    lines = lines_of_csv(rendered(workspace, ReportForm.CSV, told))

    assert {row[0] for row in tables.rows} == {table for table, *_ in lines}
    explained = {row[0] for row in codes.rows}
    assert explained == {code for _, row, column, _ in lines for code in (row, column)} - names
    assert all(cell.strip() for row in (*tables.rows, *codes.rows) for cell in row)


def test_that_no_provider_is_known_is_a_code(workspace: Workspace) -> None:
    *_, codes = WebPage(rendered(workspace, ReportForm.HTML, document(), Language.NL)).tables

    assert [UNKNOWN, "Aanbieder", "Website, aanbieder onbekend"] in codes.rows


@pytest.mark.parametrize(
    ("licence", "said"),
    [("CC BY 4.0", "Licence: CC BY 4.0."), ("", "has not chosen a licence for these data.")],
)
@pytest.mark.parametrize("form", [ReportForm.HTML, ReportForm.XLSX])
def test_the_licence_is_the_one_that_was_chosen(
    workspace: Workspace, form: ReportForm, licence: str, said: str
) -> None:
    assert said in words_of(form, rendered(workspace, form, document(licence=licence)))


@pytest.mark.parametrize(("licence", "said"), [("CC BY 4.0", "CC BY 4.0"), ("", "not chosen")])
def test_print_names_it_at_its_head(workspace: Workspace, licence: str, said: str) -> None:
    words = words_of(ReportForm.PDF, rendered(workspace, ReportForm.PDF, document(licence=licence)))

    assert f"Licence {said}" in " ".join(words.split())
