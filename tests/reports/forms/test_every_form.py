"""What holds of each form, of each kind of report, in each language."""

from itertools import product

import pytest

from app.kit.languages import Language
from app.notices.filling import Workspace
from app.reports.document import CountedTable, Document
from app.reports.forms import RENDERERS
from app.reports.forms.edition import Edition
from app.reports.vocabularies import HandFigure, Heading, ReportForm, ReportKind
from tests.examples import later
from tests.reports.documents import document, nothing_counted
from tests.reports.forms.reading import (
    WebPage,
    Workbook,
    lines_of_csv,
    number,
    words_of,
)

# Each kind in one language; the others are many more of the same.
KINDS = [
    (kind, language) if language == Language.NL else later(kind, language)
    for kind, language in product(ReportKind, Language)
]
HOSTILE = (
    '#read("/etc/passwd")', "$x^2$", "*bold* _it_ @label", "<script>alert(1)</script>", "&amp;",
    "=cmd|'/C calc'!A0", "+1+1", "@SUM(A1)", "\\u{41} \\", "</style><b>", "{{ 7 * 7 }}", "%(num)s",
    "// comment", "/* open", '"quoted"',
)  # fmt: skip


_KNOWN: dict[tuple[str, ReportForm, Language], bytes] = {}


def rendered(
    workspace: Workspace, form: ReportForm, told: Document, language: Language = Language.EN
) -> bytes:
    """Write a form, once for all tests that read it."""
    key = (told.sha256(), form, language)
    if key not in _KNOWN:
        _KNOWN[key] = written(workspace, form, told, language)
    return _KNOWN[key]


def written(workspace: Workspace, form: ReportForm, told: Document, language: Language) -> bytes:
    return RENDERERS[form](told, Edition(language, 1, workspace.catalogue))


def counting(told: Document) -> list[CountedTable]:
    return [table for table in told.tables if any(table.values[-1])]


def typed(*texts: str) -> Document:
    """A report in which texts stand wherever somebody may have typed them."""
    return document(
        providers=texts,
        organisation=texts[0],
        licence=texts[-1],
        texts={heading: dict.fromkeys(Language, "\n\n".join(texts)) for heading in Heading},
    )


@pytest.mark.parametrize(("kind", "language"), KINDS)
@pytest.mark.parametrize("form", RENDERERS)
def test_a_form_made_again_is_the_same_bytes(
    workspace: Workspace, form: ReportForm, kind: ReportKind, language: Language
) -> None:
    told = document(kind)

    made = rendered(workspace, form, told, language)

    assert written(workspace, form, told, language) == made


@pytest.mark.parametrize("form", RENDERERS)
@pytest.mark.parametrize("kind", ReportKind)
def test_a_report_in_which_nothing_was_counted_has_every_form(
    workspace: Workspace, form: ReportForm, kind: ReportKind
) -> None:
    assert rendered(workspace, form, nothing_counted(kind), Language.NL)


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_a_web_page_shows_every_number_as_it_was_counted(
    workspace: Workspace, kind: ReportKind, language: Language
) -> None:
    told = document(kind)
    counted = {tuple(map(tuple, table.values)) for table in counting(told)}

    page = WebPage(rendered(workspace, ReportForm.HTML, told, language))

    shown = {
        tuple(tuple(number(cell) for cell in cells) for _, *cells in table.rows)
        for table in page.tables
        if all(any(map(str.isdigit, cell)) for _, *cells in table.rows for cell in cells)
    }
    assert counted - shown == set()


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_a_workbook_holds_every_number_as_a_number(
    workspace: Workspace, kind: ReportKind, language: Language
) -> None:
    told = document(kind)
    workbook = Workbook(rendered(workspace, ReportForm.XLSX, told, language))

    sheets = [workbook.rows(place) for place in range(len(workbook.names))]

    for table in counting(told):
        values = [list(line) for line in table.values]
        shown = [
            [cells[: len(values[0])] for _, *cells in rows[2 : 2 + len(values)]] for rows in sheets
        ]
        assert values in shown, table.id


@pytest.mark.parametrize("kind", ReportKind)
def test_the_long_table_is_every_cell_by_its_codes(workspace: Workspace, kind: ReportKind) -> None:
    told = document(kind)

    lines = lines_of_csv(rendered(workspace, ReportForm.CSV, told))

    assert {(table, row, column): int(value) for table, row, column, value in lines} == {
        (table.id, row, column): table.value(row, column)
        for table in told.tables
        for row in table.rows
        for column in table.columns
    }


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_print_shows_every_total(
    workspace: Workspace, kind: ReportKind, language: Language
) -> None:
    told = document(kind)

    words = words_of(ReportForm.PDF, rendered(workspace, ReportForm.PDF, told, language))

    shown = "".join(words.split())
    for table in counting(told):
        assert f"Tota{'a' * (language == Language.NL)}l{''.join(map(str, table.values[-1]))}" in (
            shown.replace(".", "").replace(",", "")
        ), table.id


@pytest.mark.parametrize("form", [ReportForm.HTML, ReportForm.PDF, ReportForm.XLSX])
def test_what_people_typed_is_shown_as_they_typed_it(
    workspace: Workspace, form: ReportForm
) -> None:
    shown = "".join(words_of(form, rendered(workspace, form, typed(*HOSTILE))).split())

    # Under each heading, and as a provider in each table of providers.
    for text in HOSTILE:
        assert shown.count("".join(text.split())) >= len(Heading) + 3, text


def test_nothing_that_people_typed_becomes_an_element(workspace: Workspace) -> None:
    page = WebPage(rendered(workspace, ReportForm.HTML, typed(*HOSTILE)))
    calm = WebPage(rendered(workspace, ReportForm.HTML, typed(*(["Somebody"] * len(HOSTILE)))))

    assert [name for name, _ in page.elements] == [name for name, _ in calm.elements]


def test_nothing_that_people_typed_becomes_a_formula(workspace: Workspace) -> None:
    told = typed(*HOSTILE)

    workbook = Workbook(rendered(workspace, ReportForm.XLSX, told))
    lines = lines_of_csv(rendered(workspace, ReportForm.CSV, told))

    assert workbook.kinds == {"n", "s"}
    assert [row for _, row, _, _ in lines if row.startswith(("=", "+", "-", "@"))] == []
    assert {text for text in HOSTILE if text.startswith(("=", "+", "@"))} <= {
        row.removeprefix("'") for _, row, _, _ in lines
    }


def test_a_provider_that_nobody_named_is_told_in_words(workspace: Workspace) -> None:
    page = WebPage(rendered(workspace, ReportForm.HTML, document(), Language.FR))
    [providers] = [
        [row[0] for row in table.rows]
        for table in page.tables
        if table.caption == "Notifications et éléments par fournisseur"
    ][:1]

    assert providers == [
        "Google Ireland Limited",
        "Meta Platforms Ireland Limited",
        "Site web, fournisseur inconnu",
        "Total",
    ]


def test_figures_entered_by_hand_are_marked_so(workspace: Workspace) -> None:
    told = document(figures={HandFigure.REPORTS_RECEIVED: 2421})

    for form in (ReportForm.HTML, ReportForm.PDF, ReportForm.XLSX):
        words = words_of(form, rendered(workspace, form, told, Language.NL))
        assert "Met de hand ingevoerde cijfers" in words


def test_a_type_stands_beside_its_codes(workspace: Workspace) -> None:
    page = WebPage(rendered(workspace, ReportForm.HTML, document()))
    types = next(
        [row[0] for row in table.rows]
        for table in page.tables
        if table.caption == "Notices and items by type of content"
    )

    assert types[0].endswith(" (PROTECTION_OF_MINORS: CHILD_SEXUAL_ABUSE_MATERIAL)")
    assert "(" not in types[-1]


def test_a_median_of_too_few_is_not_said_to_be_unreached(workspace: Workspace) -> None:
    page = WebPage(rendered(workspace, ReportForm.HTML, document()))
    medians = next(
        table.rows
        for table in page.tables
        if table.caption == "Median hours as platforms count them"
    )

    assert [row[4] for row in medians] == ["too few"] * len(medians)


@pytest.mark.parametrize("form", [ReportForm.HTML, ReportForm.PDF, ReportForm.XLSX])
def test_figures_that_leave_notices_out_say_so(workspace: Workspace, form: ReportForm) -> None:
    words = " ".join(words_of(form, rendered(workspace, form, document())).split())

    said = "Notices under a court order, and those whose every item was already gone, are not among"
    assert words.count(said) == 2  # of the times of the one part, and of our own quality
