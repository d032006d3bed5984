"""What a platform's reply seems to say: a proposal that a person confirms or changes.

Pure, given a catalogue. Phrases are data (`replies/*.yaml`); where nothing is said for sure,
nothing is proposed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from app.kit.settings import ROOT
from app.platforms import catalogue as catalogues
from app.platforms.catalogue import Catalogue
from app.platforms.replies import Phrases
from app.replies import reply_text, tickets
from app.replies.reply_words import ACTED, GEO, GONE, NOTHING, REFUSED, VIOLATES, Grammar, Reading

_ENOUGH = 10_000  # characters: a verdict stands at the top of a mail
_OF_AN_ACCOUNT = ("account_terminated", "account_suspended")
_WHOLE = frozenset({"removed", *_OF_AN_ACCOUNT})  # beside a refusal, it is about some items only


class Proposal(NamedTuple):
    """What the reply seems to be; None and "" where it does not tell.

    `is_partial`: it speaks of some of the items, so a person says of which. `aside`: it is no
    answer at all, but a mail that came back or the notice of somebody who is away.
    """

    kind: str | None = None
    outcome: str | None = None
    ground: str | None = None
    automatic: bool = False
    ticket_id: str = ""
    scope: tuple[str, ...] = ()
    is_partial: bool = False
    aside: Literal["bounced", "absent"] | None = None


class _Sentence(NamedTuple):
    """A sentence with what it says, in each language that finds something in it."""

    text: str
    readings: Sequence[Reading]
    is_partial: bool
    concedes: bool


@dataclass
class _Verdict:
    """The outcome that the sentences of a reply add up to."""

    outcome: str | None = None
    scope: tuple[str, ...] = ()
    is_partial: bool = False
    is_soft: bool = False
    sentences: list[str] = field(default_factory=list)


def propose(
    text: str,
    catalogue: Catalogue | None = None,
    *,
    platform: str = "",
    ours: Collection[str] = (),
) -> Proposal:
    """Propose what a pasted reply says; a decision outweighs a question, that one a receipt.

    `ours` are references of our own, which are no ticket of the platform's. Without a catalogue,
    the phrases that come with the tracker are used.
    """
    known = catalogue or _shipped()
    found = known.platforms.get(platform)
    own = found.replies if found else NOTHING
    grammars = [Grammar(spoken, own) for spoken in known.replies.values()]
    mail = reply_text.read(text[:_ENOUGH], list(known.replies.values()))
    proposal = Proposal()
    for part in mail.parts:
        proposal = _of(f"{mail.head}\n{part}", part, grammars)
        if proposal != Proposal():
            break
    words = "\n".join((mail.head, *mail.parts))
    ticket = tickets.find(
        words, list(known.replies.values()), known.platforms, platform=platform, ours=ours
    )
    return proposal._replace(ticket_id=ticket)


def _of(whole: str, part: str, grammars: Sequence[Grammar]) -> Proposal:
    all_of_it = reply_text.plain(whole)
    flat = reply_text.flat(all_of_it)
    # A mail server is known by its address, but an address must part no phrase.
    both = f"{' '.join(all_of_it.split())}\n{flat}"
    if any(_holds(one.spoken.asides.bounced, one, both) for one in grammars):
        return Proposal(aside="bounced")
    sentences = reply_text.sentences(reply_text.plain(part))
    is_asked = any(_asks(sentence, grammars) for sentence in sentences)
    verdict = _verdict([_read(sentence, grammars) for sentence in sentences])
    if verdict and not (is_asked and verdict.is_soft):
        ground = _ground(verdict.sentences, grammars) or _ground(sentences, grammars)
        return Proposal(
            "decided", verdict.outcome, ground, scope=verdict.scope, is_partial=verdict.is_partial
        )
    if any(_holds(one.spoken.asides.absent, one, flat) for one in grammars):
        return Proposal(aside="absent")
    if is_asked:
        return Proposal("information_requested")
    if any(_tells(one.spoken.receipts.told, one, sentences) for one in grammars):
        automatic = any(_holds(one.spoken.receipts.automatic, one, flat) for one in grammars)
        return Proposal("receipt_confirmed", automatic=automatic)
    return Proposal()


def _read(sentence: str, grammars: Sequence[Grammar]) -> _Sentence:
    readings: list[Reading] = []
    is_partial = concedes = False
    for grammar in grammars if "?" not in sentence else ():
        spelled = grammar.spelled(sentence)
        found = list(grammar.readings(spelled))
        readings += found
        is_partial = is_partial or grammar.is_partial(spelled, decides=bool(found))
        concedes = concedes or (bool(found) and grammar.concedes(spelled))
    return _Sentence(sentence, readings, is_partial, concedes)


def _verdict(sentences: Sequence[_Sentence]) -> _Verdict | None:
    """Add up what the sentences say; None where they decide nothing."""
    said = [(reading, one) for one in sentences for reading in one.readings]
    outcome = _outcome([reading for reading, _ in said])
    if outcome is None and not any(reading.what == ACTED for reading, _ in said):
        return None
    of_it = {outcome, GONE, VIOLATES} if outcome == "removed" else {outcome}
    if outcome == "already_gone":
        of_it.add(GONE)
    bearing = [one for reading, one in said if reading.what in of_it]
    refusals = [reading for reading, _ in said if reading.what == REFUSED]
    is_divided = outcome in _WHOLE and bool(refusals) and not any(one.concedes for one in sentences)
    scopes = {code for reading, _ in said if reading.what == GEO for code in reading.scope}
    return _Verdict(
        outcome=outcome,
        scope=tuple(sorted(scopes)) if outcome == GEO else (),
        is_partial=is_divided or any(one.is_partial for one in sentences),
        is_soft=outcome == "already_gone"
        or (outcome == REFUSED and all(one.is_soft for one in refusals)),
        sentences=[one.text for one in bearing],
    )


def _outcome(readings: Sequence[Reading]) -> str | None:
    """Choose the outcome: what is said of content outweighs an account, what was done a refusal."""
    said = [reading.what for reading in readings]
    if GEO in said:
        return GEO
    done = [what for what in said if what not in (REFUSED, ACTED, GONE, VIOLATES, "already_gone")]
    of_content = [what for what in done if what not in _OF_AN_ACCOUNT]
    if done:
        return (of_content or done)[0]
    if GONE in said and VIOLATES in said:
        return "removed"
    if GONE in said or "already_gone" in said:
        return "already_gone"
    return REFUSED if REFUSED in said else None


def _asks(sentence: str, grammars: Sequence[Grammar]) -> bool:
    """Tell whether a sentence asks something of us."""
    for grammar in grammars:
        asked, spelled = grammar.spoken.questions, grammar.spelled(sentence)
        if grammar.says(asked.requests, spelled, unless={"not", "open"}):
            return True
        is_idle = grammar.has(asked.idle, spelled)
        if spelled.endswith("?") and grammar.has(asked.asked, spelled) and not is_idle:
            return True
    return False


def _tells(phrases: Phrases, grammar: Grammar, sentences: Sequence[str]) -> bool:
    return any(grammar.says(phrases, grammar.spelled(one), unless={"not"}) for one in sentences)


def _holds(phrases: Phrases, grammar: Grammar, text: str) -> bool:
    return grammar.has(phrases, grammar.spelled(text))


def _ground(sentences: Sequence[str], grammars: Sequence[Grammar]) -> str | None:
    for ground in ("terms", "law"):
        for grammar in grammars:
            phrases = getattr(grammar.spoken.grounds, ground)
            if any(grammar.has(phrases, grammar.spelled(one)) for one in sentences):
                return ground
    return None


@cache
def _shipped() -> Catalogue:
    return catalogues.load(catalogues.read_folder(ROOT / "platform_templates"))
