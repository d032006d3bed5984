from datetime import datetime

import pytest
from hypothesis import given

from app.schemas.vocabularies import Availability, Ground, Outcome
from app.takedowns import lifecycle
from app.takedowns.event_kinds import Decided, Seen
from app.takedowns.lifecycle import Event, replay
from app.takedowns.outcomes import CLAIMS
from tests.takedowns.stories import hour, in_words, legal_stories, replayed, told


@pytest.mark.parametrize(
    ("story", "item_is", "gone_at"),
    [
        ("", "waiting", "-"),
        ("logged -1", "draft", "-"),
        ("logged -1, seen gone 2", "draft", "-"),
        # gone before we asked
        ("seen live -2, seen gone -1", "already_gone", "-"),
        ("seen gone 0", "already_gone", "-"),
        ("seen live 0, seen gone 0", "already_gone", "-"),
        ("seen gone 0, seen restricted 0", "waiting", "-"),
        ("seen gone 0, seen live 3", "waiting", "-"),
        ("seen gone -1, seen unknown -0.5", "already_gone", "-"),
        ("seen gone -1, seen live -0.5", "waiting", "-"),
        ("seen gone -1, seen restricted -0.5", "waiting", "-"),
        ("seen gone -1, decided refused 5", "already_gone", "-"),
        ("seen gone -1, seen gone 3", "already_gone", "-"),
        ("seen gone -1, seen live 3", "waiting", "-"),
        ("seen gone -1, seen live 3, seen gone 4", "gone", "4"),
        ("seen gone -1, seen gone 3, seen live 4", "came_back", "-"),
        # said to have been gone before we asked
        ("decided already_gone 5", "already_gone", "-"),
        ("decided already_gone 24", "already_gone", "-"),
        ("decided already_gone 24.1", "gone", "24.1"),
        ("decided already_gone 5, decided already_gone 60", "already_gone", "-"),
        ("decided other 4, decided already_gone 5", "gone", "5"),
        ("decided already_gone 5, decided other 6", "gone", "5"),
        ("seen live -25, decided already_gone 5", "already_gone", "-"),
        ("seen live -24, decided already_gone 5", "gone", "5"),
        ("seen live 2, decided already_gone 5", "gone", "5"),
        ("decided already_gone 5, seen live 7, seen gone 9", "gone", "9"),
        ("decided already_gone 5, seen live 7, decided already_gone 8", "gone", "8"),
        ("decided already_gone 5, decided refused 6", "refused", "-"),
        ("decided already_gone 5, decided removed 8", "gone", "5"),
        # removals, and what contradicts them
        ("decided disabled 5", "gone", "5"),
        ("decided account_suspended 5", "gone", "5"),
        ("decided account_terminated 5", "gone", "5"),
        ("decided other 5", "waiting", "-"),
        ("decided removed 5, seen restricted 7", "gone", "5"),
        ("decided removed 5, seen unknown 7", "gone", "5"),
        ("decided removed 5, decided removed 8", "gone", "5"),
        ("decided removed 5, decided other 8", "gone", "5"),
        ("decided removed 5, seen gone 6, decided refused 8", "gone", "6"),
        ("decided removed 5, seen live 7, decided removed 8", "gone", "8"),
        ("decided removed 5, seen gone 6, seen live 7", "came_back", "-"),
        ("decided refused 5, seen gone 6", "gone", "6"),
        ("decided refused 5, seen gone 6, seen live 7", "came_back", "-"),
        ("seen live 5, decided removed 5", "gone", "5"),
        ("decided removed 5, seen live 5", "waiting", "-"),
        # `other` says nothing about where an item stands
        ("decided refused 5, decided other 6", "refused", "-"),
        ("decided demoted 5, decided other 6", "restricted", "-"),
        ("decided removed 5, seen live 7, decided other 8", "waiting", "-"),
        # restrictions, seen from here and from there
        ("decided geo_restricted [BE NL] 8, seen live 9 (vantage NL)", "waiting", "-"),
        ("decided geo_restricted [BE] 8, seen live 9 (vantage FR)", "restricted", "-"),
        ("decided geo_restricted [BE] 8, seen live 9", "restricted", "-"),
        ("decided geo_restricted 8, seen live 9", "waiting", "-"),
        ("decided age_restricted 8, seen live 7", "restricted", "-"),
        ("decided age_restricted 8, seen live 9", "restricted", "-"),
        ("decided demoted 8, seen live 9 (vantage BE)", "restricted", "-"),
        ("decided labelled 8, seen live 9 (vantage BE)", "restricted", "-"),
        ("decided interaction_restricted 8, seen live 9", "restricted", "-"),
        ("decided removed 5, decided demoted 8", "restricted", "-"),
        ("decided refused 5, decided labelled 8", "restricted", "-"),
        ("seen gone 3, seen live 4, decided geo_restricted [BE] 8", "came_back", "-"),
        # withdrawn, all of it or some
        ("decided removed 5, withdrawn 6", "withdrawn", "-"),
        ("logged -1, withdrawn 2", "withdrawn", "-"),
        ("withdrawn 3 #2, decided removed 5 #1", "gone; withdrawn", "5; -"),
        # two items
        ("decided removed 5 #2, seen gone 6 #1", "gone; gone", "6; 5"),
        ("decided removed 5, seen live 7 #2", "gone; waiting", "5; -"),
        # corrections
        ("decided removed 5, corrected away", "waiting", "-"),
        ("decided removed 5, corrected to decided refused 6", "refused", "-"),
        ("decided removed 5, corrected to 6, corrected to 7", "gone", "7"),
        ("decided removed 5, corrected away, corrected to 7", "waiting", "-"),
        ("decided removed 5, corrected away, corrected to decided disabled 7", "gone", "7"),
        ("decided removed 5, corrected to 6, corrected away", "waiting", "-"),
        # a submission entered late
        ("logged 0, submitted -5, decided removed -3", "gone", "-3"),
        ("logged 0, seen gone -4, submitted -5", "gone", "-4"),
        ("logged 0, seen gone -6, submitted -5", "already_gone", "-"),
    ],
)
def test_an_item_ends_where_its_story_says(story: str, item_is: str, gone_at: str) -> None:
    state = replayed(story, items=2 if ";" in item_is else 1)

    assert in_words(state) == (item_is, gone_at)


def test_what_the_platform_says_and_what_we_saw_are_kept_apart() -> None:
    item = replayed("decided removed 5, seen live 7, seen unknown 9").items[0]

    assert item.platform_says == lifecycle.Decision(hour(5), 3, Outcome.REMOVED, Ground.LAW, ())
    assert item.we_saw == lifecycle.Look(hour(7), 4, Availability.LIVE, None)


def test_a_look_that_told_nothing_is_shown_only_where_no_other_is() -> None:
    item = replayed("seen unknown 7").items[0]

    assert item.we_saw == lifecycle.Look(hour(7), 3, Availability.UNKNOWN, None)
    assert item.looked_at is None


def test_what_the_platform_says_is_no_other_while_something_else_was_said() -> None:
    item = replayed("decided refused 5, decided other 7").items[0]

    assert item.platform_says == lifecycle.Decision(hour(5), 3, Outcome.REFUSED, Ground.LAW, ())


def earliest_uncontradicted(
    story: list[Event], item: int, submitted_at: datetime
) -> datetime | None:
    """The definition of `gone_at` word by word, without regard to cost."""

    def is_live(event: Event) -> bool:
        return isinstance(event.data, Seen) and event.data.availability == "live"

    def is_statement(event: Event) -> bool:
        if isinstance(event.data, Seen):
            return event.data.availability == "gone" and event.happened_at > submitted_at
        return isinstance(event.data, Decided) and event.data.outcome in CLAIMS

    def contradicts(later: Event, statement: Event) -> bool:
        return is_live(later) or (
            statement.kind == "decided"
            and isinstance(later.data, Decided)
            and later.data.outcome not in CLAIMS | {Outcome.OTHER}
        )

    about = [e for e in story if not e.items or item in e.items]
    return min(
        (
            event.happened_at
            for n, event in enumerate(about)
            if is_statement(event) and not any(contradicts(e, event) for e in about[n + 1 :])
        ),
        default=None,
    )


@given(legal_stories())
def test_an_item_is_gone_since_the_earliest_statement_nothing_contradicts(story: str) -> None:
    events = told(story, items=2).events
    state = replay(events)

    for item in state.items:
        if state.submitted_at and item.state not in ("withdrawn", "already_gone"):
            expected = earliest_uncontradicted(
                lifecycle.story_of(events), item.id, state.submitted_at
            )
            assert (item.gone_at, item.state == "gone") == (expected, expected is not None)
