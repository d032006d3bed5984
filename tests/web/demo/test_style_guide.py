"""The parts of pages, all on one page, in every way a page may be looked at."""

import pytest

from app.context import Context
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import faults, violations
from tests.web.web_client import WebClient


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_is_accessible_in_light_and_dark(
    site: Site, open_page: OpenPage, scheme: str
) -> None:
    page = open_page(site, "/style", scheme=scheme)

    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert faults(page) == []


def test_every_part_is_accessible_in_the_reader_s_own_colours(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/inbox")

    page.emulate_media(forced_colors="active")
    page.goto("/style")

    # Which colours these are is the reader's matter.
    assert [one for one in violations(page) if not one.startswith("color-contrast")] == []
    border = "getComputedStyle(document.querySelector('.badge')).borderStyle"
    assert page.evaluate(border) == "solid"


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_parts_are_shown_in_the_demo_only(parts: Context) -> None:
    assert WebClient(parts).get("/style").status_code == 404
