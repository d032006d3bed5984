"""What passed between us and a platform, corrections heeded."""

from app.context import Context
from app.takedowns import correspondence, queries
from tests.api.factories import OTHER_POST_URL, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock


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
