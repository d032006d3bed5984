"""What tests look for on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, as "rule: place"."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether a reader must scroll sideways; tables may, within themselves."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))


def announced(page: Page, words: str) -> None:
    """Wait until the announcer says it."""
    page.locator("#announcer", has_text=words).wait_for(state="attached")
