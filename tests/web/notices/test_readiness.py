"""A notice is called ready exactly when it can be sent."""

import re

import pytest
from sqlalchemy import select

from app.context import Context
from app.schemas.vocabularies import Purpose
from app.takedowns.models import takedowns
from tests.databases import Story
from tests.sample_record import populate
from tests.web.web_client import WebClient

READY = 'data-testid="ready"'
NEW_TAB = re.compile(
    r'href="([^"]+)" target="_blank" rel="noreferrer noopener"\s+referrerpolicy="no-referrer"'
)
LEADS_AWAY = re.compile(r'href="(https?://[^"]+)"')
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def visitor(parts: Context) -> WebClient:
    return WebClient.signed_in(parts)


def references(parts: Context, *stages: str) -> list[str]:
    """The takedowns of the record, or those in these stages."""
    query = select(takedowns.c.reference).order_by(takedowns.c.id)
    query = query.where(takedowns.c.stage.in_(stages)) if stages else query
    with parts.database.read() as unit:
        return list(unit.connection.scalars(query))


def told_and_done(visitor: WebClient, among: list[str]) -> dict[str, list[str]]:
    """What pages call ready and what is accepted, by "ready or not, accepted or not"."""
    found: dict[str, list[str]] = {}
    for purpose in Purpose:
        for reference in among:
            address = f"/takedowns/{reference}/notice"
            page = visitor.get(f"{address}?purpose={purpose}").text
            answer = visitor.post(f"{address}/submission", purpose=purpose, no_ticket="on")
            pair = f"{READY in page} {answer.status_code == 303}"
            found.setdefault(pair, []).append(f"{purpose} {reference}")
    return found


def test_ready_is_what_can_be_sent_and_nothing_else(parts: Context, visitor: WebClient) -> None:
    found = told_and_done(visitor, references(parts))

    assert sorted(found) == ["False False", "True True"]
    assert min(map(len, found.values())) > 3


@pytest.mark.slow
def test_a_badge_that_looks_at_the_words_alone_is_found(
    parts: Context, visitor: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.notices.notice_card._obstacle", lambda *_, **_of: None)

    assert "True False" in told_and_done(visitor, references(parts))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_is_held_back_says_so_and_offers_neither_form_nor_ticket(
    parts: Context, visitor: WebClient, language: str
) -> None:
    [held] = references(parts, "held")
    visitor.get(f"/language/{language}")

    page = visitor.get(f"/takedowns/{held}/notice").text

    assert 'data-testid="obstacle"' in page
    for absent in ("ticket", "copy-next", "ready", "mark-submitted"):
        assert f'data-testid="{absent}"' not in page


def test_a_request_to_be_sent_leads_to_the_platforms_own_form_and_nowhere_else(
    parts: Context, visitor: WebClient
) -> None:
    known = parts.workspace.catalogue.platforms.values()
    forms = {channel.form_url for platform in known for channel in platform.channels}
    drafts = references(parts, "draft")

    pages = [visitor.get(f"/takedowns/{reference}").text for reference in drafts]
    ways = [LEADS_AWAY.findall(page) for page in pages]

    assert drafts
    assert {way for [way] in ways} <= forms - {None}
    assert [NEW_TAB.findall(page) for page in pages] == ways


@pytest.mark.parametrize(
    ("stage", "heading"),
    [
        ("decided", "All notices went out"),
        ("draft", "Notices to send (1)"),
        ("held", "No notice to send"),
    ],
)
def test_what_is_held_back_is_not_said_to_have_gone_out(
    parts: Context, visitor: WebClient, stage: str, heading: str
) -> None:
    reference = references(parts, stage)[0]

    page = visitor.get(f"/takedowns/new?logged={reference}").text

    assert page.split("<h1>")[1].startswith(heading)
