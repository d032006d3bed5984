"""Fill in the notice of a takedown: which channel, which fields, which text, and what it lacks.

Pure: docs/definitions.md section 2. No clock, no database: the day is in the request.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.kit.errors import Fault, Refused, pointer
from app.kit.languages import SOURCE, Language
from app.notices import assessments, body, channel_choice, follow_ups, form_values, sentences
from app.notices.case import Case
from app.notices.cautions import cautions
from app.notices.completeness import missing
from app.notices.notice import FilledField, Notice, Template, UsedChannel
from app.notices.request import Item, NoticeRequest, Organisation
from app.platforms.catalogue import Catalogue
from app.platforms.channels import IDENTITY, SECURE_URL, Channel, FormField
from app.platforms.placeholders import fixed_parts
from app.platforms.texts_of_a_platform import settle
from app.schemas.vocabularies import Basis, ChannelKind, Purpose

__all__ = ["Item", "Notice", "NoticeRequest", "Organisation", "compose"]

EMAIL_PARTS = ["subject", "body"]
NO_EDITS: Mapping[str, str] = {}
# Elements that hold no words of a person: links, and who we are.
NO_WORDS = IDENTITY | {"urls", "account"}


def compose(
    catalogue: Catalogue,
    request: NoticeRequest,
    organisation: Organisation,
    *,
    channel: str | None = None,
    language: str | None = None,
    purpose: str = Purpose.FIRST,
    edits: Mapping[str, str] = NO_EDITS,
) -> Notice:
    """Fill in a notice; without `channel` and `language` those of the facts, else the defaults.

    `edits` replace values of fields by id (of an e-mail also "subject" and "body"). Raises Refused
    for what does not exist or apply.
    """
    case = case_of(
        catalogue, request, organisation, channel_id=channel, language=language, purpose=purpose
    )
    refuse_unknown(case.channel.id, editable(case.channel, case.channel.fields), edits)
    return written(catalogue, case, edits)


class Text(NamedTuple):
    """What a notice says."""

    fields: tuple[FilledField, ...]
    subject: str
    body: str


def written(catalogue: Catalogue, case: Case, edits: Mapping[str, str]) -> Notice:
    """Write the notice of a case; `edits` stand over parts that it has."""
    edits = {field: _lines(text) for field, text in edits.items()}
    sources = {field.id: field.filled_by for field in case.channel.fields}
    fields, *whole = text_of(case, edits)
    texts = dict(zip(EMAIL_PARTS, whole, strict=True))
    own_words = _own_words(case, edits)
    return Notice(
        platform=case.platform.slug,
        channel=channel_of(case),
        language=case.language,
        purpose=case.purpose,
        template=template_of(catalogue, case, [*texts.values(), *_shown(fields)]),
        missing=missing(case, fields, sources, texts=texts, own_words=own_words, edits=edits),
        warnings=cautions(case, fields, sources, own_words=own_words),
        fields=fields,
        **texts,
    )


def text_of(case: Case, edits: Mapping[str, str]) -> Text:
    """Write what the notice of a case says, whatever it lacks; `edits` as `written` has them."""
    sources = {field.id: field.filled_by for field in case.channel.fields}
    own = {sources[field]: text for field, text in edits.items() if field in sources}
    values = form_values.elements(case, sentences.values(case), edits)
    values.setdefault("statement", body.statement(case, values) or None)
    return Text(
        tuple(filled_field(case, field, values, edits=edits) for field in case.channel.fields),
        subject=" ".join(edits.get("subject", body.subject(case)).split()),
        body=edits.get("body", body.whole(case, values, own.get("statement"))),
    )


def case_of(
    catalogue: Catalogue,
    request: NoticeRequest,
    organisation: Organisation,
    *,
    channel_id: str | None,
    language: str | None,
    purpose: str,
) -> Case:
    """Settle what a notice is made from: channel, language, texts; raises Refused as `compose`."""
    _refuse_unless(Purpose.has(purpose), "/purpose", "unknown_purpose", known=tuple(Purpose))
    wished = request.fact("language") or SOURCE
    for one in (language or wished, wished):
        _refuse_unless(Language.has(one), "/language", "unknown_language", known=tuple(Language))
    slugs = catalogue.platforms
    _refuse_unless(request.platform in slugs, "/platform", "unknown_platform", known=slugs)
    codes = catalogue.categories
    _refuse_unless(request.category in codes, "/category", "unknown_category", known=codes)
    _refuse_unless(Basis.has(request.basis), "/basis", "unknown_basis", known=tuple(Basis))
    platform, category = slugs[request.platform], codes[request.category]
    named = None if language is None else Language(language)
    chosen, identity, spoken = channel_choice.way(
        platform, category, request, channel_id=channel_id, named=named
    )
    texts, specific = settle(
        catalogue.texts[spoken],
        platform.dealings.texts,
        f"{platform.slug}.yaml",
        channel=chosen.id,
        category=category.code,
    )
    told, request = request.explanation, follow_ups.about(request, purpose)
    return Case(
        request=request,
        platform=platform,
        category=category,
        channel=chosen.asking(request.category, len(request.urls)),
        identity=identity,
        purpose=Purpose(purpose),
        language=spoken,
        texts=texts,
        specific=specific,
        taxonomy=catalogue.taxonomy,
        organisation=organisation,
        own_explanation=None if told and assessments.is_usual(catalogue, told) else told,
    )


def _refuse_unless(
    holds: bool, pointer: str, code: str, *, known: Mapping[str, object] | tuple[str, ...]
) -> None:
    if not holds:
        mend = f"use one of: {', '.join(known)}"
        raise Refused(code, mend, [Fault(pointer, code, mend)])


def editable(
    channel: UsedChannel | Channel, fields: Iterable[FilledField | FormField]
) -> list[str]:
    """Return what a caseworker's words may stand over: the fields, and the parts of an e-mail."""
    return [field.id for field in fields] + EMAIL_PARTS * (channel.kind == ChannelKind.EMAIL)


def refuse_unknown(channel: str, known: list[str], edits: Mapping[str, str]) -> None:
    """Raise Refused where words are meant for a field that the form does not have."""
    unknown = [name for name in edits if name not in known]
    if unknown:
        mend = f"use one of: {', '.join(known)}"
        faults = [Fault(pointer(["fields", name]), "unknown_field", mend) for name in unknown]
        raise Refused("unknown_field", f"channel {channel} has no such field; {mend}", faults)


def filled_field(
    case: Case,
    field: FormField,
    values: Mapping[str, str | None],
    *,
    edits: Mapping[str, str],
) -> FilledField:
    """Fill in one field of a form, and tell whether it must be."""
    source = field.filled_by
    value = form_values.value(case, field, values, edits=edits)
    required = field.required
    if source in IDENTITY and not case.identity.given:
        required = False
    elif source == "urls":
        required = field.required and bool(case.request.urls)
    elif source == "answer":
        required = field.required and value is not None  # else it is answered in the form
    elif source == "locator":
        required = field.required or not all(item.url for item in case.request.items)
    if case.purpose == Purpose.WITHDRAWAL and source in sentences.NOT_WITHDRAWN:
        required = False
    label = form_values.label(case, field)
    return FilledField(field.id, label, value, required, field.max_length)


def _own_words(case: Case, edits: Mapping[str, str]) -> dict[str, str]:
    """Return what people wrote that stands in the notice, by the field it stands in."""
    request = case.request
    words: dict[str, str] = {}
    for field in case.channel.fields:
        source = field.filled_by
        if field.id in edits:
            if source not in NO_WORDS:
                words[field.id] = edits[field.id]
        elif source in ("explanation", "statement"):
            told = [] if case.purpose == Purpose.WITHDRAWAL else [request.explanation]
            if case.purpose in (Purpose.COMPLAINT, Purpose.WITHDRAWAL):
                told.append(request.reason)
            if source == "statement" and "locator" not in case.channel.filled_by:
                told += _found_by(request)
            words[field.id] = "\n".join(text for text in told if text)
        elif source == "locator":
            words[field.id] = "\n".join(_found_by(request))
    words |= {name: edits[name] for name in EMAIL_PARTS if name in edits}
    return {field: text for field, text in words.items() if text}


def _found_by(request: NoticeRequest) -> list[str]:
    """Return what people wrote about where content is: how to find it, and where in it."""
    told = (text for item in request.items for text in (_description(item), item.place))
    return [text for text in told if text]


def _description(item: Item) -> str:
    return str((item.locator or {}).get("description") or "")


def channel_of(case: Case) -> UsedChannel:
    """Return the channel of a case as its notice tells of it."""
    channel, label = case.channel, case.channel.label[case.language]
    if not channel.by_hand:
        return UsedChannel(channel.id, channel.kind, label, channel.form_url, channel.to)
    recipient = case.request.recipient
    form_url = recipient if recipient and SECURE_URL.fullmatch(recipient) else None
    to = None if form_url else recipient
    return UsedChannel(channel.id, channel.kind, label, form_url, to, by_hand=True)


def template_of(catalogue: Catalogue, case: Case, shown: Iterable[str]) -> Template:
    """Return which texts filled a notice, of which `shown` is what it says."""
    slug = case.platform.slug
    name = f"{slug}/{case.channel.id}/{case.language}/{case.purpose}"
    told = "\n".join(shown)
    specific = tuple(
        {"sentence": one.sentence, "from": one.source, "because": one.because}
        for one in case.specific
        if all(part in told for part in fixed_parts(one.text))
    )
    return Template(name, catalogue.version(slug, case.language), specific)


def _shown(fields: Iterable[FilledField]) -> Iterable[str]:
    return (text for field in fields for text in (field.label, field.value) if text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
