"""An import in a real browser: by going on alone, without a script too, and stopped on the way."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.imports import passes
from tests.imports.sheets import requests, row
from tests.web.conftest import OpenPage, Site
from tests.web.imports import hotline
from tests.web.page_checks import faults

GO_ON = "main form button.primary"


def goes_on(page: Page, heading: str) -> None:
    """Press the one main button, and wait for the next question."""
    page.click(GO_ON)
    expect(page.locator("h1")).to_have_text(heading)


@pytest.mark.parametrize(("width", "javascript"), [(1280, False), (320, True)])
def test_whoever_never_saw_it_gets_from_the_requests_to_the_import(
    empty_site: Site, open_page: OpenPage, tmp_path: Path, width: int, javascript: bool
) -> None:
    file = tmp_path / "meldpunt.xlsx"
    file.write_bytes(hotline.workbook())
    page = open_page(
        empty_site, "/takedowns", "manager", language="nl", width=width, javascript=javascript
    )

    page.click("text=Rekenblad invoeren")
    page.set_input_files("#file", file)
    found = []
    for heading in (
        "In welke rij staan de kopjes?", "Wat staat er in de kolommen?",
        "Wat betekenen deze woorden?", "De rijen zijn nagekeken", "De invoer is klaar",
    ):  # fmt: skip
        goes_on(page, heading)
        found += faults(page) if javascript else []
        if page.locator("#day_time").count():
            page.fill("#day_time", "12:00")

    expect(page.locator("dl.facts dd").first).to_have_text("4 rijen")
    assert found == []


def test_progress_outlives_a_reload_and_stopping_says_how_far_it_came(
    empty_site: Site, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "much.xlsx"
    file.write_bytes(requests(*(row(number) for number in range(1, 400))))
    page = open_page(empty_site, "/imports", "manager")
    page.set_input_files("#file", file)
    page.click(GO_ON)
    page.click(GO_ON)
    expect(page.locator("h1")).to_have_text("What are the columns?")
    page.click(GO_ON)
    expect(page.locator("h1")).to_have_text("What do these words mean?")
    page.click(GO_ON)
    expect(page.locator("h1")).to_have_text("The rows are checked", timeout=60_000)

    monkeypatch.setattr(passes, "WORKS_FOR", 0)
    monkeypatch.setattr(passes, "RESTS", 50)  # it rests so long that somebody can look on
    page.click(GO_ON)
    expect(page.locator("h1")).to_have_text("The rows are being imported")
    assert faults(page) == []
    page.reload()
    expect(page.locator("progress")).to_be_visible()
    page.click("text=Stop")

    expect(page.locator("h1")).to_have_text("The import was stopped", timeout=60_000)
    assert "of 399 rows" in page.locator("p.warning").inner_text()
    assert faults(page) == []
