"""Anyone may read which template a notice takes, and how it reads."""

import pytest

from app.notices import coverage
from tests.web.conftest import Site, Visitor
from tests.web.looking import scrolls_sideways, violations


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_grid_check_and_preview_are_accessible(site: Site, visitor: Visitor, language: str) -> None:
    page = visitor(site, "/templates", language=language, width=320)

    for path in ("/templates", "/templates/check", "/templates/instagram", "/help/shortcuts"):
        page.goto(path)
        assert (path, violations(page)) == (path, [])
        assert (path, scrolls_sideways(page)) == (path, False)


def test_the_grid_tells_as_many_gaps_as_there_are(site: Site, visitor: Visitor) -> None:
    page = visitor(site, "/templates?basis=take_it_down&notice_language=fr")
    catalogue = site.parts.desk.catalogue
    cells = coverage.cells(catalogue.platforms.values(), list(catalogue.categories.values()))
    gaps = sum(not cell.reads("fr") for cell in cells if cell.basis == "take_it_down")

    assert page.inner_text("main .late >> nth=0").split()[0] == str(gaps)


def test_a_preview_speaks_the_language_of_the_notice_and_says_so(
    site: Site, visitor: Visitor
) -> None:
    page = visitor(site, "/templates/instagram?notice_language=nl&category=csam_ai", language="fr")

    assert page.get_attribute("html", "lang") == "fr"
    assert page.get_attribute(".fields .words >> nth=0", "lang") == "nl"
    assert "artikel 16" in page.inner_text("main")


def test_the_help_opens_by_a_letter_and_gives_the_focus_back(site: Site, visitor: Visitor) -> None:
    page = visitor(site)

    page.keyboard.press("h")
    page.wait_for_selector("dialog[open] h2")
    assert violations(page) == []
    page.keyboard.press("Escape")

    page.wait_for_selector("a[href='/help/shortcuts']:focus")
