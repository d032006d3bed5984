"""The printed form, read by a library of its own: tagged, titled, its fonts inside."""

import re

import pytest

from app.kit.languages import Language
from app.notices.filling import Workspace
from app.reports.vocabularies import Heading, ReportForm, ReportKind
from app.takedowns.facts import UNKNOWN
from tests.reports.documents import document
from tests.reports.forms.reading import pdf, words_of
from tests.reports.forms.test_every_form import KINDS, rendered

# One sign of each script that the fonts draw, and what they do not.
DRAWN = "\n\n".join(
    "".join(map(chr, span))
    for span in (
        range(0x20, 0x7F), range(0xA0, 0x378), range(0x37A, 0x380), range(0x384, 0x38B),
        range(0x38E, 0x3A2), range(0x3A3, 0x482), range(0x48A, 0x500), range(0x1E00, 0x1F00),
        range(0x2010, 0x2028), range(0x2030, 0x203B), range(0x20A0, 0x20C1), range(0x2190, 0x2300),
        range(0x2500, 0x2600),
    )
)  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_a_pdf_is_tagged_titled_and_in_its_language(
    workspace: Workspace, kind: ReportKind, language: Language
) -> None:
    read = pdf(rendered(workspace, ReportForm.PDF, document(kind), language))
    catalogue = read.root_object

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]["/K"]
    assert catalogue["/Lang"] == f"{language}-{language.territory}"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert str(read.metadata.title).endswith(", Fictional Hotline")
    assert str(read.metadata.creation_date)[:10] == "2027-01-15"
    assert re.search(rb"pdfuaid:part(>|=\")1", catalogue["/Metadata"].get_data())


def test_every_font_of_a_pdf_is_inside_it(workspace: Workspace) -> None:
    read = pdf(rendered(workspace, ReportForm.PDF, document()))
    fonts = [
        descendant.get_object()["/FontDescriptor"]
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]

    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert all("AtkinsonHyperlegibleNext" in font["/FontName"] for font in fonts)


def test_the_headings_and_tables_of_a_pdf_are_tagged_as_such(workspace: Workspace) -> None:
    read = pdf(rendered(workspace, ReportForm.PDF, document()))
    found = set()

    def look(element: object) -> None:
        told = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(told, list):
            for one in told:
                look(one)
        elif isinstance(told, dict):
            found.add(told.get("/S"))
            look(told.get("/K"))

    look(read.root_object["/StructTreeRoot"]["/K"])

    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/Caption", "/TH", "/TD"} <= found


def test_each_page_names_the_version_and_its_number(workspace: Workspace) -> None:
    told = document()
    read = pdf(rendered(workspace, ReportForm.PDF, told, Language.NL))

    feet = ["".join(page.extract_text().split()) for page in read.pages]

    for number, foot in enumerate(feet, start=1):
        assert f"versie1·SHA-256{told.sha256()[:12]}" in foot
        assert f"{number}/{len(feet)}" in foot


def test_what_no_font_draws_is_shown_as_a_sign(workspace: Workspace) -> None:
    said = "Bytedance 字节 \N{GRINNING FACE} \ufeff\u200b\tend \x07"
    told = document(texts={Heading.FUNDING: {Language.EN: said}})

    words = words_of(ReportForm.PDF, rendered(workspace, ReportForm.PDF, told))

    assert "Bytedance ?? ? end ?" in " ".join(words.split())


def test_what_means_the_same_as_a_drawn_sign_is_drawn_as_that(workspace: Workspace) -> None:
    said = "Vraiment\u202f! Un\u2009\ufb01chier à\u202830\u202f%"
    told = document(texts={Heading.FUNDING: {Language.EN: said}})

    words = words_of(ReportForm.PDF, rendered(workspace, ReportForm.PDF, told))

    assert "Vraiment ! Un fichier à 30 %" in " ".join(words.split())


def test_a_name_longer_than_its_column_lies_over_no_number(workspace: Workspace) -> None:
    told = document(providers=("W" * 200, UNKNOWN))
    read = pdf(rendered(workspace, ReportForm.PDF, told))
    longest = max(
        len(word) for page in read.pages for word in page.extract_text().split() if "WW" in word
    )

    assert longest < 100


def test_a_text_of_every_character_that_counts_as_drawn_is_drawn(workspace: Workspace) -> None:
    told = document(texts={Heading.FUNDING: {Language.EN: DRAWN}}, organisation="Žluťoučký Ωmega")

    words = words_of(ReportForm.PDF, rendered(workspace, ReportForm.PDF, told))

    assert "Žluťoučký Ωmega" in words
