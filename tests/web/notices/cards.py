"""The cards of notices, folded but for the one at work."""

from playwright.sync_api import Locator


def unfolded(card: Locator) -> Locator:
    """Open a card, as somebody does who goes on with it."""
    if not card.locator("> details[open]").count():
        card.locator("> details > summary").click()
    return card
