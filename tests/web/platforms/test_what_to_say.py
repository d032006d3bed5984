"""What to say to a platform next time: for each request one matter, read from its record."""

import html
import re
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.context import Context
from tests.api.factories import record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
POST = "https://www.instagram.com/p/C7aB2cD3e{:02}/"
MATTER = re.compile(
    r'data-testid="said-(\w+)">(.*?)href="/takedowns/([-\w]+)"(.*?)</li>', re.DOTALL
)
REFUSAL = {"outcome": "refused"}
REMINDED: tuple[str, dict[str, Any]] = ("reminder", {})
LIVE = ("seen", {"availability": "live"})
GONE = ("seen", {"availability": "gone"})
REMOVED = ("decided", {"outcome": "removed"})
ASKED = ("information_requested", {"text": "Which account?"})
# What happens to a request, an hour apart; what to say of it, and in which words.
STORIES: tuple[tuple[list[tuple[str, dict[str, Any]]], str | None, str], ...] = (
    ([], "waiting", "Nothing came back."),
    ([("receipt_confirmed", {"automatic": True})], "waiting", "The first reply came on"),
    ([ASKED], "asked_us", "We have not answered yet."),
    ([ASKED, ("information_sent", {"text": "That one."})], "waiting", "The first reply came on"),
    ([GONE, LIVE], "back_online", "It was gone. We saw it online again on"),
    ([REMOVED, LIVE], "still_online", "Removed according to the platform on"),
    ([REMINDED], "written_again", "We sent a reminder on"),
    ([REMINDED, ("receipt_confirmed", {"automatic": True})], "waiting", "The first reply came on"),
    ([("decided", REFUSAL | {"ground": "terms"})], "refused", "by the platform's terms. No reason"),
    ([("decided", REFUSAL | {"ground": "law"})], "refused", "by the law. No reason is recorded"),
    ([("decided", REFUSAL)], "refused", "Neither ground nor reason is recorded"),
    ([("decided", REFUSAL | {"reason": "No."})], "refused", "The reason stands at the request."),
    ([("decided", REFUSAL), ("complaint", {})], "written_again", "We complained on"),
    ([REMOVED, GONE], None, ""),
    ([("decided", REFUSAL), ("closed", {"reason": "Settled."})], None, ""),
    ([("withdrawn", {"reason": "A mistake."})], None, ""),
)


def told(api: ApiClient, clock: ManualClock, number: int) -> str:
    """Log a request and tell its story; what a message of ours needs goes out as a notice."""
    reference = submitted(api, urls=[POST.format(number)])
    for kind, data in STORIES[number][0]:
        clock.advance(1)
        if kind in ("reminder", "complaint"):
            body = {"purpose": kind, "how": "form", "no_ticket": True, "reason": "It is abuse."}
            body = body if kind == "complaint" else {k: v for k, v in body.items() if k != "reason"}
            api.post(f"/takedowns/{reference}/notices", body)
        else:
            record(api, reference, kind, **data)
    return reference


def matters(page: str) -> dict[str, tuple[str, str]]:
    """The topic and the words of each matter, by its request."""
    return {
        reference: (topic, " ".join(html.unescape(re.sub("<[^>]+>", "", before + after)).split()))
        for topic, before, reference, after in MATTER.findall(page)
    }


def test_of_each_request_the_gravest_matter_is_said(
    parts: Context, api: ApiClient, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.metrics.next_talk.LINES", len(STORIES))
    references = [told(api, clock, number) for number in range(len(STORIES))]
    clock.advance(1)

    page = WebClient.signed_in(parts, "manager").get("/platforms/instagram").text

    found = matters(page)
    assert [found.get(one, (None, ""))[0] for one in references] == [
        topic for _, topic, _ in STORIES
    ]
    assert [
        (words, found[one][1])
        for one, (_, topic, words) in zip(references, STORIES, strict=True)
        if topic and words not in found[one][1]
    ] == []
    assert "C7aB2cD3e" not in page
    assert "Which account?" not in page


def test_a_page_takes_as_many_statements_for_many_requests_as_for_one(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    visitor = WebClient.signed_in(parts, "manager")
    made: list[str] = []

    def seen(*told: Any) -> None:
        made.append(told[2])

    def taken(path: str) -> int:
        visitor.get(path)
        made.clear()
        event.listen(Engine, "before_cursor_execute", seen)
        visitor.get(path)
        event.remove(Engine, "before_cursor_execute", seen)
        return len(made)

    found = []
    for numbers in (range(40, 41), range(41, 46)):
        for number in numbers:
            record(api, submitted(api, urls=[POST.format(number)]), "decided", outcome="refused")
            submitted(api, urls=[POST.format(number + 10)])
            clock.advance(1)
        paths = ("/platforms/instagram", "/platforms/instagram/sheet")
        found.append([taken(path) for path in paths])

    assert found[0] == found[1]
    assert min(found[0]) > 0


def test_three_are_said_of_a_kind_and_that_there_are_more(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    references = []
    for number in range(20, 24):
        references.append(submitted(api, urls=[POST.format(number)]))
        clock.advance(1)
    visitor = WebClient.signed_in(parts, "manager")

    page = visitor.get("/platforms/instagram").text

    assert list(matters(page)) == references[:3]
    assert "There are more of these." in page
    assert matters(visitor.get("/platforms/instagram/sheet").text) == {}  # it has a table of these


def test_a_sheet_lists_what_is_open_newest_refusals_first_and_apart_what_we_closed(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    made = [submitted(api, urls=[POST.format(number)]) for number in (30, 31, 32)]
    for reference in made:
        clock.advance(1)
        record(api, reference, "decided", outcome="refused")
    first, last, closed = made
    record(api, closed, "closed", reason="Settled.")
    clock.advance(1)

    sheet = WebClient.signed_in(parts, "manager").get("/platforms/instagram/sheet").text

    sections = {
        name: re.findall(r"/takedowns/([-\w]+)", text)
        for name, text in re.findall(r'aria-labelledby="(\w+)">(.*?)</section>', sheet, re.DOTALL)
    }
    assert (sections["refusals"], sections["closed"]) == ([last, first], [closed])


def test_of_more_than_are_read_what_would_be_said_first_is_said(
    parts: Context, api: ApiClient, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.metrics.next_talk.READ", 1)
    _, asking, refused, refused_later = (
        submitted(api, urls=[POST.format(number)]) for number in range(60, 64)
    )
    for reference, kind, data in (
        (asking, *ASKED),
        (refused, "decided", REFUSAL),
        (refused_later, "decided", REFUSAL),
    ):
        clock.advance(1)
        record(api, reference, kind, **data)
    clock.advance(1)

    page = WebClient.signed_in(parts, "manager").get("/platforms/instagram").text

    assert {one: topic for one, (topic, _) in matters(page).items()} == {
        asking: "asked_us",
        refused_later: "refused",
    }
