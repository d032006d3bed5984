"""The {names} in our sentences: which sentence may use which, and their filling.

Pure. Plain names in braces and no template language, so no text of ours can run anything.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# What a filled text must not hold any more: {name}, {{ ... }}, {% ... %}, ###.
LEFTOVER = re.compile(r"\{[a-z_]+\}|\{\{|\{%|#{3,}")

REFERENCE = frozenset({"reference"})
# The names a sentence may use, by its path in `texts/<language>.yaml`; others may use none.
MAY_USE: Mapping[str, frozenset[str]] = {
    "subject": frozenset({"reference", "platform", "category"}),
    "reference": REFERENCE,
    "assessed": frozenset({"category"}),
    "facts.deadline": frozenset({"deadline"}),
    "law.named": frozenset({"law"}),
    "law.listed": frozenset({"law", "next"}),
    "own_rules": frozenset({"words"}),
    "identity.given": frozenset({"organisation", "email"}),
    "answer": REFERENCE,
    "reminder.no_decision": frozenset({"reference", "submitted_on"}),
    "reminder.after_decision": frozenset({"reference", "submitted_on", "decided_on"}),
    "reminder.still_available": frozenset({"seen_on"}),
    "complaint.opening": frozenset({"reference", "decided_on"}),
    "withdrawal.opening": REFERENCE,
    "withdrawal.reason": frozenset({"reason"}),
    "dates.day": frozenset({"day", "month", "year"}),
    "dates.moment": frozenset({"date", "hour", "minute", "zone"}),
    "locator": frozenset({"value"}),
}


def may_use(path: tuple[str, ...]) -> frozenset[str]:
    """Return the names a sentence at this path may use."""
    return MAY_USE.get(".".join(path), MAY_USE.get(path[0], frozenset()))


def must_use(path: tuple[str, ...]) -> frozenset[str]:
    """Return the names without which a sentence at this path says nothing."""
    return REFERENCE if path[0] == "subject" else may_use(path)


def used(sentence: str) -> frozenset[str]:
    """Return the names a sentence uses."""
    return frozenset(PLACEHOLDER.findall(sentence))


def fixed_parts(sentence: str) -> tuple[str, ...]:
    """Return what a sentence says between its names, whatever these are filled with."""
    return tuple(part for part in _split(sentence)[::2] if part.strip())


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """Fill a sentence once: a value that holds braces itself stays as it is."""
    pieces = _split(sentence)
    if len(pieces) == 1:
        return sentence
    filled = list(pieces)
    filled[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(filled)


@lru_cache(maxsize=1024)
def _split(sentence: str) -> tuple[str, ...]:
    return tuple(PLACEHOLDER.split(sentence))
