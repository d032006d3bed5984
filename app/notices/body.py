"""The notice as one text, and the box of a form that must hold what has no field of its own.

Pure. A first notice says what is asked first, then where, what it is, why, and who asks.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from app.notices import sentences
from app.notices.case import Case, at_moment, paragraphs
from app.platforms.placeholders import fill
from app.schemas.vocabularies import Purpose

Values = Mapping[str, str | None]
# What rests on these says so where it says who we are.
SAYS_ITS_LAW = frozenset({"take_it_down", "rules"})


class Part(NamedTuple):
    """A passage of the notice, and the element whose field would make it superfluous in a form.

    `heading` stands over the first passage of those that share it.
    """

    element: str
    text: str
    heading: str = ""


def whole(case: Case, values: Values, own_statement: str | None = None) -> str:
    """Return the complete notice; a caseworker's `own_statement` stands for what it replaced."""
    if own_statement is not None and "locator" not in case.channel.filled_by:
        case = _without_places(case)  # own words stand for them
        values = {**values, "locator": sentences.WRITERS["locator"](case) or None}
    told = list(_parts(case, values))
    if own_statement is not None:
        told = [
            part._replace(text=own_statement, heading="") if part.element == "explanation" else part
            for part in told
            if part.element == "explanation" or part.element in case.channel.filled_by
        ]
    return joined(told) + "\n"


def statement(case: Case, values: Values) -> str:
    """Return everything the notice must say for which the form has no field of its own."""
    apart = case.channel.filled_by
    return joined(part for part in _parts(case, values, apart) if part.element not in apart)


def subject(case: Case) -> str:
    """Return the subject line: one line, whatever the names in it hold."""
    texts, request = case.texts.subject, case.request
    key = case.ground if case.purpose == Purpose.FIRST else case.purpose
    if case.purpose == Purpose.COMPLAINT and not case.in_dsa:
        key = "complaint_other"
    words = {"category": case.category.labels[case.language], "count": _count(case)}
    line = fill(getattr(texts, key), words)
    if request.tickets and case.purpose != Purpose.FIRST:
        line = fill(texts.ticket, {"line": line, "ticket": ", ".join(request.tickets)})
    line = urgent(case, line) or line[:1].upper() + line[1:]
    return " ".join(fill(texts.reference, {"reference": request.reference, "line": line}).split())


def urgent(case: Case, line: str) -> str | None:
    """Mark a line as urgent, with a deadline still ahead; None where it is not."""
    request, texts = case.request, case.texts.subject
    if case.purpose == Purpose.WITHDRAWAL:
        return None
    deadline = request.fact("deadline_at")
    if deadline is not None and not case.deadline_is_past:
        return fill(texts.before, {"deadline": at_moment(case, deadline), "line": line})
    if request.fact("urgent") or deadline is not None:
        return fill(texts.urgent, {"line": line})
    return None


def _count(case: Case) -> str:
    texts, items = case.texts.counts, case.request.items
    are_urls = all(item.url for item in items)
    if len(items) == 1:
        return texts.url if are_urls else texts.place
    return fill(texts.urls if are_urls else texts.places, {"number": str(len(items))})


def _parts(case: Case, values: Values, apart: Container[str] = ()) -> Iterator[Part]:
    """Give the passages in order; `apart` are the elements that stand elsewhere in the form."""
    headings = case.texts.headings
    where = Part("urls", _places(case, values), headings.where)
    if "urls" in apart:
        where = Part("locator", values["locator"] or "", headings.where)
    explanation = values["explanation"] or ""
    is_own = _is_own(case, values, "request")
    request = Part("request", values["request"] or "" if is_own else sentences.asked(case))
    if case.purpose == Purpose.FIRST:
        yield from (request, where, Part("explanation", explanation, headings.what))
    else:
        yield Part("explanation", explanation)
        if case.purpose != Purpose.WITHDRAWAL:
            yield request
        yield where
    if case.request.fact("court_order") and sentences.asks_for_court_order(case):
        yield Part("court_order", case.texts.facts.court_order)
    yield from _why(case, values, apart)
    yield from _sender(case, values)
    if case.purpose != Purpose.WITHDRAWAL and not is_own:
        yield Part("request", "\n".join(sentences.answering(case)))
    yield Part("mandate", values["mandate"] or "")
    yield Part("good_faith", values["good_faith"] or "")


def _is_own(case: Case, values: Values, element: str) -> bool:
    """Tell whether a caseworker wrote over what the template says."""
    return case.purpose != Purpose.WITHDRAWAL and values[element] != (
        sentences.WRITERS[element](case) or None
    )


def _places(case: Case, values: Values) -> str:
    """List where the content is, numbered where there are several, so that an answer can tell."""
    items = case.request.items
    if _is_own(case, values, "urls") or _is_own(case, values, "locator"):
        return paragraphs(values["urls"], values["locator"])
    told = []
    for item in items:
        lines = sentences.locator_lines(case, item)
        if item.url:
            lines.insert(0, _beside(case, item.url, item.place))
        elif item.place and lines:
            lines[0] = _beside(case, lines[0], item.place)
        if lines and len(items) > 1:
            lines[0] = f"{item.id}. {lines[0]}"
        told.append("\n   ".join(lines) if len(items) > 1 else "\n".join(lines))
    return "\n".join(text for text in told if text)


def _without_places(case: Case) -> Case:
    items = tuple(item._replace(place=None) for item in case.request.items)
    return replace(case, request=replace(case.request, items=items))


def _beside(case: Case, where: str, place: str | None) -> str:
    return fill(case.texts.locator.beside, {"url": where, "place": place}) if place else where


def _why(case: Case, values: Values, apart: Container[str]) -> Iterator[Part]:
    """Name the provisions that may be claimed, and the platform's own label beside them."""
    if case.purpose == Purpose.WITHDRAWAL:
        return
    claims_law = case.provisions and case.ground not in SAYS_ITS_LAW and "law" not in apart
    heading = case.texts.headings.why_law if claims_law else case.texts.headings.why
    law, words = values["law"], values["category"]
    if law is not None and case.ground not in SAYS_ITS_LAW:
        yield Part("law", law, heading)
    if words is not None and words != case.category.labels[case.language]:
        yield Part("category", fill(case.texts.own_rules, {"words": words}), heading)


def _sender(case: Case, values: Values) -> Iterator[Part]:
    heading, texts = case.texts.headings.who, case.texts
    name, email = values["name"], values["email"]
    if name and email:
        words = {"organisation": name, "email": email}
        yield Part("name", fill(texts.identity.given, words), heading)
    elif says_why_unnamed(case):
        yield Part("withheld", texts.identity.withheld, heading)
    if case.purpose in (Purpose.FIRST, Purpose.REMINDER):
        yield Part("capacity", sentences.opening(case), heading)
    if case.purpose == Purpose.FIRST:  # what follows names it where it begins
        yield Part("reference", fill(texts.reference, {"reference": case.request.reference}))


def says_why_unnamed(case: Case) -> bool:
    """Tell whether DSA Article 16(2)(c) is cited; a withdrawal speaks of no offence."""
    excepted = not case.identity.given and case.identity.may_be_left_out and case.in_dsa
    return excepted and case.purpose != Purpose.WITHDRAWAL


def joined(told: Iterable[Part]) -> str:
    """Put passages below each other, those of one heading close together."""
    blocks: list[str] = []
    above = ""
    for part in told:
        if not part.text:
            continue
        if part.heading and part.heading == above:
            blocks[-1] = f"{blocks[-1]}\n{part.text}"
        else:
            blocks.append(f"{part.heading}\n{part.text}" if part.heading else part.text)
        above = part.heading
    return "\n\n".join(blocks)
