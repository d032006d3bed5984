from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.takedowns import next_step
from app.takedowns.lifecycle import replay
from app.takedowns.next_step import Phase, Step
from tests.takedowns.stories import comes_next, hour, legal_stories, replayed, told

NO_REPLY = {"reply_expected": False}
TO_DECIDE = (184 - 7) * 24  # six months from March 2026, less a week


@pytest.mark.parametrize(
    ("story", "step"),
    [
        # nobody's turn
        ("withdrawn 1", "nobody, none, -"),
        ("closed 1", "nobody, none, -"),
        ("closed 1, seen live 2", "nobody, none, -"),
        ("closed 1, reopened 2", "platform, wait, 24"),
        # before the submission
        ("logged -1", "us, submit, 3"),
        ("logged -1, amended urgent 0", "us, submit, 0"),
        ("logged -1, held 0", "us, release, -"),
        ("logged -1, held 0, released 9", "us, submit, 3"),
        ("logged -1, queued 0", "us, wait, -"),
        ("logged -1, queued 0, held 1", "us, wait, -"),
        ("logged -1, queued 0, unsent 1", "us, submit, 3"),
        # still up
        ("decided removed 5, seen live 7, seen live 9", "us, chase, 7"),
        ("decided geo_restricted [BE] 5, seen live 6 (vantage FR), seen live 7 (vantage BE)",
         "us, chase, 7"),
        ("seen gone 3, seen live 50, seen live 60", "us, chase, 50"),
        ("decided removed 5, seen live 7, seen gone 8, seen live 50", "us, chase, 50"),
        ("seen gone 3, seen live 50, decided removed 60, seen live 70", "us, chase, 70"),
        ("decided removed 5, seen live 7, decided refused 8", f"us, decide_next, {8 + TO_DECIDE}"),
        ("decided removed 5, seen live 7, decided other 8, now 30", "us, chase, 7"),
        ("decided removed 5, seen live 7, escalated police 8", "us, chase, 7"),
        # still up, and reminded
        ("decided removed 5, seen live 7, reminded 8", "platform, wait, 32"),
        ("decided removed 5, seen live 7, reminded 8, now 31.9", "platform, wait, 32"),
        ("decided removed 5, seen live 7, reminded 8, now 32", "us, chase, 32"),
        ("decided removed 5, seen live 7, reminded 8, reminded 20, now 40", "platform, wait, 44"),
        ("decided removed 5, reminded 6, seen live 7", "us, chase, 7"),
        ("decided removed 5, seen live 7, reminded 8, seen live 9, now 10", "platform, wait, 32"),
        # questions
        ("question 5", "us, answer, 29"),
        ("question 5, question 9", "us, answer, 33"),
        ("question 5, sent 6", "platform, wait, 24"),
        ("question 5, sent 6, question 7", "us, answer, 31"),
        ("sent 4, question 5", "us, answer, 29"),
        ("question 5, seen gone 6", "nobody, none, -"),
        ("question 5, decided removed 6", "us, check, 30"),
        # refused or restricted
        ("decided refused 20, complained 30", "platform, wait, 750"),
        ("decided refused 20, complained 30, escalated coordinator 40", "platform, wait, 760"),
        ("decided refused 20, escalated out_of_court_body 30", "platform, wait, 2190"),
        ("decided refused 20, complained 30, now 9999", "platform, wait, 750"),
        ("decided refused 20, complained 30, decided refused 40",
         f"us, decide_next, {40 + TO_DECIDE}"),
        ("decided refused 20, noted accepted 30", "us, close, 198"),
        ("decided refused 20, noted accepted 30, noted 40", "us, close, 208"),
        ("decided refused 20, noted 30", f"us, decide_next, {20 + TO_DECIDE}"),
        ("decided refused 20, noted accepted 30, decided demoted 40",
         f"us, decide_next, {40 + TO_DECIDE}"),
        ("escalated coordinator 200", "platform, wait, 920"),
        ("escalated coordinator 200, receipt 210", "platform, wait, 920"),
        # silence
        ("", "platform, wait, 24"),
        ("now 23.9", "platform, wait, 24"),
        ("now 24", "us, chase, 24"),
        ("seen live 5, now 24", "us, chase, 24"),
        ("receipt auto 1, now 23", "platform, wait, 24"),
        ("receipt auto 1, now 25", "us, chase, 24"),
        ("decided other 1, now 5", "platform, wait, 24"),
        ("decided other 1, now 25", "platform, wait, -"),
        ("decided other 1, reminded 2", "platform, wait, 24"),
        ("reminded 25", "platform, wait, 49"),
        ("reminded 25, now 49", "us, chase, 49"),
        ("reminded 10, now 24", "us, chase, 24"),
        # claims
        ("decided removed 5", "us, check, 29"),
        ("decided removed 5, decided disabled 8", "us, check, 32"),
        ("decided removed 5, seen unknown 8", "us, check, 29"),
        ("decided removed 5, seen restricted 8", "us, close, 176"),
        ("decided already_gone 5", "us, check, 29"),
        ("decided already_gone 5, seen gone 6", "nobody, none, -"),
        ("seen gone -1, decided already_gone 5", "nobody, none, -"),
    ],
)  # fmt: skip
def test_the_next_step_is_the_first_line_that_fits(story: str, step: str) -> None:
    assert comes_next(story) == step


@pytest.mark.parametrize(
    ("story", "step"),
    [
        ("decided removed 2 #1, seen gone 3 #1, now 10", "platform, wait, 24"),
        ("decided removed 2 #1, now 10", "us, check, 26"),
        ("decided removed 2 #1, now 30", "us, chase, 24"),
        ("seen gone 1 #1, decided removed 2 #1, now 10", "platform, wait, 24"),
        ("decided removed 2 #1, withdrawn 3 #1, now 10", "platform, wait, 24"),
        ("decided removed 2 #1, decided removed 8 #2, seen gone 9 #1", "us, check, 32"),
        ("decided removed 2 #1, decided removed 8 #2", "us, check, 26"),
        ("seen gone 2 #1, withdrawn 3 #2", "nobody, none, -"),
        ("withdrawn 3 #2, seen gone -1 #1", "nobody, none, -"),
        ("question 5 #1, decided removed 6 #1, now 10", "us, check, 30"),
        ("question 5, decided removed 6 #1, now 10", "us, answer, 29"),
        ("question 5, decided removed 6 #1, withdrawn 7 #2", "us, check, 30"),
        ("decided removed 5, seen live 9 #2, seen live 7 #1", "us, chase, 7"),
        ("decided removed 5, seen live 7 #1, reminded 8, seen live 9 #2", "us, chase, 9"),
        ("decided removed 5, seen live 7 #1, withdrawn 8 #1, seen gone 9 #2", "nobody, none, -"),
        ("decided refused 20 #1, decided refused 40 #2, complained 50 #1",
         f"us, decide_next, {40 + TO_DECIDE}"),
        ("decided refused 20, complained 50, decided removed 60 #1, seen gone 61 #1",
         "platform, wait, 770"),
        ("decided refused 20, noted accepted 30 #1", f"us, decide_next, {20 + TO_DECIDE}"),
        ("decided refused 20 #1, noted accepted 30 #1, decided removed 31 #2, seen gone 32 #2",
         "us, close, 200"),
        ("decided refused 2 #1, noted accepted 3 #1, now 10", "platform, wait, 24"),
        ("decided refused 2 #1, noted accepted 3 #1, now 24", "us, chase, 24"),
    ],
)  # fmt: skip
def test_the_next_step_for_two_items_is_that_of_the_first_line_one_of_them_fits(
    story: str, step: str
) -> None:
    assert comes_next(story, items=2) == step


def test_an_appeal_still_unanswered_is_waited_for_by_the_first_of_its_items() -> None:
    answered = "decided removed 60 #3, seen gone 61 #3"
    story = f"decided refused 20, complained 52 #2, complained 50 #1, {answered}"

    assert comes_next(story, items=3) == "platform, wait, 770"


@pytest.mark.parametrize(
    ("story", "step"),
    [
        ("now 23", "platform, wait, 24"),
        ("now 24", "us, check, 24"),
        ("seen live 23, now 24", "us, check, 24"),
        ("seen live 24", "us, chase, 24"),
        ("seen unknown 25", "us, check, 24"),
        ("seen live 25, reminded 26", "platform, wait, 50"),
        ("seen gone 25", "nobody, none, -"),
        ("receipt 1, now 24", "us, check, 24"),
    ],
)
def test_where_no_reply_is_expected_we_look_before_we_chase(story: str, step: str) -> None:
    assert comes_next(story, submission=NO_REPLY) == step


@pytest.mark.parametrize(
    ("story", "targets", "deadline", "step"),
    [
        ("now 10", (24, 48), None, "platform, wait, 24"),
        ("now 30", (24, 48), None, "us, chase, 24"),
        ("receipt 1, now 30", (24, 48), None, "platform, wait, 48"),
        ("receipt 1, now 48", (24, 48), None, "us, chase, 48"),
        ("reminded 25, now 48", (24, 48), None, "us, chase, 48"),
        ("reminded 25, now 47", (24, 48), None, "platform, wait, 49"),
        ("receipt 1, now 5", (24, 6), None, "platform, wait, 6"),
        ("now 7", (24, 6), None, "us, chase, 6"),
        ("receipt 1, now 5", (24, 24), 3, "us, chase, 3"),
        ("receipt 1, now 5", (24, 24), 30, "platform, wait, 24"),
    ],
)
def test_each_target_is_waited_for_and_then_chased(
    story: str, targets: tuple[float, float], deadline: float | None, step: str
) -> None:
    facts: dict[str, Any] = {}
    if deadline is not None:
        facts["deadline_at"] = hour(deadline).isoformat().replace("+00:00", "Z")
    submission = {"targets": {"receipt_hours": targets[0], "gone_hours": targets[1]}}

    assert comes_next(story, facts=facts, submission=submission) == step


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, "3"),
        ({"urgent": True}, "0"),
        ({"deadline_at": "2026-03-02T10:00:00Z"}, "1"),
        ({"deadline_at": "2026-03-04T10:00:00Z"}, "3"),
        ({"deadline_at": None}, "3"),
    ],
)
def test_a_draft_is_late_after_four_hours_or_at_its_deadline(
    facts: dict[str, Any], due: str
) -> None:
    assert comes_next("logged -1", facts=facts) == f"us, submit, {due}"
    assert comes_next("logged -1", facts=facts, missing=True) == f"us, complete, {due}"


@pytest.mark.parametrize(
    ("decided_at", "ends_at"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 9, 2, 9, tzinfo=UTC)),
        (datetime(2026, 8, 31, 9, tzinfo=UTC), datetime(2027, 2, 28, 9, tzinfo=UTC)),
        (datetime(2027, 8, 31, 9, tzinfo=UTC), datetime(2028, 2, 29, 9, tzinfo=UTC)),
        (datetime(2026, 6, 30, 9, tzinfo=UTC), datetime(2026, 12, 30, 9, tzinfo=UTC)),
        (datetime(2026, 12, 31, 9, tzinfo=UTC), datetime(2027, 6, 30, 9, tzinfo=UTC)),
    ],
)
def test_the_window_for_a_complaint_is_open_for_six_calendar_months(
    decided_at: datetime, ends_at: datetime
) -> None:
    events = told("decided refused 1").events
    events[-1] = events[-1]._replace(happened_at=decided_at)
    state = replay(events)
    nearly = ends_at - timedelta(seconds=1)

    assert next_step.window_ends_at(state.items[0]) == ends_at
    assert next_step.step(state, False, nearly) == Step(
        "us", "decide_next", ends_at - timedelta(days=7)
    )
    assert next_step.step(state, False, ends_at) == Step(
        "us", "close", decided_at + timedelta(days=7)
    )


def test_no_window_is_open_where_a_removal_stands() -> None:
    assert next_step.window_ends_at(replayed("decided removed 1").items[0]) is None


@pytest.mark.parametrize(
    ("story", "phases"),
    [
        ("logged -1", [Phase(Step("us", "submit", hour(3)), None)]),
        (
            "",
            [
                Phase(Step("platform", "wait", hour(24)), hour(24)),
                Phase(Step("us", "chase", hour(24)), None),
            ],
        ),
        (
            "reminded 30",
            [
                Phase(Step("platform", "wait", hour(54)), hour(54)),
                Phase(Step("us", "chase", hour(54)), None),
            ],
        ),
        (
            "decided other 1",
            [
                Phase(Step("platform", "wait", hour(24)), hour(24)),
                Phase(Step("platform", "wait", None), None),
            ],
        ),
        ("seen gone 3", [Phase(Step("nobody", "none", None), None)]),
    ],
)
def test_the_phases_of_a_story_follow_each_other(story: str, phases: list[Phase]) -> None:
    assert next_step.phases(replayed(story), missing=False) == phases


MOMENTS = st.integers(-100, 10_000).map(lambda half_hours: hour(half_hours / 2))


@given(legal_stories(), st.booleans(), MOMENTS)
def test_the_phase_at_any_moment_is_one_of_the_phases(
    story: str, missing: bool, now: datetime
) -> None:
    state = replayed(story, items=2)

    phase = next_step.phase(state, missing, now)

    assert phase.step == next_step.step(state, missing, now)
    assert next_step.phases(state, missing).count(phase) == 1


@given(legal_stories(), MOMENTS)
def test_a_step_holds_until_its_phase_ends_and_then_is_another(story: str, now: datetime) -> None:
    state = replayed(story, items=2)
    step, changes_at = next_step.phase(state, False, now)
    end = changes_at or hour(1_000_000)

    assert end > now
    assert next_step.step(state, False, now + (end - now) / 2) == step
    assert next_step.step(state, False, end - timedelta(microseconds=1)) == step
    assert (next_step.step(state, False, end) != step) == (changes_at is not None)


@pytest.mark.parametrize(
    ("due_at", "is_overdue"), [(None, False), (5, False), (4, True), (3.9, True)]
)
def test_a_step_is_overdue_from_the_moment_it_is_due(
    due_at: float | None, is_overdue: bool
) -> None:
    due = None if due_at is None else hour(due_at)

    assert next_step.overdue(due, hour(4)) == is_overdue
