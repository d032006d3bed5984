"""What tests look for on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

STOPS = "a[href], button, input, select, textarea, summary"
# Focus as the Tab key gives it: each stop shows a ring, and nothing that sticks lies over it.
FOCUS = """stops => {
  const faults = [];
  for (const stop of document.querySelectorAll(stops)) {
    if (!stop.checkVisibility({ visibilityProperty: true }) || stop.disabled) continue;
    stop.focus({ focusVisible: true });
    if (document.activeElement !== stop) continue;
    const name = `${stop.tagName} ${stop.id || stop.textContent.trim().slice(0, 24)}`;
    const ring = getComputedStyle(stop);
    if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2)
      faults.push(`no ring: ${name}`);
    const { x, y, width, height } = stop.getClientRects()[0];
    const over = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 40));
    if (over && !stop.contains(over) && !over.contains(stop))
      faults.push(`covered: ${name} by ${over.tagName} ${over.className}`);
  }
  return faults;
}"""
# WCAG 2.5.8: at least 24 x 24 px, but for links within a sentence.
SMALL = """stops => {
  const faults = [];
  for (const stop of document.querySelectorAll(stops)) {
    const is_shown = stop.checkVisibility({ visibilityProperty: true });
    const is_in_a_sentence = stop.matches("a") && getComputedStyle(stop).display === "inline";
    if (!is_shown || is_in_a_sentence || stop.closest(".unseen, .skip")) continue;
    const { width, height } = (stop.closest("label.choice") || stop).getBoundingClientRect();
    if (width < 23.5 || height < 23.5)
      faults.push(`small: ${stop.tagName} ${stop.id || stop.textContent.trim()}`);
  }
  return faults;
}"""


def faults(page: Page) -> list[str]:
    """Name all that keeps somebody from reading a page or using it."""
    found = violations(page) + page.evaluate(SMALL, STOPS) + page.evaluate(FOCUS, STOPS)
    return found + (["scrolls sideways"] if scrolls_sideways(page) else [])


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
