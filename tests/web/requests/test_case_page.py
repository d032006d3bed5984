"""A case: what is still asked for apart from what was not sent, what was given up, what is gone."""

import re

import pytest

from app.context import Context
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.sample_record import facts
from tests.web.web_client import WebClient

POST = "https://www.instagram.com/p/C7aB2cD3e{}1/"
CASE = "C-42"
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def requests(api: ApiClient, clock: ManualClock) -> dict[str, str]:
    """One request of each end: to submit, open, closed all the same, gone and seen gone."""
    named = {
        name: api.post("/takedowns", facts(CASE, POST.format(sign)))["reference"]
        for name, sign in (("unsent", "F"), ("open", "G"), ("not_removed", "H"), ("gone", "J"))
    }
    for name in ("open", "not_removed", "gone"):
        api.post(f"/takedowns/{named[name]}/submission", {"how": "form", "no_ticket": True})
    clock.advance(1)
    seen = {"kind": "seen", "availability": "gone", "vantage": "BE"}
    api.post(f"/takedowns/{named['gone']}/events", seen)
    api.post(f"/takedowns/{named['not_removed']}/events", {"kind": "closed", "reason": "No use."})
    return named


def told(page: str) -> dict[str, list[str]]:
    """The references in each part of the page."""
    _, *found = re.split(r'data-testid="part-(\w+)"', page)
    rows = r'data-testid="case-row".*?/takedowns/(TD-\w+)'
    return {
        which: re.findall(rows, part, re.S)
        for which, part in zip(found[::2], found[1::2], strict=True)
    }


def test_each_part_of_a_case_has_its_own_and_a_new_request_is_for_it(
    parts: Context, requests: dict[str, str]
) -> None:
    page = WebClient.signed_in(parts).get(f"/cases/{CASE}").text

    order = ("open", "unsent", "not_removed", "gone")
    assert told(page) == {which: [requests[which]] for which in order}
    assert list(told(page)) == list(order)
    assert f'href="/takedowns/new?case_ref={CASE}"' in page


@pytest.mark.parametrize(
    ("language", "online", "given_up"),
    [
        ("en", "online", "Closed, not removed"),
        ("nl", "online", "Afgesloten, niet verwijderd"),
        ("fr", "en ligne", "Clôture sans retrait"),
    ],
)
def test_nothing_is_called_online_that_nobody_saw(
    parts: Context, requests: dict[str, str], language: str, online: str, given_up: str
) -> None:
    visitor = WebClient.signed_in(parts)
    visitor.get(f"/language/{language}")

    case = visitor.get(f"/cases/{CASE}").text.partition("<main")[2]
    request = visitor.get(f"/takedowns/{requests['not_removed']}").text
    listed = visitor.get("/takedowns").text

    assert online not in case
    assert [page.count(given_up) > 0 for page in (case, request, listed)] == [True] * 3
