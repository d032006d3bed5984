"""What a person should look at before a notice goes out; nothing here holds it back.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping

from app.kit import personal_data
from app.notices.case import Case
from app.notices.channel_choice import PRIORITY
from app.notices.notice import Caution, FilledField
from app.notices.vocabularies import CautionCode
from app.platforms.channels import IDENTITY
from app.platforms.proofreading import discouraged_in
from app.schemas.vocabularies import Basis, Purpose

PERSONAL = {
    CautionCode.NATIONAL_NUMBER: "looks like a Belgian national number: remove it if it is one",
    CautionCode.PHONE: "holds a telephone number: remove it unless the platform needs it",
    CautionCode.EMAIL_ADDRESS: "holds an e-mail address: remove it unless the platform needs it",
    CautionCode.BIRTH_DATE: "holds a date of birth: remove it",
}


def cautions(
    case: Case,
    fields: Iterable[FilledField],
    sources: Mapping[str, str],
    *,
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
        yield Caution("basis", CautionCode.BASIS_FELL_BACK, detail)


def _of_identity(
    case: Case, fields: Iterable[FilledField], sources: Mapping[str, str]
) -> Iterator[Caution]:
    if not case.identity.given:
        left_out = [one.id for one in fields if sources[one.id] in IDENTITY and one.value is None]
        for field in left_out or ["name"]:
            detail = "left out so that our name cannot reach the uploader; include_identity adds it"
            yield Caution(field, CautionCode.IDENTITY_WITHHELD, detail)
        if case.request.basis in PRIORITY:
            detail = "without our name the platform cannot give the notice priority"
            yield Caution("name", CautionCode.PRIORITY_LOST, detail)
    if case.identity.is_needed:
        detail = "this channel takes no notice without a name and an e-mail address: ours are given"
        yield Caution("name", CautionCode.IDENTITY_NEEDED, detail)
    if not case.reply_expected:
        detail = "the platform has no address to answer to: plan to look for yourself"
        yield Caution("email", CautionCode.NO_REPLY_EXPECTED, detail)


def _of_channel(case: Case) -> Iterator[Caution]:
    channel = case.channel
    if not channel.verified:
        detail = f"nobody here has said that the form is as shown (sources of {channel.checked})"
        yield Caution("channel", CautionCode.CHANNEL_UNVERIFIED, detail)
    if channel.by_hand and not case.request.recipient:
        detail = "look up the site's own form or contact point, and note where it went"
        yield Caution("channel", CautionCode.ADDRESS_BY_HAND, detail)
    if channel.languages is not None and case.language not in channel.languages:
        detail = f"this channel reads {', '.join(channel.languages)}"
        yield Caution("language", CautionCode.LANGUAGE_NOT_ACCEPTED, detail)


def _of_form(fields: Iterable[FilledField], sources: Mapping[str, str]) -> Iterator[Caution]:
    for field in fields:
        if sources[field.id] in ("person_name", "answer") and not field.value:
            detail = "answer it in the platform's form only: it is never kept here"
            yield Caution(field.id, CautionCode.TYPE_IN_FORM, detail)


def _of_law(case: Case) -> Iterator[Caution]:
    if case.request.basis == Basis.TAKE_IT_DOWN or case.purpose == Purpose.WITHDRAWAL:
        return
    for reference in case.category.law_on(case.request.written_on):
        if not reference.verified:
            cited = case.taxonomy.cited(reference, case.language)
            detail = f"left out until somebody has verified it: {cited}"
            yield Caution("law", CautionCode.LAW_UNVERIFIED, detail)
    claimed = case.provisions
    for reference in case.category.claimable_on(case.request.written_on):
        if reference not in claimed:
            cited = case.taxonomy.cited(reference, case.language)
            detail = f"left out until {reference.condition} is among the conditions: {cited}"
            yield Caution("conditions", CautionCode.CONDITION_UNCONFIRMED, detail)


def _of_facts(case: Case) -> Iterator[Caution]:
    """Tell what is odd between the category and the facts; contradictions are refused earlier."""
    request, category = case.request, case.category
    if request.explanation and case.own_explanation is None and case.purpose == Purpose.FIRST:
        detail = "says no more than the category: add what is shown, the age and how you know it"
        yield Caution("explanation", CautionCode.EXPLANATION_USUAL, detail)
    ai = request.fact("ai_generated")
    if ai == "yes" and category.when_ai is not None:
        detail = f"for AI-made content {category.when_ai} fits better"
        yield Caution("category", CautionCode.BETTER_CATEGORY, detail)
    if ai == "no" and category.ai_generated:
        detail = "the category says AI-made, the facts say it is not"
        yield Caution("ai_generated", CautionCode.ODD_FACTS, detail)
    if request.fact("sexual_extortion") is False and category.sexual_extortion:
        detail = "the category says sexual extortion, the facts say there is none"
        yield Caution("sexual_extortion", CautionCode.ODD_FACTS, detail)


def _of_words(case: Case, own_words: Mapping[str, str]) -> Iterator[Caution]:
    for field, text in own_words.items():
        for finding in personal_data.scan(text, but=(case.organisation.email,)):
            if not finding.blocking:
                code = CautionCode(finding.code)
                yield Caution(field, code, PERSONAL[code])
        for discouraged in discouraged_in(text, case.taxonomy.discouraged):
            yield Caution(field, CautionCode.DISCOURAGED_TERM, f'write "{discouraged.use}" instead')
