"""What passed between us and a platform, corrections heeded."""

import pytest
from sqlalchemy import select

from app.context import Context
from app.kit.database import Unit
from app.takedowns import correspondence, queries
from app.takedowns.correspondence import Contact
from app.takedowns.models import takedowns
from app.takedowns.replay_order import standing
from tests import random_histories
from tests.api.factories import OTHER_POST_URL, record, submitted
from tests.api_client import ApiClient
from tests.examples import later
from tests.factories import ManualClock
from tests.random_histories import HistoryWriter


def test_the_last_contacts_are_those_that_stand_newest_first(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    reference = submitted(api)
    clock.advance(1)
    record(api, reference, "receipt_confirmed", automatic=True)
    clock.advance(1)
    voided = record(api, reference, "decided", outcome="refused")
    record(api, reference, "seen", availability="live")
    clock.advance(1)
    replacement = {"happened_at": "2026-03-02T10:30:00Z", "outcome": "removed"}
    record(api, reference, "corrected", voids=voided["id"], replacement=replacement)
    clock.advance(1)
    submitted(api, urls=["https://www.tiktok.com/@zz.fixture/video/7312345678901234567"])

    with parts.database.read() as unit:
        found = correspondence.last_contacts(unit, "instagram", 5)
        last = correspondence.last_contacts(unit, "instagram", 1)

    assert [(one.kind, one.happened_at.hour, one.is_ours) for one in found] == [
        ("decided", 10, False),
        ("receipt_confirmed", 10, False),
        ("submitted", 9, True),
    ]
    assert {one.reference for one in found} == {reference}
    assert last == found[:1]


@pytest.mark.parametrize(
    ("address", "seed"),
    [("sqlite", 4), later("sqlite", 9), ("postgresql", 6)],
    indirect=["address"],
)
def test_the_last_contacts_are_those_of_all_timelines(
    api: ApiClient,
    clock: ManualClock,
    parts: Context,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(correspondence, "AT_ONCE", 3)
    HistoryWriter(api, clock, seed, most=60).tell(steps=220)

    with parts.database.read() as unit:
        for platform in random_histories.PLATFORMS:
            expected = all_contacts(unit, platform)
            assert len(expected) > 5
            for count in (1, 2, 5, 12, len(expected) + 1):
                found = correspondence.last_contacts(unit, platform, count)
                assert found == expected[:count]


def all_contacts(unit: Unit, platform: str) -> list[Contact]:
    """Every message that stands, of whole timelines, the newest first."""
    query = select(takedowns.c.id, takedowns.c.reference).where(takedowns.c.platform == platform)
    references = {row.id: row.reference for row in unit.connection.execute(query)}
    found = [
        Contact(event.happened_at, event.number, event.kind, references[takedown_id])
        for takedown_id, entries in queries.events_of(unit, references).items()
        for event in standing([entry.event for entry in entries])
        if event.kind in correspondence.CONTACTS
    ]
    return sorted(found, reverse=True)


def test_refusals_tell_whether_there_is_a_reason_to_read(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    silent, spoken = submitted(api), submitted(api, urls=[OTHER_POST_URL])
    clock.advance(1)
    record(api, silent, "decided", outcome="refused", ground="terms")
    clock.advance(1)
    record(api, spoken, "decided", outcome="refused", reason="It is within our terms.")

    with parts.database.read() as unit:
        found = correspondence.refusals(unit, [silent, spoken])

    assert [(one.takedown.reference, one.has_reason) for one in found] == [
        (spoken, True),
        (silent, False),
    ]


def test_tickets_are_told_in_order(api: ApiClient, parts: Context) -> None:
    reference = submitted(api)
    record(api, reference, "receipt_confirmed", automatic=True, ticket_id="88-1")
    record(api, reference, "receipt_confirmed", automatic=False, ticket_id="88-2")

    with parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        assert correspondence.tickets_of(unit, [row.id]) == {row.id: ["88-1", "88-2"]}
        assert queries.by_references(unit, ["TD-222222"]) == []
