"""The menu: each entry with its folder, address, needed right and key, in one list.

Pure. The bar on each page, the keys' help, the routers and the map of the folders go by it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.accounts.vocabularies import Scope
from app.kit.wording import N_


class Entry(NamedTuple):
    """A menu entry: `folder` of `app/web` holds its pages, `keys` lead there (`g i`: g, then i)."""

    folder: str
    address: str
    words: str
    right: Scope | None  # None: whoever is signed in
    keys: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # further addresses that belong to it

    def is_current(self, path: str) -> bool:
        """Tell whether a page at this path is one of its own."""
        return path.startswith((self.address, *self.also))


BAR = (
    Entry("inbox", "/inbox", N_("Inbox"), Scope.TAKEDOWNS_READ, ("g i",)),
    Entry("requests", "/takedowns", N_("Requests"), Scope.TAKEDOWNS_READ, ("g r",)),
    Entry("requests", "/search", N_("Search"), Scope.TAKEDOWNS_READ, ("s", "/")),
    Entry("metrics", "/metrics", N_("Metrics"), Scope.METRICS_READ, ("g m",)),
    Entry("platforms", "/platforms", N_("Platforms"), Scope.TAKEDOWNS_READ),
    Entry("templates", "/templates", N_("Templates"), Scope.TAKEDOWNS_READ, ("g t",)),
    Entry("reports", "/reports", N_("Reports"), Scope.REPORTS_READ, ("g a",)),
    Entry("administration", "/admin", N_("Administration"), Scope.ADMIN, also=("/audit",)),
)
# On the menu too, but where they are needed rather than in the bar.
NEW_REQUEST = Entry("intake", "/takedowns/new", N_("New request"), Scope.TAKEDOWNS_WRITE, ("c",))
IMPORT = Entry("imports", "/imports", N_("Import a spreadsheet"), Scope.REPORTS_WRITE)
HELP = Entry("help", "/help", N_("Help"), Scope.TAKEDOWNS_READ)
KEYBOARD = Entry("help", "/help/shortcuts", N_("Keyboard"), Scope.TAKEDOWNS_READ, ("h", "?"))
ACCOUNT = Entry("account", "/me", N_("My account"), None)
ENTRIES = (*BAR, NEW_REQUEST, IMPORT, HELP, KEYBOARD, ACCOUNT)
# Folders of `app/web` that are no menu entry, and why.
NO_ENTRY: Mapping[str, str] = MappingProxyType(
    {
        "takedown": "one takedown's page: opened from a list",
        "notices": "the card of a notice: stands on other pages",
        "demo": "what only the demo shows",
        "shell": "what every page stands on",
        "static": "files that pages load",
    }
)
