"""What a notice lacks before it may go out.

Pure. A required field of the form, an element of DSA Article 16(2) (in the fields and in the
text), a leftover placeholder, a value over the form's limit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.kit import personal_data
from app.kit.texts import trimmed
from app.notices import follow_ups, form_values, sentences
from app.notices.case import Case
from app.notices.notice import FilledField, Missing
from app.notices.vocabularies import Lack
from app.platforms.channels import IDENTITY
from app.platforms.hosts import site_of
from app.platforms.placeholders import LEFTOVER
from app.platforms.vocabularies import SenderIdentity
from app.schemas.vocabularies import ChannelKind, Purpose
from app.takedowns.facts import OTHER

Sources = Mapping[str, str]  # field id → element it is filled by


def missing(
    case: Case,
    fields: Sequence[FilledField],
    sources: Sources,
    *,
    texts: Mapping[str, str],
    own_words: Mapping[str, str],
    edits: Mapping[str, str],
) -> tuple[Missing, ...]:
    """Return what is missing, each once, channel first, then in the order of the form.

    `texts` are subject and body, `own_words` what people wrote, by the field it stands in, `edits`
    what they wrote over the template.
    """
    found = [
        *_of_channel(case),
        *_of_facts(case, sources, own_words, edits=edits),
        *_of_identity(case, fields, sources),
        *_of_fields(fields, sources),
        *_of_elements(case, fields, sources, body=texts["body"]),
        *_leftovers(fields, texts, _quoted(case)),
        *_national_numbers(case, own_words),
    ]
    return tuple(dict.fromkeys(found))


def of_form(case: Case, fields: Sequence[FilledField], sources: Sources) -> tuple[Missing, ...]:
    """Return what keeps a form from being sent, whatever the text in it says."""
    found = [
        *_of_channel(case),
        *_of_identity(case, fields, sources),
        *_of_fields(fields, sources),
    ]
    return tuple(dict.fromkeys(found))


def _of_channel(case: Case) -> Iterator[Missing]:
    if not case.channel.reachable:
        yield Missing("channel", Lack.ADDRESS_NOT_SET)
    if case.channel.needs_mandate and not case.request.fact("authorised_by_person"):
        yield Missing("authorised_by_person", Lack.MANDATE_NEEDED)
    if case.channel.max_items is not None and len(case.request.items) > case.channel.max_items:
        yield Missing("urls", Lack.TOO_MANY_ITEMS)
    if case.purpose == Purpose.FIRST:
        yield from _of_addressee(case)


def _of_addressee(case: Case) -> Iterator[Missing]:
    """A notice by hand has to say where it goes; one of before may hold what no two may share.

    What went out goes on to where it went: only the first notice asks.
    """
    if case.channel.by_hand and not case.request.recipient:
        yield Missing("recipient", Lack.REQUIRED)
    urls = [item.canonical_url for item in case.request.items if item.canonical_url]
    if case.platform.slug == OTHER and len(set(map(site_of, urls))) > 1:
        yield Missing("urls", Lack.SEVERAL_SITES)
    if len({case.platform.rules.product_of(url) for url in urls}) > 1:
        yield Missing("urls", Lack.SEVERAL_PRODUCTS)


def _of_facts(
    case: Case, sources: Sources, own_words: Mapping[str, str], *, edits: Mapping[str, str]
) -> Iterator[Missing]:
    request = case.request
    match case.purpose:
        case Purpose.FIRST if not _explains(own_words, sources):
            yield Missing("explanation", Lack.REQUIRED)
        case Purpose.REMINDER:
            if request.submitted_on is None:
                yield Missing("submitted_on", Lack.REQUIRED)
            if follow_ups.is_refused(request):
                yield Missing("purpose", Lack.COMPLAINT_FITS)
        case Purpose.COMPLAINT:
            if request.decision is None:
                yield Missing("decided_on", Lack.REQUIRED)
            if not trimmed(request.reason or "") and not _explains(edits, sources):
                yield Missing("reason", Lack.REQUIRED)


def _explains(words: Mapping[str, str], sources: Sources) -> bool:
    """Tell whether somebody wrote something where an explanation stands."""
    written = {sources.get(field, field) for field, text in words.items() if trimmed(text)}
    return bool(written & {"explanation", "statement", "body"})


def _of_identity(case: Case, fields: Sequence[FilledField], sources: Sources) -> Iterator[Missing]:
    """Tell where the law, or the form, does not let the sender stay unnamed."""
    if case.identity.given:
        told = "\n".join(field.value or "" for field in fields)
        for element in ("name", "email"):
            if element in sources.values() or case.channel.kind == ChannelKind.EMAIL:
                continue  # its own field is looked at with the others; a mail shows its sender
            ours = getattr(case.organisation, element)
            if not ours:
                yield Missing(element, Lack.REQUIRED)
            elif ours not in told:
                yield Missing(_box(sources), Lack.IDENTITY_MISSING)
        return
    if case.purpose == Purpose.WITHDRAWAL:
        return
    reason = Lack.IDENTITY_MISSING  # DSA Article 16(2)(c); TAKE IT DOWN Act, section 3(a)(1)(B)
    if case.identity.may_be_left_out:
        if case.channel.identity == SenderIdentity.OPTIONAL:
            return
        reason = Lack.IDENTITY_REQUIRED
    empty = [field.id for field in fields if sources[field.id] in IDENTITY and not field.value]
    for field in empty or ["name", "email"]:
        yield Missing(field, reason)


def _of_fields(fields: Iterable[FilledField], sources: Sources) -> Iterator[Missing]:
    for field in fields:
        value = field.value or ""
        if field.required and not value and sources[field.id] != "mandate":
            yield Missing(field.id, Lack.REQUIRED)
        if field.max_length is not None and len(value) > field.max_length:
            yield Missing(field.id, Lack.TOO_LONG)


def _of_elements(
    case: Case, fields: Sequence[FilledField], sources: Sources, *, body: str
) -> Iterator[Missing]:
    """Check Article 16(2)(b) and (d) where they should stand, and once more in the text."""
    if not all(item.url or sentences.locator_lines(case, item) for item in case.request.items):
        yield Missing("locator", Lack.LOCATION_MISSING)
    if not case.request.items:
        yield Missing("urls", Lack.LOCATION_MISSING)
    good_faith = _plain(sentences.WRITERS["good_faith"](case) or "")
    pointers = _pointers(case)
    held = form_values.shares(case.channel.fields, case.request.urls)
    told = {url for one in fields if one.id in held for url in (one.value or "").split()}
    needs_good_faith = case.purpose != Purpose.WITHDRAWAL
    for field in fields:
        value = field.value or ""
        match sources[field.id]:
            case "urls" if not set(held[field.id]) <= told:
                yield Missing(field.id, Lack.LOCATION_MISSING)
            case "locator" if field.required and not _holds(value, pointers):
                yield Missing(field.id, Lack.LOCATION_MISSING)
            case "good_faith" if needs_good_faith and good_faith not in _plain(value):
                yield Missing(field.id, Lack.GOOD_FAITH_MISSING)
    box = _box(sources)
    plain = _plain(body)
    is_said = bool(held) and not set(case.request.urls) <= told  # at the field it belongs in
    is_lacking = not set(case.request.urls) <= set(plain.split()) or not _holds(plain, pointers)
    if is_lacking and not is_said:
        yield Missing("urls" if held else box, Lack.LOCATION_MISSING)
    if needs_good_faith and good_faith not in plain:
        has_field = "good_faith" in sources.values()
        yield Missing("good_faith" if has_field else box, Lack.GOOD_FAITH_MISSING)


def _box(sources: Sources) -> str:
    """Return the field that holds what has no field of its own, else the text as a whole."""
    return next((field for field, source in sources.items() if source == "statement"), "body")


def _pointers(case: Case) -> list[str]:
    """Return the lines by which content without an address is found."""
    items = (item for item in case.request.items if not item.url)
    return [line for item in items for line in sentences.locator_lines(case, item)]


def _holds(text: str, lines: Iterable[str]) -> bool:
    plain = _plain(text)
    return all(_plain(line) in plain for line in lines)


def _quoted(case: Case) -> list[str]:
    """Return what is told as it was found, the longest first: its braces are its own."""
    request = case.request
    reasons = (follow_ups.quoted(item.told.reason) for item in request.items if item.told)
    return sorted((*request.urls, *request.tickets, *filter(None, reasons)), key=len, reverse=True)


def _leftovers(
    fields: Iterable[FilledField], texts: Mapping[str, str], quoted: Sequence[str]
) -> Iterator[Missing]:
    """Name the fields that hold a leftover, else the text that was written over them."""
    found = [field.id for field in fields if _has_leftover(field.value or "", quoted)]
    for name in found or [name for name, text in texts.items() if _has_leftover(text, quoted)]:
        yield Missing(name, Lack.LEFTOVER_PLACEHOLDER)


def _has_leftover(text: str, quoted: Sequence[str]) -> bool:
    if "{" not in text and "#" not in text:
        return False
    for one in quoted:
        text = text.replace(one, " ")
    return LEFTOVER.search(text) is not None


def _national_numbers(case: Case, own_words: Mapping[str, str]) -> Iterator[Missing]:
    for field, text in own_words.items():
        for finding in personal_data.scan(text, but=(case.organisation.email,)):
            if finding.blocking:
                yield Missing(field, Lack(finding.code))


def _plain(text: str) -> str:
    return " ".join(text.split())
