"""A first week: five short days, each with one thing to try; in the demo on requests it holds."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, select

from app.kit.database import Unit
from app.kit.wording import N_
from app.schemas.vocabularies import ItemState, NextStep, Turn
from app.takedowns.models import items, takedowns
from app.web.help.vocabularies import HelpWord


class Lead(NamedTuple):
    """A way to something to try: a page of ours, or the name of an example."""

    words: str
    to: str


class Day(NamedTuple):
    """One day: what it is about, what to try, where that is, and which words to read."""

    title: str
    text: str
    trying: str
    leads: Sequence[Lead]
    words: Sequence[HelpWord]


DAYS = (
    Day(
        N_("Day 1: look around"),
        N_(
            "The inbox holds what needs somebody now. Each row has one thing to do, says why it is "
            "there and by when. The letter q covers the screen at once."
        ),
        N_(
            "Open the first row. Find out whose turn it is, what is asked of you and by when, then "
            "go back. Looking records nothing and takes nothing from anybody."
        ),
        (Lead(N_("The inbox"), "/inbox"),),
        (HelpWord.TURN, HelpWord.TARGET, HelpWord.MASKED),
    ),
    Day(
        N_("Day 2: a new request"),
        N_(
            "Whatever was reported is pasted as it came. The tool finds links, platforms and "
            "content that was in a request before, and writes a notice for each platform."
        ),
        N_(
            "Paste a message with a few links and save it. Copy the fields of one notice into the "
            "platform’s form, and mark the notice as submitted."
        ),
        (Lead(N_("New request, with a sample to paste"), "/takedowns/new"),),
        (HelpWord.REQUEST, HelpWord.NOTICE, HelpWord.CHANNEL, HelpWord.BASIS),
    ),
    Day(
        N_("Day 3: the platform answers"),
        N_(
            "A receipt needs nothing. A question needs an answer within a day. A refusal needs a "
            "choice: complain, go elsewhere, or accept it."
        ),
        N_(
            "Open a request with a question and answer it. Then open one that was refused, and "
            "read what is open to us and until when."
        ),
        (
            Lead(N_("A request with a question"), "question"),
            Lead(N_("A request that was refused"), "refusal"),
        ),
        (HelpWord.QUESTION, HelpWord.REFUSAL, HelpWord.COMPLAINT),
    ),
    Day(
        N_("Day 4: gone, or not"),
        N_(
            "What the platform says and what we saw are kept apart. Content that is said to be "
            "removed may still be there, and what was gone may come back."
        ),
        N_("Open a request whose content came back, and write a reminder without sending it."),
        (
            Lead(N_("A request whose content came back"), "came_back"),
            Lead(N_("A request with content that is still online"), "still_online"),
        ),
        (HelpWord.CHECK, HelpWord.CAME_BACK, HelpWord.STILL_ONLINE, HelpWord.CHASE),
    ),
    Day(
        N_("Day 5: what the numbers say"),
        N_(
            "Every number opens the rows behind it, and open requests are counted too. Few "
            "requests say little: then only counts are shown."
        ),
        N_(
            "Find out in how much time half is gone at one platform. Open the rows behind a "
            "number. Then leave a hand-over note on a request for the person who goes on."
        ),
        (Lead(N_("Metrics"), "/metrics"), Lead(N_("Platforms"), "/platforms")),
        (HelpWord.HALF_GONE, HelpWord.OUR_TIME, HelpWord.TOO_FEW),
    ),
)


def _first(*conditions: ColumnElement[bool]) -> Select[tuple[str]]:
    """Select the oldest request with such an item, one that waits for us before any other."""
    return (
        select(takedowns.c.reference)
        .join(items, items.c.takedown_id == takedowns.c.id)
        .where(*conditions)
        .order_by(takedowns.c.whose_turn != Turn.US, takedowns.c.id)
        .limit(1)
    )


_EXAMPLES = {
    "question": _first(takedowns.c.next_step == NextStep.ANSWER),
    "refusal": _first(
        takedowns.c.next_step == NextStep.DECIDE_NEXT, items.c.state == ItemState.REFUSED
    ),
    "came_back": _first(items.c.state == ItemState.CAME_BACK),
    "still_online": _first(items.c.claimed_removed_still_up, items.c.state == ItemState.WAITING),
}


def examples(unit: Unit) -> Mapping[str, str]:
    """Return the addresses of what there is to try, by name, of those there are."""
    found = {name: unit.connection.scalar(query) for name, query in _EXAMPLES.items()}
    return {name: f"/takedowns/{reference}" for name, reference in found.items() if reference}
