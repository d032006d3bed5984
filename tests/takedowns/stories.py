"""Timelines told in words, for tests: `told("receipt 0.1, decided removed 5, now 6")`.

Numbers are hours after the submission. Logging at -1 and the submission at 0 go without saying
unless the story begins with `logged`. A clause may end with the items it names (`#1 #2`), a
vantage and the hour of recording; a correction is about the clause before it.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from app.kit.errors import NotAllowedNow
from app.schemas.vocabularies import EventKind
from app.takedowns import event_data, lifecycle, next_step
from app.takedowns.event_kinds import Corrected
from app.takedowns.lifecycle import Event, State
from tests.factories import START

CLAUSE = re.compile(
    r"(?P<words>[a-z_ ]+?)(?: \[(?P<scope>[A-Z ]+)\])?(?: (?P<hour>-?[\d.]+))"
    r"(?P<items>(?: #\d+)*)(?: \(vantage (?P<vantage>[A-Z]{2})\))?"
    r"(?: \(recorded at (?P<recorded>[\d.]+)\))?"
)
KINDS = {
    "receipt": "receipt_confirmed",
    "question": "information_requested",
    "sent": "information_sent",
}
FACTS = {"category": "csam", "basis": "article_16", "urgent": False, "ai_generated": "no"}
SUBMISSION = {
    "channel": "form",
    "how": "form",
    "language": "en",
    "platform": "instagram",
    "provider": "Meta Platforms Ireland Limited",
    "category": "csam",
    "dsa": {"category": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "keyword": "KEYWORD_OTHER"},
    "basis": "article_16",
    "targets": {"receipt_hours": 24, "gone_hours": 24},
    "reply_expected": True,
}


class Story(NamedTuple):
    """The events of a story, and the moment it stops at."""

    events: list[Event]
    now: datetime


def logged_item(number: int) -> dict[str, Any]:
    """An item as the event that logged it names it."""
    return {"id": number, "kind": "post", "sealed_sha256": "0" * 64}


def hour(number: float) -> datetime:
    """A moment so many hours after the submission."""
    return START + timedelta(hours=number)


def hours_after(moment: datetime | None) -> float | None:
    """The other way round."""
    return None if moment is None else (moment - START) / timedelta(hours=1)


def told(
    text: str,
    *,
    items: int = 1,
    facts: Mapping[str, Any] | None = None,
    submission: Mapping[str, Any] | None = None,
) -> Story:
    """Read a story; `facts` and `submission` add to what goes without saying."""
    if not text.startswith("logged"):
        text = ", ".join(filter(None, ("logged -1, submitted 0", text)))
    given: dict[str, dict[str, Any]] = {
        "logged": {
            "facts": FACTS | dict(facts or {}),
            "platform": "instagram",
            "provider": "Meta Platforms Ireland Limited",
            "items": [logged_item(n + 1) for n in range(items)],
        },
        "submitted": SUBMISSION | dict(submission or {}),
        "held": {"reason": "police_first"},
    }
    events: list[Event] = []
    now = None
    for clause in text.split(", "):
        if clause.startswith("now "):
            now = hour(float(clause.removeprefix("now ")))
        else:
            events.append(_event(clause, events, given))
    return Story(events, now or max(e.happened_at for e in events))


def _event(clause: str, before: list[Event], given: Mapping[str, Mapping[str, Any]]) -> Event:
    if clause.startswith("corrected"):
        return _correction(clause, before, given)
    found = CLAUSE.fullmatch(clause)
    assert found is not None, f"cannot read {clause!r}"
    word, _, detail = found["words"].partition(" ")
    kind = EventKind(KINDS.get(word, word))
    data = dict(given.get(kind, {}))
    match kind:
        case "receipt_confirmed":
            data["automatic"] = detail == "auto"
        case "decided":
            data |= {"outcome": detail, "ground": "law", "scope": (found["scope"] or "").split()}
        case "seen":
            data |= {"availability": detail, "vantage": found["vantage"]}
        case "complained" | "escalated":
            data["to"] = detail or "platform_complaint"
        case "noted" if detail:
            data["accepted"] = True
        case "amended":
            data["facts"] = {detail: True}
        case _:
            assert not detail, f"cannot read {clause!r}"
    happened_at = hour(float(found["hour"]))
    in_the_books = [e.recorded_at for e in before[-1:]]
    recorded_at = hour(float(found["recorded"])) if found["recorded"] else happened_at
    return Event(
        number=len(before) + 1,
        kind=kind,
        happened_at=happened_at,
        recorded_at=max([recorded_at, *in_the_books]),
        items=tuple(int(n) for n in found["items"].replace("#", "").split()),
        data=event_data.of(kind, data),
    )


def _correction(clause: str, before: list[Event], given: Mapping[str, Mapping[str, Any]]) -> Event:
    """`corrected away`, `corrected to 6` (the same, at 6) or `corrected to decided refused 6`."""
    voided = before[-1]
    data = voided.data.replacement if isinstance(voided.data, Corrected) else voided.data
    kind = _first_of(voided, before).kind
    right = clause.removeprefix("corrected to ")
    number = len(before) + 1
    if clause == "corrected away":
        event = voided._replace(data=Corrected(kind, None))
    elif re.fullmatch(r"-?[\d.]+", right):
        event = voided._replace(happened_at=hour(float(right)), data=Corrected(kind, data))
    else:
        event = _event(right, before, given)
        assert event.kind == kind, f"{clause!r} changes the kind"
        event = event._replace(data=Corrected(kind, event.data))
    recorded_at = max(event.happened_at, voided.recorded_at)
    return event._replace(
        number=number, kind=EventKind.CORRECTED, recorded_at=recorded_at, voids=voided.number
    )


def _first_of(event: Event, before: list[Event]) -> Event:
    while event.voids is not None:
        event = before[event.voids - 1]
    return event


def replayed(text: str, **given: Any) -> State:
    """What a story amounts to."""
    return lifecycle.replay(told(text, **given).events)


def in_words(state: State) -> tuple[str, str]:
    """States and hours of all items: `gone; waiting`, `2; -`."""
    hours = [hours_after(item.gone_at) for item in state.items]
    return (
        "; ".join(item.state for item in state.items),
        "; ".join("-" if h is None else format(h, "g") for h in hours),
    )


def comes_next(text: str, *, missing: bool = False, **given: Any) -> str:
    """Turn, step and the hour it becomes late, at the end of a story: `us, chase, 24`."""
    story = told(text, **given)
    turn, verb, due_at = next_step.step(lifecycle.replay(story.events), missing, story.now)
    due = hours_after(due_at)
    return f"{turn}, {verb}, {'-' if due is None else format(due, 'g')}"


SAYS = [
    *(f"decided {outcome}" for outcome in ("removed", "account_suspended", "already_gone")),
    *(f"decided {outcome}" for outcome in ("refused", "geo_restricted [BE]", "demoted", "other")),
]
SEES = [f"seen {availability}" for availability in ("gone", "live", "restricted", "unknown")]
ASKS = ["receipt auto", "receipt", "question", "sent", "reminded", "noted", "noted accepted"]
APPEALS = ["complained", "escalated coordinator", "escalated out_of_court_body"]
PREPARES = ["held", "released", "queued", "unsent", "amended urgent", "submitted"]
ENDS = ["withdrawn", "closed", "reopened"]
NAMED = st.sampled_from(("", "", " #1", " #2"))


def _clauses(words: list[str], hours: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    return st.builds("{} {}{}".format, st.sampled_from(words), hours, NAMED)


LATER = st.integers(1, 60)
EARLIER = st.integers(-30, 0)
PLAIN = (
    _clauses(SAYS, LATER),
    _clauses(SEES, LATER),
    _clauses(SEES, EARLIER),
    _clauses(ASKS, LATER),
    _clauses(APPEALS, LATER),
    _clauses(PREPARES, EARLIER),
    _clauses(ENDS, LATER),
)
CORRECTIONS = (
    st.builds("corrected to {}".format, LATER),
    st.sampled_from(
        ("corrected away", "corrected to decided refused 20", "corrected to decided removed 25 #1")
    ),
)


@st.composite
def legal_stories(draw: st.DrawFn, *, with_corrections: bool = True) -> str:
    """Stories of two items that could have happened: of random clauses those that fit."""
    clauses = st.one_of(*PLAIN, *(CORRECTIONS if with_corrections else ()))
    heads = ["submitted 0", "submitted 0", "amended urgent -9, submitted 0", "held -9"]
    head = draw(st.sampled_from(heads))
    story = f"logged -10, {head}"
    for clause in draw(st.lists(clauses, min_size=6, max_size=16)):
        last = story.rpartition(", ")[2]
        if clause.startswith("corrected to decided") and not last.startswith("decided"):
            continue
        longer = f"{story}, {clause}"
        try:
            replayed(longer, items=2)
        except NotAllowedNow:
            continue
        story = longer
    return story
