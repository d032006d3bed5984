"""Saved views: filters under a name, each person's own, that are addresses to hand on."""

import re

import pytest

from app.context import Context
from app.web.inbox.saved_views import LONGEST, MOST
from tests.web.web_client import WebClient

LINK = re.compile(r'<li><a href="(/inbox[^"]*)"( aria-current="page")?>([^<]*)</a></li>')
VIEW = "/inbox?turn=all&mine=1&platform=tiktok"
QUERY = "?turn=all&mine=1&platform=tiktok"


@pytest.fixture
def visitor(parts: Context) -> WebClient:
    visitor = WebClient.signed_in(parts)
    visitor.get("/inbox")
    return visitor


def views(visitor: WebClient, path: str = "/inbox") -> list[tuple[str, bool, str]]:
    page = visitor.get(path).text
    nav = page.partition('<nav class="periods"')[2].partition("</nav>")[0]
    found = LINK.findall(nav)
    return [(address.replace("&amp;", "&"), bool(mark), name) for address, mark, name in found]


def test_a_view_is_saved_shown_and_removed(visitor: WebClient) -> None:
    answer = visitor.post(f"/inbox/views{QUERY}", name="  Mine on <TikTok>  ")

    assert visitor.at(answer) == VIEW
    assert views(visitor) == [(VIEW, False, "Mine on &lt;TikTok&gt;")]
    assert views(visitor, VIEW) == [(VIEW, True, "Mine on &lt;TikTok&gt;")]
    answer = visitor.post(f"/inbox/views/remove{QUERY}")
    assert visitor.at(answer) == VIEW
    assert views(visitor) == []


def test_a_view_is_of_one_person_and_its_address_of_everybody(
    visitor: WebClient, parts: Context
) -> None:
    visitor.post(f"/inbox/views{QUERY}", name="Mine")
    manager = WebClient.signed_in(parts, "manager")

    assert views(manager) == []
    page = manager.get(VIEW).text
    assert re.search(r'value="1" checked', page)
    assert re.search(r'<option value="tiktok" selected', page)


def test_what_is_no_view_is_not_saved(visitor: WebClient) -> None:
    visitor.post("/inbox/views", name="Everything")
    visitor.post(f"/inbox/views{QUERY}", name="   ")
    visitor.post(f"/inbox/views{QUERY}&after=x&next=//elsewhere", name="n" * (LONGEST + 1))
    visitor.post(f"/inbox/views{QUERY}", name="The same again")

    assert views(visitor) == [(VIEW, False, "n" * LONGEST)]


def test_there_is_an_end_to_them(visitor: WebClient) -> None:
    platforms = ("tiktok", "x", "instagram", "snapchat", "discord", "facebook", "youtube")
    for turn in ("all", "platform"):
        for platform in platforms:
            visitor.post(f"/inbox/views?turn={turn}&platform={platform}", name=f"{turn} {platform}")

    assert len(views(visitor)) == MOST < 2 * len(platforms)
