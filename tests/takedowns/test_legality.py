import pytest
from hypothesis import given

from app.kit.errors import NotAllowedNow
from app.schemas.vocabularies import EventKind
from app.takedowns import legality, lifecycle
from app.takedowns.event_kinds import Corrected
from tests.takedowns.stories import hour, legal_stories, replayed, told


def refused_for(story: str) -> str:
    """The reason a story of two items is refused for, or `legal`."""
    try:
        replayed(story, items=2)
    except NotAllowedNow as refusal:
        return refusal.reason
    return "legal"


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        # facts
        ("logged -1, amended urgent 0", "legal"),
        ("logged -1, held 0, amended urgent 1", "legal"),
        ("logged -1, logged 0", "already_logged"),
        ("logged -1, corrected to -2", "legal"),
        ("logged -1, corrected away", "not_logged"),
        ("amended urgent 1", "already_submitted"),
        ("amended urgent -0.5", "already_submitted"),
        ("logged 0, amended urgent 1, submitted -5", "legal"),
        ("logged 0, closed 1, amended urgent 2", "closed"),
        ("logged 0, closed 1, reopened 2, amended urgent 3", "legal"),
        ("logged 0, amended urgent 1, closed 0.5", "legal"),
        ("logged 0, withdrawn 1, amended urgent 2", "withdrawn"),
        ("logged 0, withdrawn 1 #1, amended urgent 2", "legal"),
        ("logged 0, withdrawn 1, corrected away, amended urgent 2", "legal"),
        # holds
        ("logged 0, held 1, released 2, submitted 3", "legal"),
        ("logged 0, held 1, held 2", "already_held"),
        ("logged 0, released 1", "not_held"),
        ("logged 0, held 1, released 2, released 3", "not_held"),
        ("logged 0, held 1, submitted 2", "held"),
        ("logged 0, held 1, queued 2", "held"),
        ("logged 0, submitted 2, held 3", "already_submitted"),
        ("logged 0, submitted 2, held 1", "held"),
        ("logged 0, submitted 5, held 1, corrected away", "legal"),
        ("logged 0, held 1, released 2, submitted 0.5", "already_submitted"),
        # mail on its way
        ("logged 0, queued 1, submitted 2", "legal"),
        ("logged 0, queued 1, queued 2", "already_queued"),
        ("logged 0, queued 1, unsent 2, queued 3, submitted 4", "legal"),
        ("logged 0, unsent 1", "not_queued"),
        ("logged 0, queued 1, unsent 2, unsent 3", "not_queued"),
        ("logged 0, submitted 1, queued 2", "already_submitted"),
        ("logged 0, queued 1, submitted 2, unsent 3", "already_submitted"),
        ("logged 0, queued 1, held 2, submitted 3", "legal"),
        ("logged 0, queued 1, withdrawn 2, submitted 3", "legal"),
        ("logged 0, queued 1, closed 2, unsent 3", "legal"),
        ("logged 0, queued 1, submitted 2, closed 3, unsent 4", "closed"),
        ("logged 0, queued 1, decided removed 2", "not_submitted"),
        # the submission, and what needs one
        ("logged 0, submitted 1, submitted 2", "already_submitted"),
        ("logged 0, submitted 1, corrected to 2", "legal"),
        ("logged 0, submitted 1, corrected away", "legal"),
        ("logged 0, submitted 1, corrected away, submitted 3", "legal"),
        ("logged 0, submitted 1, corrected to 6, receipt 5", "not_submitted"),
        ("logged 0, receipt 1", "not_submitted"),
        ("logged 0, question 1", "not_submitted"),
        ("logged 0, sent 1", "not_submitted"),
        ("logged 0, decided removed 1", "not_submitted"),
        ("logged 0, reminded 1", "not_submitted"),
        ("logged 0, complained 1", "not_submitted"),
        ("logged 0, escalated police 1", "not_submitted"),
        ("receipt -0.5", "not_submitted"),
        ("decided removed 0", "legal"),
        ("seen gone -5, noted -5", "legal"),
        ("logged 0, seen gone -5, noted -5", "legal"),
        # complaints and escalations
        ("complained 1", "not_decided"),
        ("decided refused 2, complained 1", "not_decided"),
        ("decided refused 2, complained 3", "legal"),
        ("decided refused 2, complained 3, corrected to 1", "not_decided"),
        ("escalated coordinator 1", "legal"),
        # the end
        ("closed 1, receipt 2, question 3, decided removed 4, seen live 5, noted 6", "legal"),
        ("closed 1, escalated police 2, reopened 3, reminded 4", "legal"),
        ("closed 1, reminded 2", "closed"),
        ("decided refused 1, closed 2, complained 3", "closed"),
        ("closed 1, sent 2", "closed"),
        ("closed 1, closed 2", "closed"),
        ("closed 1, withdrawn 2", "closed"),
        ("logged 0, closed 1, submitted 2", "closed"),
        ("logged 0, closed 2, submitted 1", "legal"),
        ("closed 1, reopened 2, closed 3", "legal"),
        ("reopened 1", "not_closed"),
        ("seen gone 1, reopened 2", "not_closed"),
        ("closed 1, reopened 2, reopened 3", "not_closed"),
        ("withdrawn 1, receipt 2, question 3, decided removed 4, seen live 5, noted 6", "legal"),
        ("withdrawn 1, escalated inhope 2", "legal"),
        ("withdrawn 1, reopened 2", "withdrawn"),
        ("withdrawn 1, withdrawn 2", "withdrawn"),
        ("withdrawn 1, closed 2", "withdrawn"),
        ("withdrawn 1 #1, reminded 2", "legal"),
        ("withdrawn 1 #1, withdrawn 2 #1", "withdrawn"),
        ("withdrawn 1 #1, withdrawn 2", "legal"),
        ("withdrawn 1 #1, withdrawn 2 #2, reminded 3", "withdrawn"),
        ("logged 0, withdrawn 1, submitted 2", "withdrawn"),
        # What was never asked for cannot be withdrawn from the notice: own quality counts no such.
        ("logged 0, withdrawn 1 #1, submitted 2, withdrawn 3 #1", "withdrawn"),
        # items
        ("decided removed 1 #3", "no_such_item"),
        ("seen gone 1 #2 #1", "legal"),
        # corrections
        ("closed 1, corrected away, reminded 2", "legal"),
        ("decided refused 1, complained 2, noted 3, corrected away, corrected to 4", "legal"),
    ],
)
def test_a_story_is_legal_or_refused_for_one_reason(story: str, reason: str) -> None:
    assert refused_for(story) == reason


@pytest.mark.parametrize(
    ("voids", "reason"),
    [(3, "already_corrected"), (9, "no_such_event"), (5, "no_such_event"), (None, "no_such_event")],
)
def test_a_correction_names_one_earlier_event_that_was_not_corrected_yet(
    voids: int | None, reason: str
) -> None:
    events = told("seen live 1, corrected to 2").events
    again = events[-1]._replace(number=5, voids=voids)

    with pytest.raises(NotAllowedNow) as refusal:
        lifecycle.replay([*events, again])

    assert refusal.value.reason == reason


def test_a_decision_that_a_complaint_is_about_cannot_be_corrected_away() -> None:
    events = told("decided refused 1, complained 2").events
    away = events[2]._replace(
        number=5, kind=EventKind.CORRECTED, voids=3, data=Corrected(EventKind.DECIDED, None)
    )

    with pytest.raises(NotAllowedNow) as refusal:
        lifecycle.replay([*events, away])

    assert refusal.value.reason == "not_decided"


def test_a_submission_that_a_receipt_answers_cannot_be_corrected_away() -> None:
    events = told("receipt 1").events
    away = events[1]._replace(
        number=4, kind=EventKind.CORRECTED, voids=2, data=Corrected(EventKind.SUBMITTED, None)
    )

    with pytest.raises(NotAllowedNow) as refusal:
        lifecycle.replay([*events, away])

    assert refusal.value.reason == "not_submitted"


def test_a_refusal_says_what_to_do_first() -> None:
    with pytest.raises(NotAllowedNow, match=r"^Record the submission first: decided"):
        replayed("logged 0, decided removed 1")


def test_nothing_at_all_is_no_story() -> None:
    with pytest.raises(NotAllowedNow) as refusal:
        lifecycle.replay([])

    assert refusal.value.reason == "not_logged"


def test_a_takedown_was_not_there_before_it_was_logged() -> None:
    with pytest.raises(NotAllowedNow) as refusal:
        lifecycle.replay(told("").events, as_of=hour(-2), check=False)

    assert refusal.value.reason == "not_logged"


@given(legal_stories())
def test_a_platforms_late_word_is_never_refused_once_submitted(story: str) -> None:
    events = told(story, items=2).events
    state = lifecycle.replay(events)

    for kind, data in (
        ("receipt_confirmed", {"automatic": False}),
        ("information_requested", {}),
        ("decided", {"outcome": "removed"}),
    ):
        late = events[0]._replace(number=99, kind=kind, happened_at=hour(99), data=data)
        if state.submitted_at:
            assert lifecycle.replay([*events, late]).answered_at is not None


@given(legal_stories())
def test_every_beginning_of_a_legal_story_is_legal(story: str) -> None:
    events = lifecycle.story_of(told(story, items=2).events)

    for length in range(1, len(events) + 1):
        if all(e.kind != "amended" for e in events[length:]):
            legality.check(events[:length])


@pytest.mark.parametrize(
    ("story", "kinds"),
    [
        ("logged 0", "amended closed held noted queued seen submitted withdrawn"),
        ("logged 0, held 1", "amended closed noted released seen withdrawn"),
        (
            "receipt 1",
            "closed decided escalated information_requested information_sent noted "
            "receipt_confirmed reminded seen withdrawn",
        ),
        (
            "decided refused 1",
            "closed complained decided escalated information_requested information_sent noted "
            "receipt_confirmed reminded seen withdrawn",
        ),
        (
            "decided refused 1, corrected away",
            "closed decided escalated information_requested information_sent noted "
            "receipt_confirmed reminded seen withdrawn",
        ),
        (
            "closed 1",
            "decided escalated information_requested noted receipt_confirmed reopened seen",
        ),
        ("withdrawn 1", "decided escalated information_requested noted receipt_confirmed seen"),
    ],
)
def test_what_may_be_told_now_depends_on_how_far_the_story_has_come(story: str, kinds: str) -> None:
    events = told(f"{story}, now 9").events

    assert legality.possible(events, hour(9)) == set(kinds.split())
