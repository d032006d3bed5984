"""Which word of the help stands beside what: where a page may leave somebody in doubt.

Pure.
"""

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import NamedTuple

from app.schemas.vocabularies import ItemState, NextStep
from app.web.help.entries import ENTRIES
from app.web.help.vocabularies import HelpWord


class Doubt(NamedTuple):
    """A word of the help, and what its page is called."""

    word: HelpWord
    title: str


OF_STATE: Mapping[ItemState, HelpWord] = MappingProxyType(
    {
        ItemState.GONE: HelpWord.GONE,
        ItemState.RESTRICTED: HelpWord.RESTRICTED,
        ItemState.REFUSED: HelpWord.REFUSAL,
        ItemState.CAME_BACK: HelpWord.CAME_BACK,
        ItemState.ALREADY_GONE: HelpWord.ALREADY_GONE,
        ItemState.WITHDRAWN: HelpWord.WITHDRAW,
    }
)
OF_STEP: Mapping[NextStep, HelpWord] = MappingProxyType(
    {
        NextStep.COMPLETE: HelpWord.NOTICE,
        NextStep.SUBMIT: HelpWord.NOTICE,
        NextStep.RELEASE: HelpWord.HOLD,
        NextStep.WAIT: HelpWord.TURN,
        NextStep.ANSWER: HelpWord.QUESTION,
        NextStep.CHECK: HelpWord.CHECK,
        NextStep.CHASE: HelpWord.NO_ANSWER,
        NextStep.DECIDE_NEXT: HelpWord.REFUSAL,
        NextStep.CLOSE: HelpWord.CLOSE,
        NextStep.NONE: HelpWord.CLOSE,
    }
)
OF_ACTION: Mapping[str, HelpWord] = MappingProxyType(
    {
        "reply": HelpWord.DECISION,
        "check": HelpWord.CHECK,
        "answer": HelpWord.QUESTION,
        "complain": HelpWord.COMPLAINT,
        "escalate": HelpWord.ESCALATE,
        "accept": HelpWord.ACCEPT,
        "release": HelpWord.HOLD,
        "hold": HelpWord.HOLD,
        "wait": HelpWord.ASIDE,
        "close": HelpWord.CLOSE,
        "reopen": HelpWord.CLOSE,
        "withdraw": HelpWord.WITHDRAW,
    }
)


def of_next(step: NextStep, states: Set[ItemState], *, is_claim_broken: bool) -> Doubt:
    """Return where it says what to do now; `is_claim_broken`: said removed, seen online since."""
    word = _of_next(step, states, is_claim_broken=is_claim_broken)
    return Doubt(word, ENTRIES[word].title)


def _of_next(step: NextStep, states: Set[ItemState], *, is_claim_broken: bool) -> HelpWord:
    if step == NextStep.CHASE and ItemState.CAME_BACK in states:
        return HelpWord.CAME_BACK
    if step == NextStep.CHASE and is_claim_broken:
        return HelpWord.STILL_ONLINE
    if step == NextStep.DECIDE_NEXT and ItemState.REFUSED not in states:
        return HelpWord.RESTRICTED
    return OF_STEP[step]
