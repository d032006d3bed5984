"""What the inbox tells of since the last visit, and the rows that each number opens."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import users
from app.context import Context
from app.takedowns import queries, timeline
from app.takedowns.timeline import Actor, NewEvent
from tests.api.factories import submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.web.web_client import WebClient

TOLD = re.compile(r'data-testid="since-last-visit">(.*?)</p>', re.DOTALL)
COUNTED = re.compile(r'<a href="/inbox/since-last-visit/(\w+)">\s*(\d+)')
KINDS = ("decisions", "came_back", "replies")


@pytest.fixture
def sent(api: ApiClient, parts: Context, clock: ManualClock) -> list[str]:
    """Submitted requests, that somebody saw in the inbox before they went."""
    found = [submitted(api) for _ in range(4)]
    clock.advance(1)
    record(api, found[3], kind="decided", outcome="refused")
    record(api, found[2], kind="seen", availability="gone")
    clock.advance(0.1)
    WebClient.signed_in(parts).get("/inbox")
    return found


def record(api: ApiClient, reference: str, **event: Any) -> Any:
    return api.post(f"/takedowns/{reference}/events", event)


def told(parts: Context) -> dict[str, int]:
    """The numbers of the line, each as many as the rows it opens."""
    visitor = WebClient.signed_in(parts)
    line = TOLD.search(visitor.get("/inbox").text)
    found = {kind: int(number) for kind, number in COUNTED.findall(line[1] if line else "")}
    assert found == {kind: len(one) for kind in KINDS if (one := rows(visitor, kind))}
    return found


def rows(visitor: WebClient, kind: str) -> list[str]:
    page = visitor.get(f"/inbox/since-last-visit/{kind}").text
    return re.findall(r'data-open href="/takedowns/(TD-\w+)"', page)


def test_each_number_opens_its_rows(
    api: ApiClient, parts: Context, clock: ManualClock, sent: list[str]
) -> None:
    clock.advance(2)
    record(api, sent[0], kind="decided", outcome="removed")
    record(api, sent[0], kind="decided", outcome="disabled")
    record(api, sent[1], kind="decided", outcome="refused")
    record(api, sent[1], kind="seen", availability="live")
    record(api, sent[2], kind="seen", availability="live")
    record(api, sent[3], kind="receipt_confirmed", automatic=True)

    assert told(parts) == {"decisions": 2, "came_back": 1, "replies": 1}
    visitor = WebClient.signed_in(parts)
    assert rows(visitor, "decisions") == [sent[1], sent[0]]
    assert rows(visitor, "came_back") == [sent[2]]
    clock.advance(0.9)
    assert told(parts) == {"decisions": 2, "came_back": 1, "replies": 1}


def test_the_next_visit_begins_after_an_hour(
    api: ApiClient, parts: Context, clock: ManualClock, sent: list[str]
) -> None:
    clock.advance(0.1)
    record(api, sent[0], kind="decided", outcome="removed")
    clock.advance(0.1)
    assert told(parts) == {}  # the visit goes on, and this is seen in it
    clock.advance(0.1)
    record(api, sent[2], kind="decided", outcome="removed")
    clock.advance(1.1)
    assert told(parts) == {"decisions": 1}
    clock.advance(1.1)
    assert told(parts) == {}
    clock.advance(0.1)
    record(api, sent[1], kind="decided", outcome="removed")
    clock.advance(24)

    assert told(parts) == {"decisions": 1}


def test_what_oneself_recorded_or_somebody_took_back_is_no_news(
    api: ApiClient, parts: Context, clock: ManualClock, sent: list[str]
) -> None:
    clock.advance(2)
    event = record(api, sent[1], kind="decided", outcome="removed")
    record(api, sent[1], kind="corrected", voids=event["id"], replacement=None)
    with parts.database.write() as unit:
        name = unit.connection.scalar(select(users.c.name).where(users.c.role == "caseworker"))
        row = queries.by_reference(unit, sent[0])
        own = NewEvent("decided", {"outcome": "removed"})
        timeline.record(unit, row, own, by=Actor(str(name), "person"))

    assert told(parts) == {}


def test_a_kind_that_is_none_is_not_found(parts: Context) -> None:
    assert WebClient.signed_in(parts).get("/inbox/since-last-visit/all").status_code == 404
