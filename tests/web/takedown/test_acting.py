"""Looking at a takedown assigns nothing; the first act does, and refused ones are none."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import users
from app.context import Context
from app.schemas.vocabularies import EventKind
from app.takedowns import assignments, queries
from app.takedowns.models import claims as claims_table
from app.web.shell import assigning
from app.web.shell.request_context import Visit
from app.web.takedown import actions, takedown_page
from tests.api_client import ApiClient
from tests.factories import EIGHT_LINKS, ManualClock
from tests.web.pages import pages
from tests.web.web_client import WebClient

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
OF_ONE = ("/takedowns/{reference}", "/takedowns/{reference}/notice")
AROUND = ("/inbox", "/inbox/next", "/inbox/reminders", "/inbox/news", "/takedowns", "/search")


@pytest.fixture
def drafted(api: ApiClient) -> str:
    body = {
        "case_ref": "C-1",
        "category": "csam",
        "urls": [EIGHT_LINKS[0]],
        "explanation": "Assessed.",
        "include_identity": True,
    }
    return str(api.post("/takedowns", body)["reference"])


@pytest.fixture
def submitted(api: ApiClient, clock: ManualClock, drafted: str) -> str:
    """Submitted thirty hours ago, and silent since."""
    api.post(f"/takedowns/{drafted}/submission", {"how": "form", "ticket_id": "T-1"})
    clock.advance(30)
    return drafted


def whose(parts: Context, reference: str) -> str | None:
    """The role of the person who has it."""
    with parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        held = assignments.of(unit, [row.id]).get(row.id)
        if held is None:
            return None
        role: str = unit.connection.scalar(select(users.c.role).where(users.c.id == held.user_id))
        return role


def look_everywhere(parts: Context, reference: str) -> None:
    """The promise: whatever page is looked at, nobody has anything then."""
    visitor = WebClient.signed_in(parts, "admin")
    own = {"reference": reference, "number": "1", "case_ref": "C-1", "platform": "instagram"}
    answers = {
        page.path: visitor.get(
            re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: own.get(name[1], "x"), page.path)
        ).status_code
        for page in pages()
        if page.method == "GET"
    }

    assert {answers[path] for path in (*OF_ONE, *AROUND)} == {200, 303}
    with parts.database.read() as unit:
        assert unit.connection.execute(select(claims_table)).all() == []


@on_sqlite
def test_whatever_page_is_looked_at_nobody_has_anything(parts: Context, submitted: str) -> None:
    look_everywhere(parts, submitted)


@pytest.mark.slow
@on_sqlite
def test_a_page_that_claims_what_is_looked_at_is_found(
    parts: Context, submitted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = takedown_page.show

    def claiming(visit: Visit, reference: str, *given: Any, **more: Any) -> Any:
        with assigning.on(visit, reference):
            pass
        return show(visit, reference, *given, **more)

    monkeypatch.setattr(takedown_page, "show", claiming)

    with pytest.raises(AssertionError):
        look_everywhere(parts, submitted)


# What each form about a takedown is: an act, or a look, or a word about who has it.
ACTS = {
    "/inbox/reminders/{reference}/off",
    "/takedowns/{reference}/act/{action}",
    "/takedowns/{reference}/events/{number}",
    "/takedowns/{reference}/facts",
    "/takedowns/{reference}/items/{number}/back",
    "/takedowns/{reference}/notice/edits",
    "/takedowns/{reference}/notice/reason",
    "/takedowns/{reference}/notice/recipient",
    "/takedowns/{reference}/notice/reset",
    "/takedowns/{reference}/notice/submission",
}
LOOKS = {
    "/takedowns/{reference}/facts/reveal",
    "/takedowns/{reference}/items/{number}/copy",
    "/takedowns/{reference}/items/{number}/open",
    "/takedowns/{reference}/items/{number}/reveal",
    "/takedowns/{reference}/notice/copy",
    "/takedowns/{reference}/notice/words",
    "/takedowns/{reference}/notices/{number}",
    "/takedowns/{reference}/notices/{number}/copy",
    "/takedowns/{reference}/reply",
    "/takedowns/{reference}/reveal",
}
OF_SOMETHING_ELSE = {
    "/takedowns/{reference}/claim",
    "/takedowns/{reference}/handover",  # a line for whoever goes on
    "/takedowns/{reference}/items/{number}/again",  # logs another
    "/takedowns/{reference}/notice/form-changed",  # tells of the platform's form
    "/takedowns/{reference}/notice/form-right",  # so does this
    "/takedowns/{reference}/release",
    "/takedowns/{reference}/wait",
    "/takedowns/{reference}/wait/end",
}


def test_every_form_about_a_takedown_is_an_act_or_none() -> None:
    forms = {page.path for page in pages() if page.method == "POST" and "{reference}" in page.path}

    assert forms == ACTS | LOOKS | OF_SOMETHING_ELSE


def note(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/takedowns/{reference}/act/note", **{"note-text": "Called them."})


def correct(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/takedowns/{reference}/events/2", ticket_id="T-9", why="Copied the wrong one.")


def remind(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/takedowns/{reference}/notice/submission", purpose="reminder")


def explain(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/takedowns/{reference}/notice/reason", purpose="withdrawal", reason="A copy.")


def prepare(visitor: WebClient, reference: str) -> None:
    visitor.post("/inbox/bulk/apply", action="chase", reference=reference)


def look_once_for_many(visitor: WebClient, reference: str) -> None:
    visitor.post("/inbox/bulk/apply", action="live", reference=reference)


def take_off(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/inbox/reminders/{reference}/off")


def submit(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/takedowns/{reference}/notice/submission", ticket_id="T-1")


def word(visitor: WebClient, reference: str) -> None:
    shown = visitor.post(f"/takedowns/{reference}/notice/words").text
    seen = re.search(r'name="seen" value="([^"]*)"', shown)
    assert seen is not None
    here = f"/takedowns/{reference}/notice"
    visitor.post(f"{here}/edits", seen=seen[1], **{"field-explanation": "Our own words."})


def reset(visitor: WebClient, reference: str) -> None:
    visitor.post(f"/takedowns/{reference}/notice/reset")


def change(visitor: WebClient, reference: str) -> None:
    form = visitor.get(f"/takedowns/{reference}/facts").text
    told = {
        "version": re.search(r'name="version" value="(\d+)"', form)[1],  # type: ignore[index]
        "case_ref": "C-2", "category": "csam", "language": "en", "ai_generated": "unknown",
        "basis": "article_16",
    }  # fmt: skip
    visitor.post(f"/takedowns/{reference}/facts", **told)


@on_sqlite
@pytest.mark.parametrize(
    "act",
    [note, correct, remind, explain, prepare, look_once_for_many, take_off],
    ids=lambda act: act.__name__,
)
def test_who_does_something_to_a_request_has_it_from_then(
    parts: Context, submitted: str, act: Callable[[WebClient, str], None]
) -> None:
    before = whose(parts, submitted)

    act(WebClient.signed_in(parts), submitted)

    assert (before, whose(parts, submitted)) == (None, "caseworker")


@on_sqlite
@pytest.mark.parametrize("act", [submit, word, reset, change, note], ids=lambda act: act.__name__)
def test_who_does_something_to_a_draft_has_it_from_then(
    parts: Context, drafted: str, act: Callable[[WebClient, str], None]
) -> None:
    before = whose(parts, drafted)

    act(WebClient.signed_in(parts), drafted)

    assert (before, whose(parts, drafted)) == (None, "caseworker")


@on_sqlite
def test_what_was_refused_or_only_revealed_is_no_act(parts: Context, submitted: str) -> None:
    visitor, here = WebClient.signed_in(parts), f"/takedowns/{submitted}"
    answers = [
        visitor.post(f"{here}/act/note"),
        visitor.post(f"{here}/events/2", ticket_id="T-1", why="No reason."),
        visitor.post(f"{here}/notice/submission", ticket_id="T-1"),
        visitor.post(f"{here}/notice/reason", purpose="withdrawal"),
        visitor.post("/inbox/bulk", action="chase", reference=submitted),
        visitor.post(f"{here}/reveal"),
        visitor.post(f"{here}/items/1/copy"),
        visitor.post(f"{here}/notice/words", purpose="reminder"),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 409, 422, 200, 200, 200, 200]
    assert whose(parts, submitted) is None


@on_sqlite
def test_who_has_it_keeps_it_when_another_does_something(parts: Context, submitted: str) -> None:
    note(WebClient.signed_in(parts), submitted)

    note(WebClient.signed_in(parts, "manager"), submitted)

    assert whose(parts, submitted) == "caseworker"


@on_sqlite
def test_what_is_over_is_nobodys(parts: Context, submitted: str) -> None:
    WebClient.signed_in(parts).post(f"/takedowns/{submitted}/act/close")

    assert whose(parts, submitted) is None


@on_sqlite
def test_an_action_of_a_kind_that_has_no_panel_of_its_own_is_made_of_its_shape(
    parts: Context, api: ApiClient, submitted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(actions.ACTIONS, "escalated", actions.plain(EventKind.ESCALATED))
    visitor = WebClient.signed_in(parts)
    address = f"/takedowns/{submitted}/act/escalated"

    panel = visitor.get(f"/takedowns/{submitted}").text.split('id="act-escalated"')[1]
    refused = visitor.post(address, **{"escalated-text": "Called them."})
    told = visitor.post(address, **{"escalated-to": "police", "escalated-text": "Called them."})
    said = visitor.get(visitor.at(told)).text

    assert re.findall(r"<summary>(.*?)</summary>", panel)[0] == "Escalated"
    assert re.findall(r' name="(escalated-[\w-]+)"', panel) == [
        "escalated-to", "escalated-text", "escalated-happened_at",
    ]  # fmt: skip
    assert (refused.status_code, 'href="#escalated-to"' in refused.text) == (422, True)
    assert "<p>Recorded: Escalated.</p>" in said
    [event] = [
        one
        for one in api.get(f"/takedowns/{submitted}/events")["data"]
        if one["kind"] == "escalated"
    ]
    assert (event["data"]["to"], event["data"]["text"]) == ("police", "Called them.")
