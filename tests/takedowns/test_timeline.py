from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, delete, insert, select, update

from app.kit.database import Database, Unit
from app.kit.errors import Conflict, NotAllowedNow
from app.schemas.facts import Facts
from app.takedowns import (
    cache,
    details,
    intake,
    queries,
    same_content,
    timeline,
    verification,
)
from app.takedowns.intake import NewItem, NewTakedown
from app.takedowns.models import events, lookups, takedowns
from app.takedowns.timeline import NewEvent, Recorded
from tests.factories import START, ManualClock
from tests.takedowns.conftest import CASE_SYSTEM, new_takedown

Record = Callable[..., Recorded]


def test_what_is_logged_is_found_by_content_and_by_account(
    database: Database, reference: str
) -> None:
    with database.read() as unit:
        found = same_content.history(unit, ["instagram content  abc"])
        [known] = found["instagram content  abc"]

    assert (known.reference, known.state, known.stage) == (reference, "draft", "draft")


def test_secrets_lie_sealed_and_open_again(
    database: Database, reference: str, record: Record
) -> None:
    record("submitted", ticket_id="#12 AB")
    record("noted", text="a note")

    with database.read() as unit:
        row = queries.by_reference(unit, reference)
        [item] = queries.items_of(unit, [row])[row.id]
        secrets = queries.secrets_of(unit, queries.events_of(unit, [row.id])[row.id])
        explanation = queries.explanations_of(unit, [row])[row.id]

    assert (item.url, item.account) == ("https://www.instagram.com/p/abc", "Zed")
    assert secrets == {2: {"ticket_id": "#12 AB"}, 3: {"text": "a note"}}
    assert explanation == "Assessed."


def test_rows_follow_the_timeline(
    database: Database, clock: ManualClock, reference: str, record: Record
) -> None:
    clock.advance(1)
    record("submitted")
    clock.advance(5)
    record("decided", outcome="removed", ground="law")

    with database.read() as unit:
        row = queries.by_reference(unit, reference)

    assert (row.stage, row.whose_turn, row.next_step) == ("decided", "us", "check")
    assert (row.submitted_at, row.gone_at) == (clock.now - timedelta(hours=5), clock.now)
    assert details.hours(row).our_hours == 1


def test_an_impossible_event_leaves_nothing(
    database: Database, reference: str, record: Record
) -> None:
    with pytest.raises(NotAllowedNow):
        record("decided", outcome="removed")

    with database.read() as unit:
        assert unit.connection.scalars(select(events.c.kind)).all() == ["logged"]


def test_recording_never_goes_back_in_time(
    database: Database, clock: ManualClock, reference: str, record: Record
) -> None:
    clock.advance(2)
    record("submitted")
    clock.advance(-1)

    later = record("noted", text="the clock was set back").entry

    assert later.event.recorded_at == clock.now + timedelta(hours=1)


def test_the_mere_passing_of_time_moves_the_next_step(
    database: Database, clock: ManualClock, reference: str, record: Record
) -> None:
    record("submitted")
    with database.read() as unit:
        assert queries.by_reference(unit, reference).next_step == "wait"

    clock.advance(24)
    cache.catch_up(database)

    with database.read() as unit:
        row = queries.by_reference(unit, reference)
        assert (row.whose_turn, row.next_step) == ("us", "chase")
        assert list(verification.cache_faults(unit)) == []


def test_an_external_ref_is_taken_once_on_a_platform(database: Database) -> None:
    facts = Facts(case_ref="CASE-1", category="csam", basis="article_16", external_ref="EXT-1")
    with database.write() as unit:
        first = intake.log(unit, new_takedown(facts=facts), by=CASE_SYSTEM).reference

    with pytest.raises(Conflict) as taken, database.write() as unit:
        intake.log(unit, new_takedown(facts=facts), by=CASE_SYSTEM)
    with database.write() as unit:
        intake.log(unit, new_takedown(facts=facts, platform="x"), by=CASE_SYSTEM)

    assert (taken.value.code, taken.value.references) == ("external_ref_taken", (first,))


def of_a_site(site: str) -> NewTakedown:
    url = f"https://{site}.example/1"
    item = NewItem(f"other url {url}", "other", url=url, canonical_url=url)
    facts = Facts(case_ref="CASE-1", category="csam", basis="article_16", external_ref="EXT-1")
    return new_takedown(platform="other", provider="Other provider", facts=facts, items=[item])


def log_as_before(unit: Unit, new: NewTakedown, monkeypatch: pytest.MonkeyPatch) -> Row[Any]:
    """Log as the version did that knew neither products nor recipients, and indexed no sites."""
    told = intake._logged

    def told_less(*args: Any, **named: Any) -> NewEvent:
        event = told(*args, **named)
        data = {k: v for k, v in event.data.items() if k not in ("product", "recipient_sha256")}
        return event._replace(data=data)

    with monkeypatch.context() as patched:
        patched.setattr(intake, "_logged", told_less)
        patched.setattr(intake, "site_keys", lambda *_: [])
        return intake.log(unit, new, by=CASE_SYSTEM)


def test_what_was_logged_before_sites_were_indexed_holds_and_may_be_of_any(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as unit:
        older = log_as_before(unit, of_a_site("a"), monkeypatch)
    with pytest.raises(Conflict) as taken, database.write() as unit:
        intake.log(unit, of_a_site("b"), by=CASE_SYSTEM)
    with database.read() as unit:
        before = list(verification.cache_faults(unit))

    # An upgrade may index it: it is then of its own site alone.
    with database.write() as unit:
        [(what, key)] = intake.site_keys(unit, "other", "https://a.example/1")
        told = {"takedown_id": older.id, "what": what, "key": key, "item": 1}
        unit.connection.execute(insert(lookups), told)
        intake.log(unit, of_a_site("b"), by=CASE_SYSTEM)

    assert taken.value.references == (older.reference,)
    with database.read() as unit:
        assert (before, list(verification.cache_faults(unit))) == ([], [])
        row = queries.by_reference(unit, older.reference)
        assert (row.provider, row.product, row.recipient) == (None, None, None)


@pytest.mark.parametrize("change", ["lost", "another"])
def test_a_site_that_is_not_in_the_index_as_it_should_be_is_found(
    database: Database, change: str
) -> None:
    with database.write() as unit:
        intake.log(unit, of_a_site("a"), by=CASE_SYSTEM)
        of_site = lookups.c.what == "host"
        if change == "lost":
            unit.connection.execute(delete(lookups).where(of_site))
        else:
            key = intake.site_key(unit, "b.example")
            unit.connection.execute(update(lookups).where(of_site).values(key=key))

    with database.read() as unit:
        assert [fault.detail for fault in verification.cache_faults(unit)] == [
            "its blind index is not what its items and tickets give"
        ]


def test_tickets_are_listed_as_told_and_found_however_they_are_spelled(
    database: Database, reference: str, record: Record
) -> None:
    record("submitted", ticket_id="1")
    record("receipt_confirmed", automatic=True, ticket_id="#1")

    with database.read() as unit:
        row = unit.connection.execute(select(takedowns)).one()
        entries = queries.events_of(unit, [row.id])[row.id]
        told = queries.secrets_of(unit, entries)

    assert timeline.ticket_ids(entries, told) == ["1", "#1"]
    assert timeline.ticket_key(" #12 ab ") == timeline.ticket_key("12AB")
    assert row.created_at == START
