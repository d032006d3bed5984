"""The moment a question is asked of, whatever the clock says."""

import time
from datetime import timedelta
from threading import Event, Thread

import pytest

from app.kit.database import Database
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from tests.api.factories import logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import START, ManualClock

TIMES = "/metrics/response-times"
AHEAD = timedelta(days=730)
LINK = "https://www.tiktok.com/@zz.fixture/video/73123456789012345{:02}"
HOUR = timedelta(hours=1)


def test_the_present_waits_for_what_is_being_written(database: Database) -> None:
    order: list[str] = []

    def write() -> None:
        with database.write():
            started.set()
            time.sleep(0.2)
            order.append("written")

    started = Event()
    writer = Thread(target=write)
    writer.start()
    started.wait()
    cohort_reading.latest(database)
    order.append("asked")
    writer.join()

    assert order == ["written", "asked"]


@pytest.mark.parametrize(
    ("story", "asked", "moment", "until"),
    [
        ("nothing asked for", None, 3, 1),
        ("before the clock", 0, 0, 0),
        ("between the clock and the newest event", 2, 2, 1),
        ("later than the newest event", 4, 3, 1),
    ],
)
def test_what_is_open_has_waited_until_the_clock_at_most(
    story: str, asked: int | None, moment: int, until: int
) -> None:
    latest = AsOf(START + 3 * HOUR, START + HOUR)

    found = latest.at(None if asked is None else START + asked * HOUR)

    assert found == AsOf(START + moment * HOUR, START + until * HOUR)
    assert found.clock_behind == (moment > until)


@pytest.fixture
def once_ahead(api: ApiClient, clock: ManualClock) -> ApiClient:
    """A record of four takedowns: one submitted while the clock ran two years ahead."""
    submitted(api, urls=[LINK.format(1)])
    clock.now += AHEAD
    submitted(api, urls=[LINK.format(2)])
    clock.now = START
    submitted(api, urls=[LINK.format(3)])
    clock.advance(2)
    record(api, submitted(api, urls=[LINK.format(4)]), "decided", outcome="removed")
    return api


def test_a_clock_that_ran_ahead_once_hides_no_event_from_a_number(
    once_ahead: ApiClient, clock: ManualClock
) -> None:
    answer = once_ahead.get(TIMES)

    [group] = answer["groups"]
    assert (group["takedowns"], group["stands"]["open"], group["gone"]["events"]) == (4, 3, 1)
    assert (answer["as_of"], answer["clock_behind"]) == ("2028-03-01T09:00:00Z", True)


def test_what_is_open_is_counted_up_to_the_clock_while_that_is_behind(
    once_ahead: ApiClient, clock: ManualClock
) -> None:
    for number in range(5, 15):
        submitted(once_ahead, urls=[LINK.format(number)])
    clock.advance(5)

    answer = once_ahead.get(TIMES)

    [group] = answer["groups"]
    assert (group["oldest_open_hours"], group["gone"]["follow_up_hours"]) == (7, 7)
    assert answer["clock_behind"] is True
    assert once_ahead.get("/metrics/curve")["clock_behind"] is True
    assert once_ahead.get("/metrics/comparison")["clock_behind"] is True


def test_an_answer_of_a_moment_that_the_clock_has_passed_does_not_change(
    once_ahead: ApiClient, clock: ManualClock
) -> None:
    before = once_ahead.get(f"{TIMES}?as_of=2026-03-02T10:00:00Z")

    clock.advance(24)
    logged(once_ahead)

    assert "clock_behind" not in before
    assert once_ahead.get(f"{TIMES}?as_of=2026-03-02T10:00:00Z") == before


def test_a_moment_after_the_newest_event_is_refused(once_ahead: ApiClient) -> None:
    for as_of, status in {"2028-03-01T09:00:00Z": 200, "2028-03-01T09:01:01Z": 422}.items():
        assert once_ahead.request("GET", f"{TIMES}?as_of={as_of}").status_code == status


def test_once_the_clock_has_come_there_the_answer_is_as_any(
    once_ahead: ApiClient, clock: ManualClock
) -> None:
    clock.now = START + AHEAD + HOUR

    answer = once_ahead.get(TIMES)

    assert answer["as_of"] == "2028-03-01T10:00:00Z"
    assert "clock_behind" not in answer
    assert sum(group["takedowns"] for group in answer["groups"]) == 4
