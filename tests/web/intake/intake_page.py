"""The page for a new request: what tests paste there, and work by keyboard alone."""

from itertools import count

from playwright.sync_api import Page
from sqlalchemy import delete, select

from app.accounts.models import form_drafts
from app.takedowns import queries
from app.takedowns.models import takedowns
from app.takedowns.queries import Item
from tests.web.conftest import OpenPage, Site

_numbers = count(10)
NEW = "/takedowns/new"


def sample() -> str:
    """Five links on three platforms in the middle of a message, other ones each time."""
    n = next(_numbers)
    return (
        f"Hoi, hxxps://instagram[.]demo[.]invalid/p/CzzFixture{n}/?igsh=abc en ook\n"
        f"(https://instagram.demo.invalid/reel/CzzAnother{n}/), tiktok.demo.invalid/@zz.fix{n}\n"
        f"> https://tiktok.demo.invalid/@zz.fixture/video/73123456789012345{n}?is_from_webapp=1\n"
        f"<https://x.demo.invalid/zzfixture/status/17900000000000000{n}?s=20> merci\n"
    )


def link() -> str:
    """One link, another one each time."""
    return f"https://instagram.demo.invalid/p/CzzSingle{next(_numbers)}"


def opened(site: Site, open_page: OpenPage, path: str = NEW, **how: object) -> Page:
    """Open the page without anybody's draft on it."""
    with site.parts.database.write() as unit:
        unit.connection.execute(delete(form_drafts))
    return open_page(site, path, **how)


def paste(page: Page, text: str) -> None:
    """Put a text on the clipboard and paste it where the focus is."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("ControlOrMeta+v")


def stages(site: Site, references: list[str]) -> list[str]:
    """In which stage these takedowns are."""
    with site.parts.database.read() as unit:
        query = select(takedowns.c.stage).where(takedowns.c.reference.in_(references))
        return list(unit.connection.scalars(query))


def items_of(site: Site, reference: str) -> list[Item]:
    """The items of a takedown, opened."""
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return queries.items_of(unit, [row])[row.id]


def logged(page: Page) -> list[str]:
    """The references that the page's address names."""
    return page.url.partition("logged=")[2].partition("&")[0].split(",")


def log(
    site: Site, open_page: OpenPage, text: str, category: str = "csam_ai", **how: object
) -> Page:
    """Log a pasted text and come to the notices."""
    page = opened(site, open_page, **how)
    page.fill("#paste", text)
    page.fill("#case_ref", "CF-1")
    page.select_option("#category", category)
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    return page


class Keyboard:
    """A keyboard that counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text: str) -> None:
        self.press(*text)

    def paste(self, text: str) -> None:
        paste(self.page, text)
        self.presses += 1
