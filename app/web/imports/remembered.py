"""How a sheet with these headings was matched the last time, by whomever: the same again."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.imports import guessing
from app.imports.plan import Plan
from app.imports.targets import HARMLESS, KINDS
from app.kit import preferences
from app.kit.database import Unit
from app.web.imports import own_headings


class Match(NamedTuple):
    """What the columns are by heading, what words mean by target, and what holds for all rows."""

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    fixed: Mapping[str, str]
    day_time: str


def find(unit: Unit, headings: Sequence[str]) -> Match | None:
    """Return the match of these headings, in whatever order they stand."""
    found = preferences.one(unit, _name(headings))
    return Match(*found) if isinstance(found, list) else None


def keep(unit: Unit, headings: Sequence[str], plan: Plan) -> None:
    """Remember a match instead of the one before, and of it nothing that was reported.

    It outlives the file, so what a column is said to be counts for nothing.
    """
    if any(
        map(guessing.is_pointing_or_host, headings)
    ):  # a row of the table, taken for its headings
        return
    named = {headings[place]: target for place, target in plan.columns.items()}
    # What is written in words lies sealed with the file alone.
    codes = {name: code for name, code in plan.fixed.items() if KINDS[name] in HARMLESS}
    words = {
        target: {
            word: code for word, code in told.items() if not guessing.is_pointing_or_host(word)
        }
        for target, told in plan.words.items()
    }
    match = Match(named, words, codes, plan.day_time)
    preferences.write(unit, {_name(headings): list(match)})


def _name(headings: Sequence[str]) -> str:
    own = sorted(one for one in headings if one and one not in own_headings.every())
    return f"columns {hashlib.sha256(chr(0).join(own).encode()).hexdigest()[:32]}"
