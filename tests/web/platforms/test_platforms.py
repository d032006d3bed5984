"""What there is to know of a platform, and what to bring to a meeting."""

import re
from pathlib import Path

import pytest

from app import demo, main
from app.kit import settings as settings_of
from app.kit.clock import starting_at
from app.kit.languages import Language
from tests.fictional_year import FICTION
from tests.web.conftest import OpenPage, Site, served
from tests.web.page_checks import scrolls_sideways, violations


@pytest.mark.parametrize("language", Language)
def test_platforms_and_their_pages_are_accessible(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, "/platforms", "manager", language=language, width=320)

    for path in ("/platforms", "/platforms/instagram", "/platforms/instagram/sheet"):
        page.goto(path)
        assert (path, page.get_attribute("html", "lang")) == (path, language)
        for part in page.locator("main details").all():
            part.evaluate("one => { one.open = true }")
        assert (path, violations(page)) == (path, [])
        assert (path, scrolls_sideways(page)) == (path, False)


def test_a_platform_without_any_request_has_a_page_too(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, "/platforms", "manager")

    for path in ("/platforms", "/platforms/whatsapp", "/platforms/whatsapp/sheet"):
        answer = page.goto(path)
        assert answer is not None
        assert (path, answer.status) == (path, 200)
        assert (path, violations(page)) == (path, [])
    assert page.goto("/platforms/no_such_platform").status == 404  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/platforms", "/templates", "/takedowns", "/inbox", "/metrics"])
def test_any_other_website_is_named_in_the_readers_language(
    site: Site, open_page: OpenPage, path: str
) -> None:
    page = open_page(site, path, "manager", language="nl")

    told = page.text_content("main") or ""

    assert ("Andere website" in told, "Other " in told) == (True, False)


def test_a_scorecard_is_reached_and_left_by_its_links(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/platforms", "manager", javascript=False)

    page.click("main >> text=Snapchat")
    assert page.inner_text("h1") == "Snapchat"
    page.click("text=Meeting sheet")
    assert page.inner_text("h1") == "Meeting sheet: Snapchat"


def test_numbers_of_a_scorecard_open_their_rows(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/platforms/x", "manager")
    links = page.locator("[data-testid^=figure-] a, section[aria-labelledby=open] p a").all()
    numbers = {str(link.get_attribute("href")): link.inner_text() for link in links}

    opened = {
        address: str(page.request.get(site.address + address).text().count("<tr data-row>"))
        for address in numbers
    }

    assert opened == numbers
    assert any("of=closed" in address for address in numbers)


def test_what_is_open_comes_first_and_what_we_closed_stands_apart(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/platforms/instagram", "manager")

    headings = page.locator("main h2").all_inner_texts()
    opened = page.locator("section[aria-labelledby=open]")

    assert headings[0] == f"Still open, oldest first ({opened.locator('tr[data-row]').count()})"
    assert headings[1] == "What to say next time"
    assert headings[-1] == "What we expect of it"
    assert "Apart: " in opened.inner_text()
    references = opened.locator("tr[data-row] a.mono").all_inner_texts()
    page.goto("/platforms/instagram/sheet")
    on_sheet = page.locator("section[aria-labelledby=open] a.mono").all_inner_texts()
    closed = page.locator("section[aria-labelledby=closed] a.mono").all_inner_texts()
    assert set(on_sheet) <= set(references)
    assert closed
    assert set(closed) & set(references) == set()


@pytest.mark.parametrize("path", ["/platforms/instagram", "/platforms/instagram/sheet"])
def test_a_platform_stands_beside_the_others_in_words_and_by_the_same_mix(
    site: Site, open_page: OpenPage, path: str
) -> None:
    page = open_page(site, path, "manager")

    told = page.inner_text("[data-testid=beside-others]")

    assert told.startswith("Instagram cannot be told from the other platforms (n = ")
    assert "for the same mix of categories and urgency" in told
    page.goto(path.replace("instagram", "discord"))
    assert page.inner_text("[data-testid=beside-others]") == (
        "It is too early to compare Discord with the other platforms."
    )


def test_open_items_are_listed_oldest_first_and_contacts_newest_first(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/platforms/instagram", "manager")

    def moments(section: str) -> list[str]:
        times = page.locator(f"section[aria-labelledby={section}] time").all()
        return [str(time.get_attribute("datetime")) for time in times]

    assert len(moments("open")) > 1
    assert moments("open") == sorted(moments("open"))
    assert len(moments("refusals")) == 1  # another one is of a request that we closed
    assert len(moments("contacts")) == 5
    assert moments("contacts") == sorted(moments("contacts"), reverse=True)


def test_a_confidential_address_stays_one(
    year: Path, tmp_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://secret.demo.invalid/intake"
    monkeypatch.setenv("TAKEDOWN_CHANNEL_INSTAGRAM_TRUSTED_FLAGGER", address)
    parts = main.context(settings_of.read(tmp_path / "data", **FICTION), starting_at(demo.NOW))
    known = parts.workspace.catalogue.platforms["instagram"].channels
    assert address in [channel.address for channel in known]
    with parts.database.write() as unit:
        demo.join(unit)
    serving = served(parts)

    page = open_page(next(serving), "/platforms/instagram", "manager")

    assert "confidential address, not shown" in page.inner_text("main")
    assert address not in page.content()
    next(serving, None)


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl", "Overlegfiche: Instagram"), ("fr", "Fiche de réunion\xa0: Instagram")],
)
def test_a_meeting_sheet_has_a_language_of_its_own_and_fits_one_page(
    site: Site, open_page: OpenPage, language: str, title: str
) -> None:
    refused = "section[aria-labelledby=refusals] tbody tr"
    page = open_page(site, "/platforms/instagram", "manager", language="en")
    known = page.locator(refused).count()
    page.goto(f"/platforms/instagram/sheet?language={language}")

    assert page.get_attribute("html", "lang") == language
    assert page.inner_text("h1") == title
    assert page.locator("[data-testid^=figure-]").count() == 5
    assert page.locator("section[aria-labelledby=open] tbody tr").count() == 3
    assert page.locator(refused).count() == min(known, 3) > 0
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert re.findall(rb"/Type\s*/Pages[^>]*/Count (\d+)", paper) == [b"1"]
    line = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--paper-line')"
    )
    assert line.startswith('"Fictional Hotline, ')
    assert "2026" in line


def test_a_sheet_in_a_language_we_do_not_have_is_not_there(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox", "manager")

    answer = page.request.get(f"{site.address}/platforms/x/sheet?language=de")

    assert answer.status == 404


@pytest.mark.parametrize(("language", "notices"), [("nl", "1.401"), ("fr", "1\u202f401")])
def test_numbers_are_written_as_belgians_write_them(
    site: Site, open_page: OpenPage, language: str, notices: str
) -> None:
    page = open_page(site, "/platforms/instagram", "manager", language=language)

    assert notices in page.inner_text("section[aria-labelledby=published]")


def test_what_a_platform_publishes_itself_is_told_by_category_and_method(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/platforms/snapchat", "manager", language="nl")
    rows = page.locator("section[aria-labelledby=published] tbody tr").all()

    told = ["|".join(row.locator("td").all_inner_texts()) for row in rows]

    grooming = "Benaderen van een minderjarige voor seksuele doeleinden (grooming)"
    rule = "Tot de beslissing; kennisgevingen zonder actie tellen mee"
    assert told == [
        f"Elke categorie|2025-H2|638|5\xa0u|{rule}",
        f"Beelden van seksueel misbruik van minderjarigen|2025-H2|44|7\xa0u|{rule}",
        f"{grooming}|2025-H2|96|7\xa0u|{rule}",
    ]
    page.goto("/platforms/youtube")
    assert "geen mediaan gepubliceerd" in page.inner_text("section[aria-labelledby=published]")
