"""A notice is called ready exactly when it can be sent."""

import pytest

from app.context import Context
from app.schemas.vocabularies import Purpose
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.sample_record import populate
from tests.web.web_client import WebClient

READY = 'data-testid="ready"'
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def told_and_done(visitor: WebClient, references: list[str]) -> dict[str, list[str]]:
    """What pages call ready and what is accepted, by "ready or not, accepted or not"."""
    found: dict[str, list[str]] = {}
    for purpose in Purpose:
        for reference in references:
            address = f"/takedowns/{reference}/notice"
            page = visitor.get(f"{address}?purpose={purpose}").text
            answer = visitor.post(f"{address}/submission", purpose=purpose, no_ticket="on")
            pair = f"{READY in page} {answer.status_code == 303}"
            found.setdefault(pair, []).append(f"{purpose} {reference}")
    return found


def test_ready_is_what_can_be_sent_and_nothing_else(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    references = populate(api, clock)

    found = told_and_done(WebClient.signed_in(parts), references)

    assert sorted(found) == ["False False", "True True"]
    assert min(map(len, found.values())) > 3


def test_a_badge_that_looks_at_the_words_alone_is_found(
    parts: Context, api: ApiClient, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = populate(api, clock)
    monkeypatch.setattr("app.web.notices.notice_card._obstacle", lambda *_, **_of: None)

    found = told_and_done(WebClient.signed_in(parts), references)

    assert "True False" in found


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_is_held_back_says_so_and_offers_neither_form_nor_ticket(
    parts: Context, api: ApiClient, clock: ManualClock, language: str
) -> None:
    held = populate(api, clock)[4]
    visitor = WebClient.signed_in(parts)
    visitor.get(f"/language/{language}")

    page = visitor.get(f"/takedowns/{held}/notice").text

    assert 'data-testid="obstacle"' in page
    for absent in ("ticket", "copy-next", "ready", "mark-submitted"):
        assert f'data-testid="{absent}"' not in page


def test_what_is_held_back_is_not_said_to_have_gone_out(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    references = populate(api, clock)
    visitor = WebClient.signed_in(parts)

    heading = {
        which: visitor.get(f"/takedowns/new?logged={references[at]}").text.split("<h1>")[1][:30]
        for which, at in (("answered", 0), ("to submit", 2), ("held", 4))
    }

    assert heading["answered"].startswith("All notices went out")
    assert heading["to submit"].startswith("Notices to send (1)")
    assert heading["held"].startswith("No notice to send")
