"""One takedown after another: where its items stand, by domain.md 4 and 6."""

import pytest

from tests.metrics.oracle_2026_2 import rows
from tests.metrics.oracle_2026_2.cohort import Request
from tests.metrics.oracle_2026_2.stories import (
    StoryEvent,
    after,
    corrected,
    decided,
    event,
    group,
    question,
    seen,
    takedown,
)
from tests.metrics.oracle_2026_2.timeline import MICROSECOND, Takedown, Timeline

COMPLAINED = event(30, "complained", to="platform_complaint")


def judged(timeline: Timeline, hours: float) -> list[tuple[str, float | None]]:
    """Of each item that was asked for: where it stands, and hours to gone."""
    request = Request(Takedown(timeline, after(hours)), after(hours))
    judged = {i.number: ("already_gone", None) for i in request.already_gone}
    for item in [*request.items, *request.court_ordered]:
        gone_at = item.gone_at and (item.gone_at - after(0)) / (after(1) - after(0))
        judged[item.number] = (item.stands, gone_at)
    return [judged[number] for number in sorted(judged)]


TABLE = [
    ([event(0.1, "receipt_confirmed", automatic=True)], 30, "open", None),
    ([event(0.1, "receipt_confirmed", automatic=True), decided(5, "removed")], 6, "gone", 5),
    ([decided(5, "removed"), seen(7, "live")], 8, "open", None),
    ([decided(5, "removed"), seen(7, "live"), seen(30, "gone")], 31, "gone", 30),
    ([event(4, "seen", availability="gone", recorded=10), decided(9, "removed")], 11, "gone", 4),
    ([decided(20, "refused")], 21, "refused", None),
    (
        [decided(20, "refused"), COMPLAINED, decided(90, "removed"), seen(95, "gone")],
        96,
        "gone",
        90,
    ),
    ([seen(3, "gone"), seen(50, "live")], 51, "came_back", None),
    ([seen(3, "gone"), seen(50, "live"), decided(60, "removed")], 61, "gone", 60),
    ([decided(5, "removed"), decided(10, "refused")], 11, "refused", None),
    ([decided(5, "already_gone"), seen(7, "live")], 8, "open", None),
    ([decided(20, "refused"), COMPLAINED], 40, "refused", None),
    ([decided(8, "geo_restricted", scope=["BE"])], 9, "restricted", None),
    (
        [decided(8, "geo_restricted", scope=["BE"]), seen(9, "live", vantage="BE")],
        10,
        "open",
        None,
    ),
    ([seen(-1, "gone")], 5, "already_gone", None),
    (
        [
            decided(5, "removed"),
            corrected(6, 3, {"outcome": "removed"}),
        ],
        7,
        "gone",
        6,
    ),
]


@pytest.mark.parametrize(("events", "now", "stands", "gone_at"), TABLE)
def test_an_item_stands_where_the_table_says(
    events: list[StoryEvent], now: float, stands: str, gone_at: float | None
) -> None:
    assert judged(takedown("A", *events), now) == [(stands, gone_at)]


def test_items_of_one_request_stand_apart() -> None:
    timeline = takedown("A", decided(2, "removed", 1), seen(3, "gone", 1), items=2)

    assert judged(timeline, 30) == [("gone", 2), ("open", None)]


MORE = [
    # Already gone is narrow: within a day, alone, and never seen live since a day before.
    ([decided(24, "already_gone")], "already_gone", None),
    ([decided(24.01, "already_gone")], "gone", 24.01),
    ([decided(720, "already_gone")], "gone", 720),
    ([seen(-24, "live"), decided(5, "already_gone")], "gone", 5),
    ([seen(-24.01, "live"), decided(5, "already_gone")], "already_gone", None),
    ([decided(5, "already_gone"), decided(6, "other")], "gone", 5),
    ([seen(-2, "live"), seen(0, "gone")], "already_gone", None),
    ([seen(-2, "gone"), seen(-1, "restricted")], "open", None),
    ([seen(-2, "gone"), seen(-1, "unknown")], "already_gone", None),
    ([seen(-1, "gone"), seen(3, "live")], "open", None),
    # An answer to a reminder does not erase the removal before it.
    (
        [decided(5, "removed"), event(100, "reminded"), decided(110, "already_gone")],
        "gone",
        5,
    ),
    # A geo-block is broken from inside its scope only; what is labelled is meant to be live.
    (
        [decided(8, "geo_restricted", scope=["BE"]), seen(9, "live", vantage="NL")],
        "restricted",
        None,
    ),
    ([decided(8, "geo_restricted", scope=["BE"]), seen(9, "live")], "restricted", None),
    ([decided(8, "geo_restricted", scope=[]), seen(9, "live")], "open", None),
    ([decided(8, "labelled"), seen(9, "live")], "restricted", None),
    ([decided(8, "refused"), decided(9, "other")], "refused", None),
    ([decided(8, "removed"), decided(9, "other")], "gone", 8),
    # Looks are contradicted by looks alone.
    ([seen(3, "gone"), decided(9, "refused")], "gone", 3),
    # What came after the withdrawal is ignored.
    ([event(4, "withdrawn"), decided(5, "removed")], "withdrawn", None),
    ([decided(3, "refused"), event(4, "withdrawn"), decided(5, "removed")], "refused", None),
    ([seen(3, "gone"), event(4, "withdrawn"), seen(5, "live")], "gone", 3),
    ([seen(3, "gone"), seen(4, "live"), event(5, "withdrawn")], "came_back", None),
    ([seen(-1, "gone"), event(1, "withdrawn"), seen(5, "live")], "already_gone", None),
    # Taken back, and taken back again.
    (
        [
            decided(5, "removed"),
            corrected(5, 3, None, recorded=6),
        ],
        "open",
        None,
    ),
    (
        [
            decided(5, "removed"),
            corrected(5, 3, None, recorded=6),
            corrected(9, 4, {"outcome": "disabled"}, recorded=10),
        ],
        "gone",
        9,
    ),
]


@pytest.mark.parametrize(("events", "stands", "gone_at"), MORE)
def test_an_item_stands_where_the_text_says(
    events: list[StoryEvent], stands: str, gone_at: float | None
) -> None:
    assert judged(takedown("A", *events), 1000) == [(stands, gone_at)]


def test_a_correction_takes_the_place_of_what_it_corrects_and_is_unknown_before() -> None:
    """Told at one moment the first number comes first: the look does not contradict the claim."""
    live = event(5, "seen", availability="live")
    moved = corrected(5, 3, {"availability": "live"}, recorded=9)
    timeline = takedown("A", event(4, "seen", availability="live"), decided(5, "removed"), moved)

    assert judged(timeline, 10) == [("gone", 5)]
    assert judged(takedown("A", decided(5, "removed"), live), 10) == [("open", None)]
    before = after(9) - MICROSECOND
    assert [e.at for e in Takedown(timeline, before).of("seen")] == [after(4)]


def test_what_was_withdrawn_before_the_submission_was_never_asked_for() -> None:
    timeline = takedown("A", event(-0.5, "withdrawn", 1), items=2)

    assert judged(timeline, 10) == [("open", None)]
    assert rows([timeline], question(10), "items") == {("A", 2)}


def test_every_stand_has_its_rows() -> None:
    timelines = [
        takedown("A", decided(5, "removed", 1), decided(6, "refused", 2), items=3),
        takedown("B", seen(-1, "gone")),
        takedown("C", decided(5, "removed"), seen(8, "live"), court_order=True),
        takedown("D", decided(5, "removed"), seen(8, "live")),
    ]

    found = {name: rows(timelines, question(48), name) for name in group(timelines, 48)["stands"]}
    assert found == {
        "gone": {("A", 1)},
        "came_back": set(),
        "refused": {("A", 2)},
        "restricted": set(),
        "withdrawn": set(),
        "open": {("A", 3), ("D", 1)},
    }
    assert rows(timelines, question(48), "already_gone") == {("B", 1)}
    assert rows(timelines, question(48), "court_ordered") == {("C", 1)}
    assert rows(timelines, question(48), "claimed_removed_still_up") == {("D", 1)}
