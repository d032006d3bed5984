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
DECIDED_ON = frozenset({"decided_on"})
SEEN_ON = frozenset({"seen_on"})
MOMENT = frozenset({"date", "utc", "local", "zone"})
# The names a sentence may use, by its path in `texts/<language>.yaml`; others may use none.
MAY_USE: Mapping[str, frozenset[str]] = {
    "subject": frozenset({"category", "count"}),
    "subject.reminders": frozenset({"number"}),
    "subject.withdrawal": frozenset({"count"}),
    "subject.reference": frozenset({"reference", "line"}),
    "subject.urgent": frozenset({"line"}),
    "subject.before": frozenset({"deadline", "line"}),
    "subject.ticket": frozenset({"line", "ticket"}),
    "counts.urls": frozenset({"number"}),
    "counts.places": frozenset({"number"}),
    "status.full": frozenset({"authority", "decision"}),
    "status.authority": frozenset({"authority"}),
    "status.decision": frozenset({"decision"}),
    "opening.article_22": frozenset({"status"}),
    "reference": REFERENCE,
    "ticket": frozenset({"ticket"}),
    "assessed": frozenset({"assessed_on"}),
    "assessed_as": frozenset({"category"}),
    "when.deadline": frozenset({"deadline"}),
    "when.expired": frozenset({"deadline"}),
    "law.listed": frozenset({"law", "next"}),
    "law.where": frozenset({"condition", "law"}),
    "own_rules": frozenset({"words"}),
    "identity.given": frozenset({"organisation", "email"}),
    "reminder.sent": frozenset({"reference", "submitted_on"}),
    "reminder.receipt": frozenset({"receipt_on"}),
    "reminder.gone": DECIDED_ON,
    "reminder.restricted": DECIDED_ON,
    "reminder.refused": DECIDED_ON,
    "reminder.decided": DECIDED_ON,
    "reminder.still_available": SEEN_ON,
    "reminder.back": SEEN_ON,
    "reminder.of_some": frozenset({"numbers", "said"}),
    "reminder.together": frozenset({"number"}),
    "reminder.left": frozenset({"numbers", "total"}),
    "complaint.opening": REFERENCE | DECIDED_ON,
    "complaint.opening_other": REFERENCE | DECIDED_ON,
    "complaint.decision": frozenset({"outcome"}),
    "complaint.decision_on": frozenset({"outcome", "ground"}),
    "complaint.said": frozenset({"reason"}),
    "withdrawal.opening": REFERENCE,
    "withdrawal.reason": frozenset({"reason"}),
    "dates.day": frozenset({"day", "month", "year"}),
    "dates.time": frozenset({"hour", "minute"}),
    "dates.full_hour": frozenset({"hour"}),
    "dates.moment": MOMENT,
    "dates.moment_two_days": MOMENT | {"local_date"},
    "locator": frozenset({"value"}),
    "locator.beside": frozenset({"url", "place"}),
}


def may_use(path: tuple[str, ...]) -> frozenset[str]:
    """Return the names a sentence at this path may use."""
    return MAY_USE.get(".".join(path), MAY_USE.get(path[0], frozenset()))


def must_use(path: tuple[str, ...]) -> frozenset[str]:
    """Return the names without which a sentence at this path says nothing.

    A platform may cut a subject line short of the category, but never of how much it is about.
    """
    return may_use(path) - {"category"} if path[0] == "subject" else may_use(path)


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
