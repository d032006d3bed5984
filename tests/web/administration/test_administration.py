"""Administrators set up who we are, what platforms grant us, and which systems may call."""

import re

import pytest

from app.accounts import access
from app.kit import preferences
from app.kit.languages import Language
from app.notices.filling import Workspace
from app.takedowns import bases
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import scrolls_sideways, violations

PATHS = (
    "/admin", "/admin/organisation", "/admin/status", "/admin/platforms",
    "/admin/platforms/tiktok", "/admin/clients",
)  # fmt: skip


def workspace_now(site: Site) -> Workspace:
    """The workspace as a request that comes now would see it."""
    with site.parts.database.read() as unit:
        return site.parts.workspace_in(unit)


@pytest.mark.parametrize("language", Language)
def test_the_pages_are_accessible_and_fit_a_narrow_screen(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, "/admin", "admin", language=language, width=320)

    for path in PATHS:
        page.goto(path)
        assert (path, violations(page)) == (path, [])
        assert (path, scrolls_sideways(page)) == (path, False)


def test_only_administrators_come_in(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, role="manager")

    for path in PATHS:
        answer = page.goto(path)
        assert answer is not None
        assert (path, answer.status) == (path, 403)
    assert "administrator" in page.inner_text("main").lower()


def test_a_new_name_stands_in_the_next_notice_at_once(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, "/admin/organisation", "admin")

    page.fill("#name", "Another Hotline")
    page.fill("#email", "notices@another.example")
    page.click("text=Save")

    assert page.inner_text(".flash") == "Saved."
    assert workspace_now(empty_site).organisation.name == "Another Hotline"
    page.goto("/templates/tiktok?basis=article_22")
    assert "Another Hotline" in page.inner_text("main")
    page.goto("/platforms/tiktok/sheet")
    assert "Another Hotline" in page.inner_text("main")


def test_what_cannot_be_is_named_at_its_field_and_nothing_typed_is_lost(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, "/admin/organisation", "admin")

    page.fill("#name", "Another Hotline")
    page.fill("#email", "not an address")
    page.evaluate("document.querySelector('form[data-primary]').noValidate = true")
    page.click("text=Save")

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.dataset.testid") == "error-summary"
    assert page.input_value("#name") == "Another Hotline"
    assert page.get_attribute("#email", "aria-invalid") == "true"
    assert violations(page) == []
    assert workspace_now(empty_site).organisation.name == "Fictional Hotline"


def test_a_basis_is_recorded_from_a_day_on_without_a_script(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, "/admin/platforms/tiktok", "admin", javascript=False)

    page.click("text=Record a basis")
    page.select_option("#basis", "article_22")
    page.fill("#from", "2026-02-01")
    page.fill("#decision", "DSC-1")
    page.click("button:has-text('Record basis')")

    with empty_site.parts.database.read() as unit:
        [held] = bases.of_platform(unit, "tiktok")
    assert (held.basis, held.held_from.isoformat(), held.decision) == (
        "article_22", "2026-02-01", "DSC-1",
    )  # fmt: skip


def test_targets_are_ours_to_change_and_to_give_back(empty_site: Site, open_page: OpenPage) -> None:
    page = open_page(empty_site, "/admin/platforms/tiktok", "admin")

    page.fill("#gone_hours", "12")
    page.click("text=Save targets")
    platform = workspace_now(empty_site).catalogue.platforms["tiktok"]
    assert platform.dealings.targets.of("csam")["gone_hours"] == 12

    page.fill("#gone_hours", "")
    page.click("text=Save targets")
    platform = workspace_now(empty_site).catalogue.platforms["tiktok"]
    assert platform.dealings.targets.of("csam")["gone_hours"] == 24


def test_a_confidential_address_is_kept_and_never_shown(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, "/admin/platforms/tiktok", "admin")
    field = page.locator("input[name^=address-]").first
    channel = (field.get_attribute("name") or "").removeprefix("address-")

    field.fill("https://partner.tiktok.example/secret-door")
    page.click("text=Save addresses")

    assert "secret-door" not in page.content()
    channels = {
        one.id: one for one in workspace_now(empty_site).catalogue.platforms["tiktok"].channels
    }
    assert channels[channel].address == "https://partner.tiktok.example/secret-door"
    with empty_site.parts.database.read() as unit:
        assert preferences.read(unit)["addresses"]
    folder = empty_site.parts.settings.data_dir
    assert all(b"secret-door" not in path.read_bytes() for path in folder.iterdir())


def test_a_token_is_shown_once_works_and_can_be_revoked(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, "/admin/clients", "admin")

    page.fill("#name", "case system")
    page.check("input[value='takedowns:read']")
    page.click("button:has-text('Make token')")

    token = page.inner_text("#token")
    assert re.fullmatch(r"tdk_[A-Za-z0-9_-]{43}", token)
    asked = {"Authorization": f"Bearer {token}"}
    assert page.request.get("/api/v1/takedowns", headers=asked).status == 200
    page.goto("/admin/clients")
    assert token not in page.content()

    page.click("summary:has-text('In force')")
    page.click("button:has-text('Revoke')")

    with empty_site.parts.database.read() as unit:
        [kept] = access.everything(unit)
    assert kept.revoked_at is not None
