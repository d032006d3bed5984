"""What the figures measure of a story: a table for each rule of docs/definitions.md 5 and 6."""

from typing import Any

import pytest
from hypothesis import given

from app.schemas.vocabularies import Contested, EventKind, ReturnedAs, Standing
from app.takedowns import event_data
from app.takedowns.lifecycle import Event, replay
from app.takedowns.measures import MeasuredItem, Measures
from tests.takedowns.stories import hour, hours_after, legal_stories, replayed, told

HOUR = 3_600_000_000


def measured(story: str) -> MeasuredItem:
    return replayed(story).items[0].measured


@pytest.mark.parametrize(
    ("story", "stands", "ended"),
    [
        ("", "open", None),
        ("logged -1", None, None),
        ("logged -1, withdrawn 2", None, None),
        # already gone: so narrow that silence is never erased
        ("seen gone -1", "already_gone", None),
        ("decided already_gone 24", "already_gone", None),
        ("decided already_gone 25", "gone", 25),
        ("seen live -24, decided already_gone 5", "gone", 5),
        ("seen live -25, decided already_gone 5", "already_gone", None),
        ("decided already_gone 5, seen live 7", "open", None),
        ("decided already_gone 5, decided refused 7", "refused", 7),
        # gone since the earliest statement that stands
        ("decided removed 5, seen gone 6", "gone", 5),
        ("decided removed 5, decided other 8", "gone", 5),
        ("decided removed 5, seen live 7, seen gone 30", "gone", 30),
        ("decided refused 5, seen gone 6, decided refused 7", "gone", 6),
        # came back: was gone, is live, and no removal stands
        ("seen gone 3, seen live 50", "came_back", None),
        ("decided removed 2, seen gone 3, seen live 50", "came_back", None),
        ("seen gone 3, seen live 50, decided refused 60", "came_back", None),
        ("seen gone 3, seen live 50, decided removed 60", "gone", 60),
        ("decided removed 3, seen live 50", "open", None),
        # refused or restricted, since the run that ends the decisions began
        ("decided refused 5", "refused", 5),
        ("decided refused 5, decided demoted 9", "restricted", 5),
        ("decided removed 3, decided refused 5, decided refused 9", "refused", 5),
        ("decided refused 5, decided other 7, decided refused 9", "refused", 5),
        ("decided other 4, decided refused 5", "refused", 5),
        ("decided refused 5, complained 6", "refused", 5),
        ("seen gone 2, seen live 3, decided other 5", "came_back", None),
        ("decided other 5", "open", None),
        # a restriction that does not hold
        ("decided geo_restricted [BE] 5, seen live 9 (vantage BE)", "open", None),
        ("decided geo_restricted [BE] 5, seen live 9 (vantage NL)", "restricted", 5),
        ("decided geo_restricted [BE] 5, seen live 9", "restricted", 5),
        ("decided geo_restricted 5, seen live 9", "open", None),
        ("decided geo_restricted [BE] 5, seen live 4 (vantage BE)", "restricted", 5),
        ("decided labelled 5, seen live 9 (vantage BE)", "restricted", 5),
        (
            "decided refused 2, decided geo_restricted [BE] 5, seen live 9 (vantage BE)",
            "open",
            None,
        ),
        # withdrawn: judged by what stood then
        ("withdrawn 3", "withdrawn", 3),
        ("withdrawn 3, decided removed 5", "withdrawn", 3),
        ("decided removed 2, withdrawn 3", "gone", 2),
        ("decided removed 2, withdrawn 3, seen live 5", "gone", 2),
        ("decided refused 2, withdrawn 3", "refused", 2),
        ("decided demoted 2, withdrawn 3", "restricted", 2),
        ("decided geo_restricted [BE] 1, seen live 2 (vantage BE), withdrawn 3", "withdrawn", 3),
        ("seen gone 1, seen live 2, withdrawn 3", "came_back", None),
        ("decided already_gone 2, withdrawn 3", "already_gone", None),
        ("decided removed 1, seen live 2, withdrawn 3", "withdrawn", 3),
        ("seen gone -1, withdrawn 3, seen live 5", "already_gone", None),
    ],
)
def test_an_item_stands_and_ended_where_its_story_says(
    story: str, stands: str | None, ended: float | None
) -> None:
    item = measured(story)

    assert (item.stands, hours_after(item.ended_at)) == (stands, ended)


def test_what_was_withdrawn_before_the_submission_was_never_asked_for() -> None:
    state = replayed("logged -9, withdrawn -2 #1, submitted 0, decided removed 5", items=2)

    assert [item.measured.stands for item in state.items] == [None, "gone"]
    assert state.items[0].measured == MeasuredItem()


@pytest.mark.parametrize(
    ("story", "rests_on", "gone_after"),
    [
        ("decided removed 5", "said_only", None),
        ("decided removed 5, seen gone 6", "said_and_seen", None),
        ("seen gone 6", "seen_only", 0),
        ("seen gone 6, decided removed 8", "said_and_seen", 0),
        ("seen live 4, seen gone 6", "seen_only", 4),
        ("seen live 1, seen live 4, seen restricted 5, seen gone 6", "seen_only", 4),
        ("seen live -3, seen gone 6", "seen_only", 0),
        # only what still stands counts
        ("decided removed 5, seen live 7, seen gone 30", "seen_only", 7),
        ("decided removed 5, seen gone 6, decided refused 8", "seen_only", 0),
        ("seen gone 3, seen live 4, decided removed 9", "said_only", None),
        ("decided refused 5", None, None),
        ("seen gone -1", None, None),
        ("seen gone 3, seen live 5", None, None),
    ],
)
def test_a_removal_rests_on_the_statements_that_still_stand(
    story: str, rests_on: str | None, gone_after: float | None
) -> None:
    item = measured(story)

    assert (item.rests_on, hours_after(item.gone_after)) == (rests_on, gone_after)


@pytest.mark.parametrize(
    ("story", "is_still_up"),
    [
        ("decided removed 5, seen live 7", True),
        ("decided already_gone 5, seen live 7", True),
        ("decided removed 5, seen live 7, decided other 8", True),
        ("decided removed 5, seen gone 6, seen live 7", True),
        ("decided removed 5, seen gone 6, seen live 7, withdrawn 8", True),
        ("decided removed 5, seen live 7, seen gone 8", False),
        ("decided removed 5, seen live 7, decided refused 8", False),
        ("decided removed 5, seen live 7, withdrawn 8", False),
        ("decided geo_restricted 5, seen live 7", False),
        ("seen gone 5, seen live 7", False),
        ("seen live 4, decided already_gone 5", False),
    ],
)
def test_claimed_removed_still_up_is_a_claim_that_a_look_belies(
    story: str, is_still_up: bool
) -> None:
    assert measured(story).claimed_removed_still_up == is_still_up


@pytest.mark.parametrize(
    ("story", "decided", "acted", "seen_gone"),
    [
        ("", None, None, None),
        ("decided refused 2, decided already_gone 3, decided other 4", 2, None, None),
        ("decided refused 2, decided demoted 5, decided removed 9", 2, 5, None),
        ("decided removed 5, seen live 6", 5, 5, None),
        ("seen gone 3, decided removed 5", 5, 3, 3),
        ("decided removed 2, seen gone 3, seen live 4, seen gone 9", 2, 2, 3),
        ("seen gone -1, seen live 3, seen gone 4", None, 4, 4),
        ("withdrawn 3, decided removed 5, seen gone 6", None, None, None),
    ],
)
def test_the_first_decision_action_and_gone_look_are_told_apart(
    story: str, decided: float | None, acted: float | None, seen_gone: float | None
) -> None:
    item = measured(story)
    moments = (item.first_decided_at, item.acted_at, item.seen_gone_first_at)

    assert tuple(map(hours_after, moments)) == (decided, acted, seen_gone)


@given(legal_stories())
def test_what_comes_after_a_withdrawal_is_measured_of_no_item(story: str) -> None:
    events = told(story, items=2).events
    number, at = len(events), max(e.happened_at for e in events)
    withdrawn = Event(number + 1, EventKind.WITHDRAWN, at, at, (), _data("withdrawn"))
    later = [
        Event(number + 2, EventKind.SEEN, at, at, (), _data("seen", availability="gone")),
        Event(number + 3, EventKind.SEEN, at, at, (), _data("seen", availability="live")),
    ]
    before = replay([*events, withdrawn], check=False)

    after = replay([*events, withdrawn, *later], check=False)

    assert [i.measured for i in after.items] == [i.measured for i in before.items]


@given(legal_stories())
def test_what_stands_and_the_state_agree_unless_it_was_withdrawn(story: str) -> None:
    for item in replayed(story, items=2).items:
        if item.measured.stands is not None and item.measured.withdrawn_at is None:
            named = "waiting" if item.measured.stands == Standing.OPEN else item.measured.stands
            assert item.state == named
            assert item.gone_at == (item.measured.ended_at if item.state == "gone" else None)


# Of takedowns


def measures(story: str, items: int = 1, **facts: Any) -> Measures:
    return replayed(story, items=items, facts=facts).measures


REPORTED_AT_MINUS_5 = {"reported_at": "2026-03-02T04:00:00Z"}


@pytest.mark.parametrize(
    ("story", "facts", "starts", "held", "held_since"),
    [
        ("", {}, -1, 0, None),
        ("", REPORTED_AT_MINUS_5, -5, 0, None),
        # a log entered after the submission does not tell when it began
        ("logged 3, submitted 0", {}, None, 0, None),
        ("logged 3, submitted 0", REPORTED_AT_MINUS_5, -5, 0, None),
        ("logged 0, submitted 0", {}, 0, 0, None),
        # a draft begins too
        ("logged -1", {}, -1, 0, None),
        ("logged -9, held -6", {}, -9, 0, -6),
        ("logged -9, held -6, released -4, held -2", {}, -9, 2, -2),
        # of a hold only the part between start and end
        ("logged -9, held -6, released -2, submitted 0", {}, -9, 4, None),
        ("logged -9, held -6, released -2, submitted 0", REPORTED_AT_MINUS_5, -5, 3, None),
        ("logged -9, held -8, released -7, submitted 0", REPORTED_AT_MINUS_5, -5, 0, None),
        ("logged -9, queued -4, held -3, submitted 0", {}, -9, 3, None),
        ("logged -9, held -6, withdrawn -2", {}, -9, 4, None),
        ("logged -9, held -6, closed -2", {}, -9, 4, None),
    ],
)
def test_handling_begins_with_the_report_and_holds_are_taken_off(
    story: str, facts: dict[str, Any], starts: float | None, held: float, held_since: float | None
) -> None:
    found = measures(story, **facts)

    assert (hours_after(found.handling_from), found.held_micros, hours_after(found.held_since)) == (
        starts,
        held * HOUR,
        held_since,
    )


@pytest.mark.parametrize(
    ("story", "became"),
    [
        ("decided refused 5", []),
        ("decided refused 5, complained 6", [("open", None)]),
        ("decided refused 5, complained 6, decided refused 9", [("refused", 3)]),
        ("decided refused 5, complained 6, decided removed 9", [("upheld", 3)]),
        ("decided refused 5, complained 6, decided already_gone 9", [("refused", 3)]),
        ("decided refused 5, complained 6, decided other 9", [("refused", 3)]),
        (
            "decided refused 5, complained 6, decided refused 9, decided removed 20",
            [("upheld", 3)],
        ),
        # each is answered by decisions about an item it names
        ("decided refused 5, complained 6 #1, decided removed 9 #2", [("open", None)]),
        ("decided refused 5, complained 6 #1, decided removed 9", [("upheld", 3)]),
        ("decided refused 5, complained 6, decided removed 9 #2", [("upheld", 3)]),
        (
            "decided refused 5, complained 6 #1, complained 7 #2, decided removed 9 #2",
            [("open", None), ("upheld", 2)],
        ),
        # complaints alone read on after a withdrawal
        ("decided refused 5, complained 6, withdrawn 7, decided removed 9", [("upheld", 3)]),
    ],
)
def test_a_complaint_is_what_the_decisions_after_it_made_of_it(
    story: str, became: list[tuple[str, float | None]]
) -> None:
    found = measures(story, items=2).complaints

    assert [(one.became, one.micros) for one in found] == [
        (Contested(word), None if after is None else after * HOUR) for word, after in became
    ]


def test_a_notice_that_was_sent_back_says_in_which_ways() -> None:
    story = told("").events
    returned = [
        ("decided", {"outcome": "refused", "returned_as": "duplicate"}),
        ("information_requested", {"returned_as": "wrong_channel"}),
        ("decided", {"outcome": "refused"}),
        ("decided", {"outcome": "refused", "returned_as": "duplicate"}),
    ]
    for number, (kind, data) in enumerate(returned, start=len(story) + 1):
        at = hour(number)
        story.append(Event(number, EventKind(kind), at, at, (), _data(kind, **data)))

    found = replay(story).measures

    assert found.returned_as == (ReturnedAs.WRONG_CHANNEL, ReturnedAs.DUPLICATE)
    assert found.information_asked is True
    assert measures("").returned_as == ()
    assert measures("").information_asked is False


def _data(kind: str, **data: Any) -> Any:
    return event_data.of(EventKind(kind), {"ground": "law", "scope": [], "vantage": None} | data)
