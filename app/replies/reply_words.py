"""What a sentence of a reply says happened: a thing done, denied, or left open.

Pure. A phrase counts only as far as its clause lets it: "removed" stands, "not removed" denies, and
"will be removed", "if it is removed" and "not removed yet" tell of nothing that happened.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from app.platforms.phrases import pattern
from app.platforms.replies import OwnReplies, Phrases, Replies
from app.replies import countries

GEO = "geo_restricted"
REFUSED, ACTED, GONE, VIOLATES = "refused", "acted", "gone", "violates"
# What can be closed in some countries and left open elsewhere.
_PLACEABLE = frozenset({"removed", "disabled", "account_suspended", "account_terminated", GONE})
NOTHING = OwnReplies({})
# What a phrase tells: that it is so, is not, is to be, may be, or depends.
Stands = Literal["so", "not", "promised", "possible", "open"]


class Reading(NamedTuple):
    """One thing a sentence says: an outcome, or that a rule is broken or the content is away.

    `is_soft`: a refusal that may only mean "not now", so that a question outweighs it.
    """

    what: str
    scope: tuple[str, ...] = ()
    is_soft: bool = False


class _Found(NamedTuple):
    start: int
    end: int
    stands: Stands


@dataclass(frozen=True)
class Grammar:
    """One language's phrases, with those of the platform that is read."""

    spoken: Replies
    own: OwnReplies = NOTHING

    def spelled(self, sentence: str) -> str:
        """Spell out what a language draws together."""
        for short, long in self.spoken.spellings.items():
            sentence = sentence.replace(short, long)
        return sentence

    def has(self, phrases: Phrases, sentence: str) -> bool:
        """Tell whether a sentence holds one of these phrases."""
        return bool(self._pattern(phrases).search(sentence))

    def says(self, phrases: Phrases, sentence: str, *, unless: Collection[Stands]) -> bool:
        """Tell whether a sentence says one of these, `unless` it stands like that."""
        found = self._pattern(phrases).finditer(sentence)
        stands = (self._stands(sentence, one, reads_within=False) for one in found)
        return any(one not in unless for one in stands)

    def is_partial(self, sentence: str, *, decides: bool) -> bool:
        """Tell whether a sentence speaks of some of what was reported."""
        partial = self.spoken.partial
        return (decides and self.has(partial.some, sentence)) or self.has(partial.rest, sentence)

    def concedes(self, sentence: str) -> bool:
        """Tell whether a sentence takes up what another one left."""
        return self.has(self.spoken.clauses.concessions, sentence)

    def readings(self, sentence: str) -> Iterator[Reading]:
        """Give what a sentence says, each phrase once; the more special phrases come first."""
        violations = self.spoken.violations
        rest = self._without(self.spoken.clauses.unrelated, sentence)
        for found in self._all(violations.found, rest, reads_within=False):
            yield from (Reading(VIOLATES), Reading(ACTED)) if found.stands == "so" else ()
        for found in self._all(violations.negative, rest, reads_within=False):
            yield from (Reading(VIOLATES),) if found.stands == "so" else ()
        rest = self._without(violations.negative, rest)
        for what, done in self._done():
            for found in self._all(done, rest, reads_within=what != "already_gone"):
                yield from self._read(what, found, rest)
            rest = self._without(done, rest)
        yield from self._meant(rest)
        yield from self._others(rest)

    def _read(
        self, what: str, found: _Found, sentence: str, *, scope: tuple[str, ...] | None = None
    ) -> Iterator[Reading]:
        if found.stands == "not" and what != "already_gone":
            yield Reading(REFUSED, is_soft=True)
        elif found.stands == "so":
            if scope is None and what in _PLACEABLE:
                scope = countries.beside(self.spoken, sentence, found.start, end=found.end)
            yield Reading(what) if scope is None else Reading(GEO, scope)

    def _done(self) -> Iterator[tuple[str, Phrases]]:
        own: Mapping[str, Phrases] = self.own.to(self.spoken.language)
        yield GEO, (*own.get(GEO, ()), *self.spoken.restricted.alone)
        for what, act in self.spoken.outcomes.items():
            yield what, (*own.get(what, ()), *act.done)

    def _meant(self, sentence: str) -> Iterator[Reading]:
        """Read what is only meant: it counts where it is decided, or denied."""
        resolves = self.spoken.clauses.resolves
        for what, act in (*self.spoken.outcomes.items(), (ACTED, self.spoken.acted)):
            for found in self._all(act.meant, sentence, is_late=True):
                if found.stands == "not":
                    yield Reading(REFUSED, is_soft=True)
                elif self.has(resolves, sentence[: found.start].rstrip()):
                    yield from self._read(what, found, sentence)
            sentence = self._without(act.meant, sentence)

    def _others(self, sentence: str) -> Iterator[Reading]:
        spoken = self.spoken
        for found in self._all(spoken.refused, sentence, reads_within=False):
            if found.stands in ("so", "promised"):
                yield Reading(REFUSED)
        sentence = self._without(spoken.refused, sentence)
        for found in self._all(spoken.acted.done, sentence):
            yield from self._read(ACTED, found, sentence)
        for found in self._all(spoken.gone, sentence, reads_within=False):
            yield from self._read(GONE, found, sentence) if found.stands == "so" else ()
        sentence = self._without(spoken.gone, sentence)
        for found in self._all(spoken.restricted.in_a_place, sentence, reads_within=False):
            scope = countries.beside(spoken, sentence, found.start, end=found.end)
            if scope is not None:
                yield from self._read(GEO, found, sentence, scope=scope)
        for found in self._all(spoken.violations.positive, sentence, is_late=True):
            if found.stands in ("so", "not"):
                yield Reading(VIOLATES if found.stands == "so" else REFUSED)

    def _all(
        self, phrases: Phrases, sentence: str, *, reads_within: bool = True, is_late: bool = False
    ) -> Iterator[_Found]:
        for match in self._pattern(phrases).finditer(sentence):
            stands = self._stands(sentence, match, reads_within=reads_within, is_late=is_late)
            yield _Found(match.start(), match.end(), stands)

    def _stands(
        self, sentence: str, match: re.Match[str], *, reads_within: bool, is_late: bool = False
    ) -> Stands:
        """Tell how a phrase stands in its clause; `is_late`: a denial may come after it."""
        clauses = self.spoken.clauses
        before, within = sentence[: match.start()], match[0] if reads_within else ""
        tail = self._tail(sentence[match.end() :])
        if self.has(clauses.conditions, f"{before}{within or '.'}{tail}"):
            return "open"
        scope = self._scope(before, match[0], crosses=is_late)
        if self.has(clauses.denials, scope) or self.has(clauses.denials, within):
            return "not"
        if is_late and self.has(clauses.denials_after, tail):
            return "not"
        if self.has(clauses.resolves, before.rstrip()):
            return "so"
        for phrases, stands in self._moods:
            if self.has(phrases, scope.rstrip()) or self.has(phrases, within):
                return stands
        return "so"

    def _scope(self, before: str, phrase: str, *, crosses: bool) -> str:
        """Return the clause before a phrase: from the last border behind which a verb stands.

        What is only found or meant `crosses` words such as "that": they lead to its own verb.
        """
        clauses = self.spoken.clauses
        verbs = self._pattern(clauses.verbs)
        known = clauses.borders if crosses else (*clauses.borders, *clauses.links)
        borders = list(self._pattern(known).finditer(before))
        for border in reversed(borders):
            if verbs.search(f"{before[border.end() :]}{phrase}"):
                return before[border.end() :]
        return before

    def _tail(self, after: str) -> str:
        clauses = self.spoken.clauses
        border = self._pattern((*clauses.borders, *clauses.links)).search(after)
        return after[: border.start()] if border else after

    def _without(self, phrases: Phrases, sentence: str) -> str:
        """Take phrases out, so that no part of one is read again."""
        return self._pattern(phrases).sub(lambda match: "." * len(match[0]), sentence)

    def _pattern(self, phrases: Phrases) -> re.Pattern[str]:
        return pattern(phrases, self._shared)

    @cached_property
    def _moods(self) -> tuple[tuple[Phrases, Stands], ...]:
        clauses = self.spoken.clauses
        return ((clauses.chances, "possible"), (clauses.promises, "promised"))

    @cached_property
    def _shared(self) -> tuple[tuple[str, str], ...]:
        return self.spoken.shared
