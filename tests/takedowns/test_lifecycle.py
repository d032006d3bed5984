from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schemas.vocabularies import EventKind
from app.takedowns import event_data
from app.takedowns.event_kinds import Noted
from app.takedowns.event_parts import Targets
from app.takedowns.lifecycle import Event, replay
from tests.takedowns.stories import (
    SUBMISSION,
    comes_next,
    hour,
    hours_after,
    in_words,
    legal_stories,
    logged_item,
    replayed,
    told,
)


@pytest.mark.parametrize(
    ("story", "item_is", "gone_at", "turn_and_step"),
    [
        ("receipt auto 0.1", "waiting", "-", "platform, wait"),
        ("receipt 0.1, decided removed 5, now 6", "gone", "5", "us, check"),
        ("decided removed 5, seen live 7", "waiting", "-", "us, chase"),
        ("decided removed 5, seen live 7, seen gone 30", "gone", "30", "nobody, none"),
        ("seen gone 4 (recorded at 10), decided removed 9", "gone", "4", "nobody, none"),
        ("decided refused 20", "refused", "-", "us, decide_next"),
        (
            "decided refused 20, complained 30, decided removed 90, seen gone 95",
            "gone",
            "90",
            "nobody, none",
        ),
        ("seen gone 3, seen live 50", "came_back", "-", "us, chase"),
        ("seen gone 3, seen live 50, decided removed 60", "gone", "60", "us, check"),
        ("decided removed 5, decided refused 10", "refused", "-", "us, decide_next"),
        ("decided already_gone 5, seen live 7", "waiting", "-", "us, chase"),
        ("decided refused 20, complained 30, now 40", "refused", "-", "platform, wait"),
        ("decided geo_restricted [BE] 8", "restricted", "-", "us, decide_next"),
        (
            "decided geo_restricted [BE] 8, seen live 9 (vantage BE)",
            "waiting",
            "-",
            "us, chase",
        ),
        ("decided removed 2 #1, seen gone 3 #1, now 30", "gone; waiting", "2; -", "us, chase"),
        ("seen gone -1", "already_gone", "-", "nobody, none"),
        ("decided removed 5, corrected to 6", "gone", "6", "us, check"),
    ],
)
def test_a_story_of_the_specification_ends_as_it_says(
    story: str, item_is: str, gone_at: str, turn_and_step: str
) -> None:
    items = 2 if ";" in item_is else 1

    state = replayed(story, items=items)

    assert in_words(state) == (item_is, gone_at)
    assert comes_next(story, items=items).rpartition(", ")[0] == turn_and_step


@pytest.mark.parametrize(
    ("story", "stage"),
    [
        ("logged -1", "draft"),
        ("logged -1, held 0", "held"),
        ("logged -1, held 0, released 1", "draft"),
        ("logged -1, queued 0", "sending"),
        ("logged -1, queued 0, held 1", "sending"),
        ("logged -1, queued 0, unsent 1", "draft"),
        ("logged -1, queued 0, submitted 1", "submitted"),
        ("logged -1, queued 0, held 1, submitted 2", "submitted"),
        ("question 1", "submitted"),
        ("receipt auto 1", "acknowledged"),
        ("receipt 1, decided other 2", "decided"),
        ("receipt 1, decided refused 2 #1", "acknowledged"),
        ("decided refused 2 #1, seen gone 3 #2", "decided"),
        ("decided refused 2 #1, withdrawn 3 #2", "decided"),
        ("decided removed 2", "decided"),
        ("decided removed 2, seen gone 3", "closed"),
        ("decided removed 2, seen gone 3 #1", "decided"),
        ("seen gone 3 #1, withdrawn 4 #2", "closed"),
        ("seen gone -1, seen restricted -0.5, decided removed 5", "decided"),
        ("seen gone 0, seen restricted 0, decided removed 5", "decided"),
        ("seen gone 3, seen live 4", "submitted"),
        ("seen gone 3, decided refused 4", "closed"),
        ("decided already_gone 2", "decided"),
        ("decided already_gone 2, seen gone 3", "closed"),
        ("closed 2", "closed"),
        ("closed 2, seen live 4", "closed"),
        ("logged -1, closed 2", "closed"),
        ("closed 2, reopened 3", "submitted"),
        ("closed 2, reopened 3, seen gone 4", "closed"),
        ("withdrawn 3 #1, withdrawn 4 #2", "withdrawn"),
        ("withdrawn 3, seen gone 4", "withdrawn"),
        ("logged -1, submitted 0, corrected away", "draft"),
    ],
)
def test_a_takedown_is_at_the_stage_its_story_says(story: str, stage: str) -> None:
    assert replayed(story, items=2).stage == stage


@pytest.mark.parametrize(
    ("story", "closed_at", "by_person"),
    [
        ("decided removed 2, seen gone 3", 3, False),
        ("seen gone -1", 0, False),
        ("seen gone 3 #1, withdrawn 7 #2, seen gone 8 #1", 7, False),
        ("seen gone 3, seen live 4, seen gone 9", 9, False),
        ("seen gone 3, seen live 4", None, False),
        ("decided refused 3, closed 5", 5, True),
        ("closed 5, seen gone 7", 5, True),
        ("closed 5, reopened 6", None, False),
        ("closed 5, reopened 6, closed 8", 8, True),
        ("seen gone 3, withdrawn 5", None, False),
    ],
)
def test_a_takedown_is_closed_when_its_story_says(
    story: str, closed_at: float | None, by_person: bool
) -> None:
    state = replayed(story, items=2)

    assert (hours_after(state.closed_at), state.closed_by_person) == (closed_at, by_person)


@pytest.mark.parametrize(
    ("story", "receipt", "answer", "decision", "gone"),
    [
        ("", None, None, None, None),
        ("receipt auto 1", 1, None, None, None),
        ("receipt auto 1, receipt 2", 1, 2, None, None),
        ("receipt auto 1, question 3", 1, 3, None, None),
        ("decided refused 4 #2, receipt 5", 5, 4, 4, None),
        ("decided removed 4 #2", None, 4, 4, None),
        ("decided removed 4 #2, decided removed 6 #1", None, 4, 4, 6),
        ("decided removed 4 #2, withdrawn 6 #1", None, 4, 4, 4),
        ("seen gone -1 #1, decided removed 4 #2", None, 4, 4, 4),
        ("seen gone -1", None, None, None, None),
    ],
)
def test_a_takedowns_moments_are_the_first_of_their_kind_and_the_last_gone(
    story: str,
    receipt: float | None,
    answer: float | None,
    decision: float | None,
    gone: float | None,
) -> None:
    state = replayed(story, items=2)
    moments = (state.receipt_at, state.answered_at, state.decided_at, state.gone_at)

    assert tuple(map(hours_after, moments)) == (receipt, answer, decision, gone)


def test_amended_facts_replace_those_logged() -> None:
    state = replayed("logged -1, amended urgent 0, submitted 1")

    assert (state.facts["urgent"], state.facts["category"]) == (True, "csam")


def test_terms_are_those_frozen_in_the_submission() -> None:
    frozen = {"basis": "article_22", "category": "csam_ai", "provider": "Another Limited"}

    state = replayed("", submission=frozen)

    assert (state.basis, state.category, state.provider) == tuple(frozen.values())
    assert state.targets == Targets(receipt_hours=24, gone_hours=24)


def test_terms_of_a_draft_are_those_of_its_facts() -> None:
    state = replayed("logged -1")

    assert (state.basis, state.category) == ("article_16", "csam")
    assert (state.targets, state.submission, state.reply_expected) == (None, None, True)


@pytest.mark.parametrize(
    ("story", "held"),
    [
        ("logged -1, held 0", [(0, None)]),
        ("logged -1, held 0, released 2, held 3, released 7", [(0, 2), (3, 7)]),
        ("logged -1, queued 0, held 1, submitted 2", [(1, 2)]),
    ],
)
def test_holds_are_kept_as_spans(story: str, held: list[tuple[float, float | None]]) -> None:
    spans = replayed(story).held

    assert [(hours_after(begin), hours_after(end)) for begin, end in spans] == held


def test_a_history_reads_the_same_unchecked() -> None:
    events = told("decided refused 5, complained 6, seen gone 7").events

    assert replay(events, check=False) == replay(events)


@given(legal_stories())
def test_the_same_events_always_amount_to_the_same(story: str) -> None:
    assert replayed(story, items=2) == replayed(story, items=2)


@given(legal_stories(), st.integers(-40, 80))
def test_a_note_changes_nothing_but_the_moment_of_the_last_event(story: str, at: int) -> None:
    events = told(story, items=2).events
    note = Event(len(events) + 1, EventKind.NOTED, hour(at), hour(80), (), Noted())
    before = replay(events)

    after = replay([*events, note])

    assert after == before._replace(last_event_at=max(before.last_event_at, hour(at)))


@pytest.mark.parametrize(
    ("story", "logged", "submitted", "provider", "product"),
    [
        ("a known platform", {}, {}, "Meta", None),
        ("as it was when it was submitted", {}, {"provider": "Meta 2"}, "Meta 2", None),
        ("one product of it", {"product": "drive"}, {}, "Meta", "drive"),
        ("any other website", {"platform": "other", "facts": {"provider": "A"}}, {}, "A", None),
        ("unknown who runs it", {"platform": "other", "facts": {"provider": None}}, {}, None, None),
        (
            "logged before anybody could say",
            {"platform": "other", "provider": "Other provider"},
            {"provider": "Other provider"},
            None,
            None,
        ),
    ],
)
def test_who_runs_a_website_is_what_a_person_said(
    story: str,
    logged: dict[str, Any],
    submitted: dict[str, Any],
    provider: str | None,
    product: str | None,
) -> None:
    first = {"platform": "instagram", "provider": "Meta", "items": [logged_item(1)], "facts": {}}
    kind = EventKind.LOGGED
    data = event_data.of(kind, first | logged)
    events = [Event(1, kind, hour(-1), hour(-1), (), data)]
    if submitted:
        kind = EventKind.SUBMITTED
        data = event_data.of(kind, SUBMISSION | submitted)
        events.append(Event(2, kind, hour(0), hour(0), (), data))

    state = replay(events)

    assert (state.provider, state.product) == (provider, product)
