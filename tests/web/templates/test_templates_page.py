"""Anyone may read which template a notice takes, and how it reads."""

import pytest

from app.kit.languages import Language
from app.notices import coverage, versions
from app.platforms.catalogue import read_folder
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import scrolls_sideways, violations


@pytest.mark.parametrize("language", Language)
def test_grid_check_and_preview_are_accessible(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, "/templates", language=language, width=320)

    for path in ("/templates", "/templates/check", "/templates/instagram", "/help/shortcuts"):
        page.goto(path)
        assert (path, violations(page)) == (path, [])
        assert (path, scrolls_sideways(page)) == (path, False)


def test_the_grid_tells_as_many_gaps_as_there_are(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/templates?basis=take_it_down&notice_language=fr")
    catalogue = site.parts.workspace.catalogue
    cells = coverage.cells(catalogue.platforms.values(), list(catalogue.categories.values()))
    gaps = sum(not cell.reads("fr") for cell in cells if cell.basis == "take_it_down")

    assert page.inner_text("main .late >> nth=0").split()[0] == str(gaps)


def test_a_preview_speaks_the_language_of_the_notice_and_says_so(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(
        site, "/templates/instagram?notice_language=nl&category=csam_ai", language="fr"
    )

    assert page.get_attribute("html", "lang") == "fr"
    assert page.get_attribute(".fields .words >> nth=0", "lang") == "nl"
    assert page.get_attribute(".fields h3 span >> nth=0", "lang") == "nl"
    assert page.inner_text("#fields") == "Demande de retrait légale (DSA)"
    assert "artikel 16" in page.inner_text("main")
    assert "Fictief voorbeeld." in page.inner_text("main")


def test_the_help_opens_by_a_letter_and_gives_the_focus_back(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site)

    page.keyboard.press("h")
    page.wait_for_selector("dialog[open] h2")
    assert violations(page) == []
    page.keyboard.press("Escape")

    page.wait_for_selector("a[href='/help/shortcuts']:focus")


def test_the_fictional_clock_makes_no_faults_of_days_on_which_somebody_looked(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/templates/check")

    files = len(read_folder(site.parts.settings.templates_dir))
    assert page.inner_text("main p >> nth=0").strip() == f"No fault in {files} files."


def test_a_preview_says_since_when_its_words_go_out_and_why_this_channel(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/templates/instagram?basis=article_22&category=csam&notice_language=nl")
    template = page.inner_text("[data-testid=template]")

    with site.parts.database.read() as unit:
        [used] = versions.of_template(unit, template)
    [told] = page.locator("[data-testid=versions] li").all_inner_texts()
    since = page.inner_text("[data-testid=since]")
    assert told.split("\n")[1].startswith(f"{used.notices} notices, {since} to ")
    weighed = page.locator("[data-testid=weighed] li").all_inner_texts()
    chosen = [line for line in weighed if "chosen" in line]
    assert [line.split(" chosen")[0].strip() for line in chosen] == [page.inner_text("#fields")]
    assert "its confidential address is not set" in weighed[0]
