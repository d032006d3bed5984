"""What replies of platforms say in one language: phrases that tell a decision from a question.

Pure: the shape of `replies/<language>.yaml`. Who reads a reply with it: `app.replies.proposing`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel, StrictBool

from app.kit.languages import Language
from app.platforms.phrases import Parts, parts_of
from app.platforms.schema import Code, Data, Sentence
from app.platforms.vocabularies import Region
from app.schemas.vocabularies import Outcome

Phrases = tuple[Sentence, ...]
Some = Annotated[Phrases, Field(min_length=1)]
# What a platform may have done; that it refused, or acted in some countries only, is found out.
Deed = Literal[
    Outcome.ALREADY_GONE, Outcome.ACCOUNT_TERMINATED, Outcome.ACCOUNT_SUSPENDED,
    Outcome.AGE_RESTRICTED, Outcome.LABELLED, Outcome.DEMOTED, Outcome.INTERACTION_RESTRICTED,
    Outcome.DISABLED, Outcome.REMOVED,
]  # fmt: skip


class Act(Data):
    """Words for a thing done; what is `meant` tells only what was decided or denied."""

    done: Some
    meant: Phrases = ()


class Headers(Data):
    """How the lines above a mail are called."""

    sender: Some = Field(alias="from")
    sent: Some
    to: Some
    subject: Some


class Trails(Data):
    """Whole lines at which somebody else's words begin, and lines of a signature."""

    attributions: Some
    forwards: Some
    echoes: Phrases = ()
    headers: Headers
    signatures: Phrases = ()


class Asides(Data):
    """Mail that tells neither what was done nor what was asked."""

    bounced: Some
    absent: Some


class Receipts(Data):
    """Words of a receipt, and of one that no person wrote."""

    told: Some
    automatic: Some


class Questions(Data):
    """What asks without a question mark; what makes a question ours, and what makes it idle."""

    requests: Some
    asked: Some
    idle: Phrases = ()


class Clauses(Data):
    """How a sentence tells what happened from what did not happen and what may."""

    borders: Some
    links: Some
    verbs: Some
    denials: Some
    denials_after: Phrases = ()
    conditions: Some
    promises: Some
    chances: Some
    resolves: Phrases = ()
    concessions: Phrases = ()
    unrelated: Phrases = ()


class Restricted(Data):
    """Words that close something in some countries: by themselves, or beside a place."""

    alone: Phrases = ()
    in_a_place: Some


class Places(Data):
    """How places are named beside the countries' own names, which Unicode's data give."""

    before: Some
    unnamed: Phrases = ()
    regions: Mapping[Region, Some] = {}
    countries: Mapping[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], Some] = {}
    not_after: Phrases = ()


class Violations(Data):
    """Words for a broken rule: by a negation, plainly, and as what somebody found."""

    negative: Phrases = ()
    positive: Some
    found: Phrases = ()


class Partial(Data):
    """Words for some of the items: where something is decided, and for the rest of them."""

    some: Some
    rest: Phrases = ()


class Grounds(Data):
    """Words of law, and of the platform's own rules."""

    terms: Some
    law: Some


class Tickets(Data):
    """What stands before a ticket's number; `ours` is how a platform speaks of itself."""

    labels: Some
    numbers: Some
    plain: Phrases = ()
    ours: Phrases = ()


class Replies(Data):
    """`replies/<language>.yaml` as a whole; outcomes are looked for in the file's order."""

    language: Language
    reviewed: StrictBool
    checked: date
    spellings: Mapping[str, str] = {}
    parts: Mapping[Code, Sentence] = {}
    trails: Trails
    asides: Asides
    receipts: Receipts
    questions: Questions
    clauses: Clauses
    outcomes: Mapping[Deed, Act]
    restricted: Restricted
    places: Places
    violations: Violations
    gone: Some
    acted: Act
    refused: Some
    partial: Partial
    grounds: Grounds
    tickets: Tickets

    @property
    def shared(self) -> Parts:
        """Return the parts that phrases share, as expressions."""
        return parts_of(self.parts)

    def phrases(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Give every phrase with its path, in the file's order."""
        yield from _leaves(self.model_dump(by_alias=True, exclude=_NO_PHRASES), ())


class OwnReplies(
    RootModel[Mapping[Language, Mapping[Deed | Literal[Outcome.GEO_RESTRICTED], Some]]]
):
    """A platform's own words for what it did, by language; read beside those of everybody."""

    model_config = ConfigDict(frozen=True)

    def to(self, language: Language) -> Mapping[str, Phrases]:
        """Return them in one language; none where the platform has none of its own."""
        return {str(outcome): phrases for outcome, phrases in self.root.get(language, {}).items()}


_NO_PHRASES = {"language", "reviewed", "checked", "spellings", "parts"}


def _leaves(
    node: object, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, tuple):
        for number, value in enumerate(node):
            yield from _leaves(value, (*path, number))
    elif isinstance(node, str):
        yield path, node
