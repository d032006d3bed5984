"""What a person should look at before a notice goes out; nothing here holds it back.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping

from app.kit import personal_data
from app.notices.case import Case
from app.notices.channel_choice import PRIORITY
from app.notices.notice import NO_REPLY, Caution, FilledField
from app.platforms.channels import IDENTITY
from app.platforms.proofreading import discouraged_in
from app.schemas.vocabularies import Basis, Purpose

PERSONAL = {
    "national_number": "looks like a Belgian national number: remove it if it is one",
    "phone": "holds a telephone number: remove it unless the platform needs it",
    "email_address": "holds an e-mail address: remove it unless the platform needs it",
    "birth_date": "holds a date of birth: remove it",
}


def cautions(
    case: Case,
    fields: Iterable[FilledField],
    sources: Mapping[str, str],
    own_words: Mapping[str, str],
) -> tuple[Caution, ...]:
    """Return what to look at, each once; details never repeat what somebody wrote."""
    found = [
        *_of_basis(case),
        *_of_identity(case, fields, sources),
        *_of_channel(case),
        *_of_form(fields, sources),
        *_of_law(case),
        *_of_facts(case),
        *_of_words(case, own_words),
    ]
    return tuple(dict.fromkeys(found))


def _of_basis(case: Case) -> Iterator[Caution]:
    if case.request.fell_back:
        detail = "Article 22 is not held for this platform, category and day: it is not claimed"
        yield Caution("basis", "basis_fell_back", detail)


def _of_identity(
    case: Case, fields: Iterable[FilledField], sources: Mapping[str, str]
) -> Iterator[Caution]:
    if not case.identity.given:
        left_out = [one.id for one in fields if sources[one.id] in IDENTITY and one.value is None]
        for field in left_out or ["name"]:
            detail = "left out so that our name cannot reach the uploader; include_identity adds it"
            yield Caution(field, "identity_withheld", detail)
        if case.request.basis in PRIORITY:
            detail = "without our name the platform cannot give the notice priority"
            yield Caution("name", "priority_lost", detail)
    if case.identity.is_needed:
        detail = "this channel takes no notice without a name and an e-mail address: ours are given"
        yield Caution("name", "identity_needed", detail)
    if not case.reply_expected:
        detail = "the platform has no address to answer to: plan to look for yourself"
        yield Caution("email", NO_REPLY, detail)


def _of_channel(case: Case) -> Iterator[Caution]:
    channel = case.channel
    if not channel.verified:
        detail = f"nobody here has said that the form is as shown (sources of {channel.checked})"
        yield Caution("channel", "channel_unverified", detail)
    if channel.by_hand and not case.request.recipient:
        detail = "look up the site's own form or contact point, and note where it went"
        yield Caution("channel", "address_by_hand", detail)
    if channel.languages is not None and case.language not in channel.languages:
        detail = f"this channel reads {', '.join(channel.languages)}"
        yield Caution("language", "language_not_accepted", detail)


def _of_form(fields: Iterable[FilledField], sources: Mapping[str, str]) -> Iterator[Caution]:
    for field in fields:
        if sources[field.id] in ("person_name", "answer") and not field.value:
            detail = "answer it in the platform's form only: it is never kept here"
            yield Caution(field.id, "type_in_form", detail)


def _of_law(case: Case) -> Iterator[Caution]:
    if case.request.basis == Basis.TAKE_IT_DOWN or case.purpose == Purpose.WITHDRAWAL:
        return
    for reference in case.category.law_on(case.request.written_on):
        if not reference.verified:
            cited = case.taxonomy.cited(reference, case.language)
            detail = f"left out until somebody has verified it: {cited}"
            yield Caution("law", "law_unverified", detail)
    claimed = case.provisions
    for reference in case.category.claimable_on(case.request.written_on):
        if reference not in claimed:
            cited = case.taxonomy.cited(reference, case.language)
            detail = f"left out until {reference.condition} is among the conditions: {cited}"
            yield Caution("conditions", "condition_unconfirmed", detail)


def _of_facts(case: Case) -> Iterator[Caution]:
    """Tell what is odd between the category and the facts; contradictions are refused earlier."""
    request, category = case.request, case.category
    if request.explanation and case.own_explanation is None and case.purpose == Purpose.FIRST:
        detail = "says no more than the category: add what is shown, the age and how you know it"
        yield Caution("explanation", "explanation_usual", detail)
    ai = request.fact("ai_generated")
    if ai == "yes" and category.when_ai is not None:
        detail = f"for AI-made content {category.when_ai} fits better"
        yield Caution("category", "better_category", detail)
    if ai == "no" and category.ai_generated:
        detail = "the category says AI-made, the facts say it is not"
        yield Caution("ai_generated", "odd_facts", detail)
    if request.fact("sexual_extortion") is False and category.sexual_extortion:
        detail = "the category says sexual extortion, the facts say there is none"
        yield Caution("sexual_extortion", "odd_facts", detail)


def _of_words(case: Case, own_words: Mapping[str, str]) -> Iterator[Caution]:
    for field, text in own_words.items():
        for finding in personal_data.scan(text, but=(case.organisation.email,)):
            if not finding.blocking:
                yield Caution(field, finding.code, PERSONAL[finding.code])
        for discouraged in discouraged_in(text, case.taxonomy.discouraged):
            yield Caution(field, "discouraged_term", f'write "{discouraged.use}" instead')
