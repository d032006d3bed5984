from typing import Any

import pytest

from app.takedowns import clocks
from app.takedowns.clocks import Hours
from app.takedowns.event_parts import Targets
from tests.takedowns.stories import hour, hours_after, replayed

REPORTED_AT_MINUS_5 = {"reported_at": "2026-03-02T04:00:00Z"}
REPORTED_AT_3 = {"reported_at": "2026-03-02T12:00:00Z"}


@pytest.mark.parametrize(
    ("story", "facts", "ours"),
    [
        ("logged -1, submitted 0", {}, 1),
        ("logged -1, submitted 0", REPORTED_AT_MINUS_5, 5),
        ("logged -1, submitted 0", {"reported_at": None}, 1),
        ("logged 3, submitted 0", {}, None),  # when it began is not known
        ("logged 0, submitted 0", {}, 0),
        ("logged 3, submitted 0", REPORTED_AT_MINUS_5, 5),
        ("logged -1, submitted 0", REPORTED_AT_3, 0),
        ("logged -9, held -6, released -2, submitted 0", {}, 5),
        ("logged -9, held -6, released -2, held -1, released -0.5, submitted 0", {}, 4.5),
        ("logged -9, held -6, released -2, submitted 0", REPORTED_AT_MINUS_5, 2),
        ("logged -9, held -8, released -7, submitted 0", REPORTED_AT_MINUS_5, 5),
        ("logged -9, held -9, released 0, submitted 0", {}, 0),
        ("logged -9, queued -4, held -3, submitted 0", {}, 6),
        ("logged -1", {}, None),
        ("logged -1, held 0", {}, None),
    ],
)
def test_our_time_runs_from_the_report_to_the_submission_less_the_time_on_hold(
    story: str, facts: dict[str, Any], ours: float | None
) -> None:
    assert clocks.hours(replayed(story, facts=facts)).our_hours == ours


@pytest.mark.parametrize(
    ("story", "hours"),
    [
        ("logged -1", Hours(None, None, None, None, None)),
        ("", Hours(1, None, None, None, None)),
        ("receipt auto 0.5", Hours(1, 0.5, None, None, None)),
        ("receipt auto 0.5, question 2, decided refused 9", Hours(1, 0.5, 2, 9, None)),
        ("receipt 1.5, decided removed 9, seen gone 8", Hours(1, 1.5, 1.5, 9, 8)),
        ("seen gone -1", Hours(1, None, None, None, None)),
    ],
)
def test_the_clocks_of_a_takedown_run_from_the_submission(story: str, hours: Hours) -> None:
    assert clocks.hours(replayed(story)) == hours


def test_hours_are_counted_across_a_change_to_summer_time() -> None:
    state = replayed("decided refused 720")

    assert clocks.hours_to(state, state.items[0].first_decided_at) == 720


@pytest.mark.parametrize(
    ("defaults", "urgent", "basis", "targets"),
    [
        ({}, False, "article_16", Targets(24, 24)),
        ({}, True, "article_16", Targets(24, 6)),
        ({}, False, "take_it_down", Targets(24, 48)),
        ({}, True, "take_it_down", Targets(24, 6)),
        ({}, False, None, Targets(24, 24)),
        ({"receipt_hours": 2, "gone_hours": 72}, False, "voluntary", Targets(2, 72)),
        ({"gone_hours": 72, "urgent_hours": 3}, True, "voluntary", Targets(24, 3)),
        ({"gone_hours": 4}, True, "article_22", Targets(24, 4)),
        ({"gone_hours": 4}, False, "take_it_down", Targets(24, 48)),
    ],
)
def test_a_platform_is_given_its_own_hours_fewer_when_urgent(
    defaults: dict[str, float], urgent: bool, basis: str | None, targets: Targets
) -> None:
    assert clocks.target_hours(defaults, urgent=urgent, basis=basis) == targets


@pytest.mark.parametrize(
    ("facts", "removal"),
    [
        ({}, 24),
        ({"deadline_at": "2026-03-02T12:00:00Z"}, 3),
        ({"deadline_at": "2026-03-05T12:00:00Z"}, 24),
        ({"deadline_at": "2026-03-02T12:00:00.5Z"}, 3 + 0.5 / 3600),
    ],
)
def test_the_removal_target_is_the_deadline_where_that_is_earlier(
    facts: dict[str, Any], removal: float
) -> None:
    state = replayed("", facts=facts)

    assert hours_after(clocks.removal_target(state)) == removal
    assert clocks.receipt_target(state) == hour(24)


def test_a_draft_has_no_targets() -> None:
    state = replayed("logged -1")

    assert (clocks.receipt_target(state), clocks.removal_target(state)) == (None, None)
