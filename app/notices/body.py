"""The notice as one text, and the box of a form that must hold what has no field of its own.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.notices import sentences
from app.notices.sentences import Case
from app.platforms.placeholders import fill

Values = Mapping[str, str | None]


class Part(NamedTuple):
    """A passage of the notice, and the element whose field would make it superfluous in a form."""

    element: str
    text: str


def parts(case: Case, values: Values) -> list[Part]:
    """Return the passages of the notice, in order."""
    return list(_parts(case, values))


def statement(case: Case, told: Iterable[Part]) -> str:
    """Return everything the notice must say for which the form has no field of its own."""
    return _joined(part.text for part in told if not _has_field(case, part))


def whole(case: Case, told: Iterable[Part], own_statement: str | None = None) -> str:
    """Return the complete notice; a caseworker's `own_statement` stands for what it replaced."""
    if own_statement is None:
        return _joined(part.text for part in told) + "\n"
    kept = (
        own_statement if part.element == "explanation" else part.text
        for part in told
        if part.element == "explanation" or _has_field(case, part)
    )
    return _joined(kept) + "\n"


def subject(case: Case) -> str:
    """Return the subject line: one line, whatever the names in it hold."""
    key = case.request.basis if case.purpose == "first" else case.purpose
    words = {
        "reference": case.request.reference,
        "platform": case.platform.name,
        "category": case.category.labels.to(case.language),
    }
    return " ".join(fill(getattr(case.texts.subject, key), words).split())


def _has_field(case: Case, part: Part) -> bool:
    return part.element in case.channel.filled_by or part.element == "signature"


def _parts(case: Case, values: Values) -> Iterator[Part]:
    texts = case.texts
    reference = fill(texts.reference, {"reference": case.request.reference})
    explanation = values["explanation"] or ""
    if case.purpose == "first":
        yield Part("opening", getattr(texts.opening, case.request.basis))
        yield Part("reference", reference)
        if case.request.police_first:
            yield Part("opening", texts.police_first)
        if case.request.fact("court_order"):
            yield Part("opening", texts.court_order)
        yield from _location(case, values)
        yield Part("explanation", f"{sentences.why(case)}\n{explanation}")
    else:
        yield Part("reference", reference)
        yield Part("explanation", explanation)
        yield from _location(case, values)
    yield from _law(case, values)
    for element in ("request", "mandate", "good_faith"):
        yield Part(element, values[element] or "")
    yield from _sender(case, values)


def _location(case: Case, values: Values) -> Iterator[Part]:
    is_withdrawal = case.purpose == "withdrawal"
    where = case.texts.withdrawal.where if is_withdrawal else case.texts.where
    urls, locator = values["urls"], values["locator"]
    if urls:
        yield Part("urls", f"{where}\n{urls}")
    if locator:
        yield Part("locator", locator if urls else f"{where}\n{locator}")


def _law(case: Case, values: Values) -> Iterator[Part]:
    law, words = values["law"], values["category"]
    if law is not None:
        is_sentence = law in (case.texts.law.article_16, case.texts.law.rules)
        yield Part("law", law if is_sentence else fill(case.texts.law.named, {"law": law}))
    if words is not None and words != case.category.labels.to(case.language):
        yield Part("category", fill(case.texts.own_rules, {"words": words}))


def _sender(case: Case, values: Values) -> Iterator[Part]:
    name, email, signature = values["name"], values["email"], values["signature"]
    if name and email:
        words = {"organisation": name, "email": email}
        yield Part("name", fill(case.texts.identity.given, words))
    elif _says_why_unnamed(case):
        yield Part("withheld", case.texts.identity.withheld)
    if signature:
        yield Part("signature", signature)


def _says_why_unnamed(case: Case) -> bool:
    """Tell whether DSA Article 16(2)(c) is cited; a withdrawal speaks of no offence."""
    excepted = not case.identity.given and case.identity.may_be_left_out and case.in_dsa
    return excepted and case.purpose != "withdrawal"


def _joined(texts: Iterator[str]) -> str:
    return "\n\n".join(text for text in texts if text)
