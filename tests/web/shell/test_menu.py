"""The menu is one list: bar, keys, help, routers and folders go by it."""

import re

from app.accounts.permissions import RIGHTS
from app.context import Context
from app.web import application
from app.web.help.keys import KEYS
from app.web.shell import menu
from app.web.shell.rendering import WEB
from tests.web.web_client import WebClient


def test_each_folder_is_a_menu_entry_or_said_not_to_be() -> None:
    folders = {path.name for path in WEB.iterdir() if path.is_dir() and path.name[0] != "_"}

    entries = {entry.folder for entry in menu.ENTRIES}
    assert entries | menu.NO_ENTRY.keys() == folders
    assert entries & menu.NO_ENTRY.keys() == set()


def test_each_folder_with_pages_has_its_routers() -> None:
    with_pages = {
        path.parent.name for path in WEB.glob("*/*.py") if "\nrouter =" in path.read_text()
    }

    assert application.PAGES.keys() == with_pages
    assert {
        page.__name__.split(".")[-2]: folder
        for folder, pages in application.PAGES.items()
        for page in pages
    } == {folder: folder for folder in with_pages}


def test_each_entry_leads_to_a_page_of_its_folder() -> None:
    for entry in menu.ENTRIES:
        paths = {
            route.path for page in application.PAGES[entry.folder] for route in page.router.routes
        }
        assert entry.address in paths


def test_the_bar_shows_what_a_person_may_and_where_one_is(parts: Context) -> None:
    shown = {}
    for role in ("caseworker", "manager", "admin"):
        bar = WebClient.signed_in(parts, role).get("/metrics").text.partition("</nav>")[0]
        shown[role] = re.findall(r'<li><a href="(/[a-z]+)"', bar)
    audit = WebClient.signed_in(parts, "admin").get("/audit").text

    assert shown == {
        role: [entry.address for entry in menu.BAR if entry.right in RIGHTS[role]] for role in shown
    }
    assert shown["admin"] == [entry.address for entry in menu.BAR]
    assert "/reports" in set(shown["manager"]) - set(shown["caseworker"])
    assert 'href="/admin" aria-current="page"' in audit


def test_no_two_entries_have_the_same_key_and_the_help_lists_each() -> None:
    keys = [key for entry in menu.ENTRIES for key in entry.keys]
    told = [key for key, _ in KEYS[0][1]]

    assert len(keys) == len(set(keys))
    assert [key for key in told if key in keys] == [
        entry.keys[0] for entry in menu.ENTRIES if entry.keys
    ]
