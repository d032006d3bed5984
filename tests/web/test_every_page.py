"""Every page, in every language, with nothing and with a year in it: accessible, whole, narrow."""

from collections.abc import Mapping
from datetime import date

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from app.kit.languages import Language
from app.metrics.periods import Period
from app.reports import drafts
from app.takedowns.models import takedowns
from app.web.shell.downloads import SheetForm
from tests.reports.frozen import begun, frozen
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import faults
from tests.web.pages import pages

# Answers that are no page of their own: redirects, parts, files.
NO_PAGE = {
    "/", "/inbox/news", "/inbox/next",
    "/language/{language}", "/login/code", "/inbox/bulk/done", "/metrics/published/{number}/file",
    "/reports/{report_id}/versions/{number}/{language}/{form}",
    "/imports/{number}/faults.csv", "/imports/{number}/faults.xlsx",
    "/imports/{number}/known.csv", "/imports/{number}/known.xlsx",
}  # fmt: skip
# A page over what only a request or an answer knows.
QUERIES = {
    "/metrics/rows": "figure=gone",
    "/reports/{report_id}/rows": "table=article_22.provider&row=total&column=items",
}
LANGUAGES = tuple(Language)


def addresses(site: Site) -> list[str]:
    """Every page that can be asked for, with examples for what its path names."""
    with site.parts.database.read() as unit:
        row = unit.connection.execute(
            select(takedowns).where(takedowns.c.submitted_at.is_not(None)).limit(1)
        ).first()
    _reported(site)
    known = {
        "reference": row.reference if row else "TD-222222",
        "case_ref:path": row.case_ref if row else "none",
        "platform": row.platform if row else "tiktok",
        "report_id": "1", "heading": "governance", "language": "nl",
        "arrived": "decisions", "word": "refusal",
        "slug": "instagram", "number": "1", "user_id": "1", "token": "unknown", "channel": "dsa",
    }  # fmt: skip
    found = []
    for path in {page.path for page in pages() if page.method == "GET"} - NO_PAGE:
        if path.endswith(tuple(SheetForm)):
            continue
        address = path
        for name, value in known.items():
            address = address.replace(f"{{{name}}}", value)
        found.append(address + (f"?{QUERIES[path]}" if path in QUERIES else ""))
    return sorted(found)


def _reported(site: Site) -> None:
    """Leave a report that was frozen, and another draft."""
    with site.parts.database.read() as unit:
        if drafts.every(unit):
            return
    frozen(site.parts.database, site.parts.workspace)
    begun(site.parts.database, period=Period(date(2026, 1, 1), date(2026, 7, 1)))


def found_on(page: Page, paths: list[str]) -> Mapping[str, list[str]]:
    """Visit every page; returns what is wrong, by page."""
    wrong = {}
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status < 500, path
        wrong[path] = faults(page)
    return {path: said for path, said in wrong.items() if said}


def test_every_page_is_accessible_and_whole_on_a_narrow_screen(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/inbox", "admin", language="fr", width=320)

    assert found_on(page, addresses(site)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_whole_however_it_is_looked_at(
    site: Site, open_page: OpenPage, language: str, width: int, scheme: str
) -> None:
    page = open_page(site, "/inbox", "caseworker", language=language, width=width, scheme=scheme)

    assert found_on(page, addresses(site)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_whole_with_nothing_in_it(
    empty_site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(empty_site, "/inbox", "admin", language=language, width=320)

    assert found_on(page, addresses(empty_site)) == {}


def test_what_is_wrong_with_a_page_is_found(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/me")
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          main.append(document.createElement("button"), document.createElement("a"));
          main.append("w".repeat(900));
          const [tiny, bare] = [...main.children].slice(-2);
          tiny.id = "tiny";
          tiny.style.cssText = "all: unset; display: block; width: 9px; height: 9px";
          bare.href = "#bare";
          bare.textContent = "Bare";
          bare.style.outline = "none";
        }"""
    )

    found = " ".join(faults(page))
    for fault in ("button-name", "small: BUTTON tiny", "no ring: A Bare", "scrolls sideways"):
        assert fault in found
