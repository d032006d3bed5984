"""A clock that ran ahead once hides nothing that follows, and is warned about."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import audit, people
from app.accounts.audit import Wanted
from app.context import Context
from app.kit.database import Database
from app.metrics import cohort_reading
from app.metrics.questions import Question
from app.takedowns import assignments, cache, inbox_order, queries, snoozes
from app.takedowns.inbox_order import Wanted as WantedInbox
from app.takedowns.models import takedowns
from tests.api.factories import TAKEDOWN, logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import START, ManualClock
from tests.server_process import (
    WRONG_CLOCK,
    Server,
    admin_session,
    clock_offset_file,
    made_ready,
    serving,
)
from tests.web.web_client import WebClient

AHEAD = timedelta(days=730)
HOUR = timedelta(hours=1)
LINK = "https://www.tiktok.com/@zz.fixture/video/731234567890123450{}"
EMAIL = "aloe@hotline.example"


@pytest.fixture
def four(api: ApiClient, clock: ManualClock) -> list[str]:
    """Four takedowns: the second was submitted while the clock ran two years ahead."""
    found = [submitted(api, urls=[LINK.format(1)])]
    clock.now += AHEAD
    found.append(submitted(api, urls=[LINK.format(2)]))
    clock.now = START + timedelta(hours=1)
    found += [submitted(api, urls=[LINK.format(number)]) for number in (3, 4)]
    return found


def test_every_number_list_and_feed_counts_what_follows(
    api: ApiClient, parts: Context, four: list[str]
) -> None:
    [group] = api.get("/metrics/response-times")["groups"]
    rows = api.get("/takedowns?limit=100")["data"]
    feed = api.get("/events?limit=100")["data"]
    page = WebClient.signed_in(parts, "manager").get(
        "/metrics/rows?figure=takedowns&from=1990-01-01"
    )
    inboxed = WebClient.signed_in(parts).get("/inbox?turn=all")

    assert group["takedowns"] == 4
    assert [row["reference"] for row in rows] == four[::-1]
    assert [event["id"] for event in feed] == list(range(1, 9))
    assert [event["reference"] for event in feed if event["kind"] == "submitted"] == four
    for reference in four:
        assert reference in page.text
        assert reference in inboxed.text


def test_the_numbers_asked_as_of_the_clock_would_miss_what_follows(
    parts: Context, four: list[str]
) -> None:
    """The null control: one of four, as it was before."""
    latest = cohort_reading.latest(parts.database)
    with parts.database.read() as unit:
        found = {
            moment: len(cohort_reading.read(unit, Question(zone=parts.settings.zone), moment))
            for moment in latest
        }

    assert found == {latest.moment: 4, latest.until: 1}


def test_the_audit_log_goes_on_by_number(
    parts: Context, clock: ManualClock, four: list[str]
) -> None:
    clock.now += AHEAD
    with parts.database.write() as unit:
        audit.record(unit, "Analyst-01", "exported")
    clock.now -= AHEAD
    with parts.database.write() as unit:
        audit.record(unit, "Analyst-02", "exported")

    with parts.database.read() as unit:
        first, second, *_ = audit.page(unit, Wanted(), before=None, limit=99)
        assert list(audit.faults(unit)) == []
    assert (first.by, second.by, first.number) == ("Analyst-02", "Analyst-01", second.number + 1)
    assert first.at == second.at


@pytest.mark.parametrize("restarts", [False, True])
def test_what_comes_next_is_as_if_the_clock_had_never_run_ahead(
    api: ApiClient, parts: Context, clock: ManualClock, address: str, restarts: bool
) -> None:
    """In two years a refusal can be contested no more, and every silence is to be chased."""
    refused, silent = (
        submitted(api, urls=[LINK.format(number)], include_identity=True) for number in (1, 2)
    )
    record(api, refused, "decided", outcome="refused")
    before = steps(parts.database)
    clock.now += AHEAD
    cache.catch_up(parts.database)
    ahead = steps(parts.database)
    noted = record(api, silent, "noted", text="Seen while the clock ran ahead.")
    clock.now -= AHEAD

    database = Database(address, parts.database.vault, clock) if restarts else parts.database
    cache.catch_up(database)

    assert noted["recorded_at"] == "2028-03-01T09:00:00Z"
    assert before == {refused: ("us", "decide_next"), silent: ("platform", "wait")}
    assert ahead == {refused: ("us", "close"), silent: ("us", "chase")}
    assert steps(database) == before
    database.close()


def steps(database: Database) -> dict[str, tuple[str, str]]:
    with database.read() as unit:
        rows = queries.rows(unit, select(takedowns).where(queries.under_way()))
    return {row.reference: (row.whose_turn, row.next_step) for row in rows}


def test_nothing_put_aside_or_claimed_meanwhile_stays_hidden(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    with parts.database.write() as unit:
        person = people.add(unit, EMAIL, "caseworker", by="test")
    clock.now += AHEAD
    reference = logged(api)["reference"]
    with parts.database.write() as unit:
        row = queries.by_reference(unit, reference)
        snoozes.put_aside(unit, row.id, person.id, until=clock.now + timedelta(hours=24))
        assignments.assign(unit, row.id, person.id)
    clock.now -= AHEAD

    found = []
    for hours in (0, 0.3, 24):
        clock.advance(hours)
        with parts.database.read() as unit:
            counts = inbox_order.counts(unit, WantedInbox())
            claim = assignments.of(unit, [row.id]).get(row.id)
            aside = snoozes.of(unit, [row.id]).get(row.id)
        ends = [
            moment and round((moment - START) / HOUR, 1)
            for moment in (claim and claim.until, aside)
        ]
        found.append((counts.us, counts.aside, ends))

    assert found == [(0, 1, [0.2, 24.0]), (0, 1, [None, 24.0]), (1, 0, [None, None])]


# What is said of it.


def test_a_clock_behind_the_record_is_warned_about(
    api: ApiClient,
    parts: Context,
    clock: ManualClock,
    four: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    ready = api.client.get("/api/v1/health/ready")

    [warning] = ready.json()["warnings"]
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert warning["code"] == "clock_behind_record"
    assert "2028-03-01T09:00:00Z" in warning["detail"]
    assert "2026-03-02T10:00:00Z" in warning["detail"]
    lines = [*logged_of(caplog.get_records("setup")), *logged_of(caplog.records)]
    assert [line.getMessage() for line in lines] == [warning["detail"]]
    for _ in range(2):
        logged(api)
        with parts.database.write() as unit:
            audit.record(unit, "Analyst-01", "exported")
    assert len(logged_of(caplog.records)) == 0
    clock.now = START + AHEAD
    assert api.client.get("/api/v1/health/ready").json() == {"status": "ready"}


def test_a_start_with_a_clock_behind_the_record_says_so(
    parts: Context,
    clock: ManualClock,
    address: str,
    four: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.clear()
    database = Database(address, parts.database.vault, clock)

    WebClient(Context(parts.settings, database, clock, parts.workspace))

    assert len(logged_of(caplog.records)) == 1
    database.close()


def logged_of(records: list[logging.LogRecord]) -> list[logging.LogRecord]:
    return [line for line in records if line.name == "app.kit.clock"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "clock says"), ("nl", "De klok van de server zegt"), ("fr", "horloge du serveur")],
)
def test_administrators_are_told_with_the_mend(
    parts: Context, clock: ManualClock, four: list[str], language: str, words: str
) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    visitor.client.cookies.set("language", language)

    behind = visitor.get("/admin").text
    clock.now = START + AHEAD
    right = WebClient.signed_in(parts, "admin").get("/admin").text

    assert words in behind
    assert 'data-testid="clock-behind"' in behind
    assert "2028" in behind
    assert 'data-testid="clock-behind"' not in right


def test_the_pages_of_figures_say_that_they_may_change(
    parts: Context, clock: ManualClock, four: list[str]
) -> None:
    told: list[Any] = []
    for path in ("/metrics", "/metrics/rows?figure=open", "/platforms/tiktok"):
        told.append(
            "these figures may change" in WebClient.signed_in(parts, "manager").get(path).text
        )

    assert told == [True] * 3


# As it is served.


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_a_server_whose_clock_lies_hides_nothing_and_revives_nothing(
    tmp_path: Path, empty: Callable[[str], str], kind: str
) -> None:
    address, folder = empty(kind), tmp_path / "data"
    where, told = {"TAKEDOWN_DATABASE_URL": address}, list[Any]()
    token = made_ready(folder, database_url=address)
    session = admin_session(folder, database_url=address)

    def submit(server: Server, number: int) -> None:
        body = TAKEDOWN | {"urls": [LINK.format(number)]}
        reference = server.client.post("/takedowns", json=body).json()["reference"]
        by_form = {"how": "form", "no_ticket": True}
        assert server.client.post(f"/takedowns/{reference}/submission", json=by_form).is_success

    def look(server: Server) -> None:
        groups = server.client.get("/metrics/response-times").json()["groups"]
        ready = server.client.get("/health/ready").json()
        page = server.page("/me", session)
        told.append((groups[0]["takedowns"], "warnings" in ready, page.status_code))

    for story in ((0, 24 * 730, 0), (-1, 0)):
        clock_offset_file(folder).write_text(str(story[0]))
        with serving(folder, token, WRONG_CLOCK, **where) as server:
            for hours in story:
                clock_offset_file(folder).write_text(str(hours))
                submit(server, len(told))
                look(server)
            output = server.output

    assert told == [
        (1, False, 200),
        (2, False, 303),
        (3, True, 303),
        (4, True, 303),
        (5, True, 303),
    ]
    assert output.read_text().count("but the record's newest entry is dated") == 1
