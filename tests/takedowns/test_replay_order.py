from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schemas.vocabularies import Availability, EventKind
from app.takedowns import lifecycle
from app.takedowns.event_kinds import Corrected
from app.takedowns.lifecycle import State, replay
from tests.takedowns.stories import hour, in_words, legal_stories, replayed, told


def test_what_an_item_says_of_a_correction_bears_the_number_of_the_event_it_replaces() -> None:
    item = replayed("seen live 5, receipt 6, seen gone 7, corrected to 8").items[0]

    assert item.we_saw == lifecycle.Look(hour(8), 5, Availability.GONE, None)


@pytest.mark.parametrize(
    ("story", "as_of", "item_is", "gone_at"),
    [
        ("seen gone 4 (recorded at 10), decided removed 9", 9.5, "waiting", "-"),
        ("seen gone 4 (recorded at 10), decided removed 9", 10, "gone", "4"),
        ("decided removed 5, seen live 7", 6, "gone", "5"),
        ("decided removed 5, corrected to 8", 7, "gone", "5"),
        ("decided removed 5, corrected to 8", 8, "gone", "8"),
        ("decided removed 5, corrected to decided refused 8", 7.5, "gone", "5"),
        ("decided removed 5, corrected to decided refused 8", 8, "refused", "-"),
        ("decided removed 5", -0.5, "draft", "-"),
    ],
)
def test_what_was_not_known_then_does_not_count(
    story: str, as_of: float, item_is: str, gone_at: str
) -> None:
    state = replay(told(story).events, as_of=hour(as_of))

    assert in_words(state) == (item_is, gone_at)


def test_a_correction_holds_though_the_event_it_replaces_lies_ahead_of_the_moment_asked() -> None:
    logged, submitted, removed, corrected = told("decided removed 5, corrected to 4").events
    ahead = removed._replace(recorded_at=hour(4.9))
    earlier = corrected._replace(recorded_at=hour(4.95))

    state = replay([logged, submitted, ahead, earlier], as_of=hour(4.97))

    assert state.items[0].gone_at == hour(4)


def numbered_nowhere(state: State) -> State:
    """The same state without the events' numbers."""
    return state._replace(
        items=tuple(
            item._replace(
                platform_says=item.platform_says and item.platform_says._replace(number=0),
                we_saw=item.we_saw and item.we_saw._replace(number=0),
            )
            for item in state.items
        )
    )


@given(legal_stories(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_read_does_not_matter(story: str, random: Random) -> None:
    events = told(story, items=2).events
    shuffled = list(events)
    random.shuffle(shuffled)

    assert replay(shuffled) == replay(events)


@given(legal_stories(with_corrections=False), st.randoms(use_true_random=False))
def test_the_order_of_recording_matters_only_to_facts_and_at_one_moment(
    story: str, random: Random
) -> None:
    events = told(story, items=2).events
    facts = [e for e in events if e.kind in ("logged", "amended", "submitted")]
    others = list({e.happened_at: e for e in events if e not in facts}.values())
    moments = {e.happened_at for e in facts}
    others = [e for e in others if e.happened_at not in moments]
    recorded = [*facts, *others]
    random.shuffle(others)
    otherwise = [e._replace(number=n) for n, e in enumerate([*facts, *others], start=1)]

    assert numbered_nowhere(replay(otherwise, check=False)) == numbered_nowhere(
        replay(recorded, check=False)
    )


@given(legal_stories(), st.data())
def test_a_correction_equals_having_recorded_it_right_at_once(
    story: str, data: st.DataObject
) -> None:
    right = told(story, items=2).events
    voided = {e.voids for e in right}
    at = data.draw(st.sampled_from([n for n, e in enumerate(right) if e.number not in voided]))
    meant = right[at]
    wrong = list(right)
    wrong[at] = meant._replace(
        happened_at=hour(data.draw(st.integers(-40, 80))),
        items=data.draw(st.sampled_from([(), (1,), (2,)])),
    )
    content = meant.data.replacement if isinstance(meant.data, Corrected) else meant.data
    correction = meant._replace(
        number=len(right) + 1,
        kind=EventKind.CORRECTED,
        voids=meant.number,
        data=Corrected(meant.kind, content),
    )

    assert replay([*wrong, correction]) == replay(right)


@given(legal_stories(), st.integers(-40, 80))
def test_the_past_is_not_changed_by_what_is_recorded_later(story: str, as_of: int) -> None:
    events = told(story + ", noted 90", items=2).events
    known = [e for e in events if e.recorded_at <= hour(as_of)]

    if known:
        assert replay(known, hour(as_of), check=False) == replay(events, hour(as_of), check=False)


def test_facts_count_by_number_though_the_submission_was_backdated() -> None:
    state = replayed("logged 0, amended urgent 1, submitted -5")

    assert state.facts["urgent"] is True
