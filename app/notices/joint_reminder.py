"""One reminder for several takedowns that wait on the same platform.

Pure. Its text names references, tickets and dates. Where content is stands only in fields without
which a form cannot be sent; of those, each takedown keeps no more than its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from app.notices import body, completeness, compose, follow_ups, sentences
from app.notices.body import Part
from app.notices.case import Case, moment_of, sentence
from app.notices.masking import HIDDEN
from app.notices.notice import FilledField, Notice
from app.notices.vocabularies import Apart
from app.platforms.catalogue import Catalogue
from app.platforms.placeholders import fill
from app.schemas.vocabularies import ChannelKind

# Elements that tell where content is, or whose.
PLACES = frozenset({"urls", "locator", "account"})
# Elements that a form is told once: of those who share it they have to be the same.
TOLD_ONCE = frozenset({"country", "capacity", "person", "product", "mandate", "court_order"})
# Elements of which a form may be told several.
LISTED = {name: sentences.WRITERS[name] for name in ("category", "law", "kind")}
T = TypeVar("T")
_NEVER = datetime.max.replace(tzinfo=UTC)


class Member(NamedTuple):
    """A takedown whose reminder is to be sent: what it is made from, and what it would say alone.

    `places` counts all of its first notice; its case is narrowed down to those still concerned.
    """

    case: Case
    alone: Notice
    places: int
    has_own_words: bool = False

    @property
    def reference(self) -> str:
        """Its public id."""
        return self.case.request.reference


class JointReminder(NamedTuple):
    """One reminder: whose it is, what is sent, and what of that may be read over a shoulder.

    `case` is that of all together: the channel with the fields its form has for so many places.
    """

    members: tuple[Member, ...]
    case: Case
    notice: Notice
    masked: Notice
    shares: tuple[Notice, ...]  # as it is kept under each: the same text, its own places


class Sorted(NamedTuple):
    """Every member once: in one of the joint reminders, or apart, with the reason."""

    joint: tuple[JointReminder, ...]
    apart: tuple[tuple[Member, Apart], ...]


def together(catalogue: Catalogue, members: Iterable[Member]) -> Sorted:
    """Put members into as few reminders as say the same to the same addressee, in their order."""
    joint: list[JointReminder] = []
    apart: list[tuple[Member, Apart]] = []
    groups: dict[object, list[Member]] = {}
    for member in members:
        if (why := _hindrance(member)) is not None:
            apart.append((member, why))
        else:
            groups.setdefault(_addressee(member.case), []).append(member)
    for group in groups.values():
        for found in _fitting(catalogue, group):
            if isinstance(found, JointReminder):
                joint.append(found)
            else:
                apart.append((found, Apart.FORM_FULL if group[1:] else Apart.ANOTHER_WAY))
    return Sorted(tuple(joint), tuple(apart))


def wants_places(case: Case) -> bool:
    """Tell whether a form cannot be sent without saying where content is."""
    channel = compose.channel_of(case)
    is_letter = channel.kind == ChannelKind.EMAIL or channel.to is not None
    return not is_letter and any(
        field.required and field.filled_by in PLACES for field in case.channel.fields
    )


def _hindrance(member: Member) -> Apart | None:
    channel = compose.channel_of(member.case)
    if member.has_own_words:
        return Apart.OWN_WORDS
    if channel.by_hand and channel.form_url is None and channel.to is None:
        return Apart.NO_RECIPIENT
    return Apart.INCOMPLETE if member.alone.missing else None


def _addressee(case: Case) -> object:
    """Return what has to be the same of all who share a reminder."""
    said, asked = sentences.values(case), case.channel.filled_by
    return (
        compose.channel_of(case),
        case.language,
        case.ground,
        case.identity,
        sentences.status(case),
        case.request.product,
        tuple(dict.fromkeys(field.filled_by for field in case.channel.fields)),
        tuple(said[source] for source in sorted(TOLD_ONCE & asked)),
    )


class _Said(NamedTuple):
    """What a reminder says of all its members, whatever places stand beside it."""

    subject: str
    body: str
    elements: Mapping[str, str | None]


def _fitting(catalogue: Catalogue, members: Sequence[Member]) -> Iterator[JointReminder | Member]:
    """Halve members until each part fits the form; one that is left alone is in no reminder."""
    if not members[1:]:
        yield members[0]
        return
    said = _said(members)
    notice = _written(catalogue, members, said)
    if not notice.missing:
        yield _joint(members, said, notice)
        return
    middle = (len(members) + 1) // 2
    yield from _fitting(catalogue, members[:middle])
    yield from _fitting(catalogue, members[middle:])


def _joint(members: Sequence[Member], said: _Said, notice: Notice) -> JointReminder:
    case = _asking(members)
    shares = (_fields(_asking([member]), said) for member in members)
    return JointReminder(
        tuple(members),
        case,
        notice,
        _masked(case, notice, members),
        tuple(replace(notice, fields=fields) for fields in shares),
    )


def _masked(case: Case, notice: Notice, members: Sequence[Member]) -> Notice:
    said = _said([_without_tickets(member) for member in members])
    secret = PLACES if case.request.product else PLACES | {"product"}  # else it names a host
    sources = {field.id: field.filled_by for field in case.channel.fields}
    fields = tuple(
        field._replace(value=HIDDEN) if field.value and sources[field.id] in secret else field
        for field in _fields(case, said)
    )
    return replace(notice, subject=said.subject, body=said.body, fields=fields)


def _written(catalogue: Catalogue, members: Sequence[Member], said: _Said) -> Notice:
    case = _asking(members)
    fields = _fields(case, said)
    sources = {field.id: field.filled_by for field in case.channel.fields}
    shown = (told for field in fields for told in (field.label, field.value) if told)
    return Notice(
        platform=case.platform.slug,
        channel=compose.channel_of(case),
        language=case.language,
        purpose=case.purpose,
        template=compose.template_of(catalogue, case, [said.subject, said.body, *shown]),
        missing=completeness.of_form(case, fields, sources),
        warnings=_each_once(warning for member in members for warning in member.alone.warnings),
        fields=fields,
        subject=said.subject,
        body=said.body,
    )


def _asking(members: Sequence[Member]) -> Case:
    """Return the first member's case with the places of all, where they are wanted."""
    case = members[0].case
    items = tuple(item for member in members for item in member.case.request.items)
    request = replace(case.request, items=items if wants_places(case) else ())
    known = case.platform.channel(case.channel.id) or case.channel
    channel = known.asking(request.category, len(request.urls))
    return replace(case, request=request, channel=channel)


def _said(members: Sequence[Member]) -> _Said:
    case = members[0].case
    parts = list(_parts(case, members))
    own = [part for part in parts if part.element not in case.channel.filled_by]
    listed = [[write(member.case) or "" for write in LISTED.values()] for member in members]
    elements = {
        **{name: "\n".join(_each_once(told)) for name, *told in zip(LISTED, *listed, strict=True)},
        "reference": ", ".join(member.reference for member in members),
        "explanation": parts[0].text,
        "request": "\n".join([*_asked(members), *_answering(members)]),
        "statement": body.joined(own),
    }
    return _Said(_subject(case, members), body.joined(parts) + "\n", elements)


def _fields(case: Case, said: _Said) -> tuple[FilledField, ...]:
    values = {**sentences.values(case), **said.elements}
    found = [
        (field, compose.filled_field(case, field, values, edits={}))
        for field in case.channel.fields
    ]
    return tuple(
        filled._replace(value=None) if field.filled_by in PLACES and not filled.required else filled
        for field, filled in found
    )


def _parts(case: Case, members: Sequence[Member]) -> Iterator[Part]:
    heading, texts, ours = case.texts.headings.who, case.texts.identity, case.organisation
    yield Part("explanation", _told(case, members))
    yield Part("request", "\n".join(_asked(members)))
    if case.identity.given:
        told = {"organisation": ours.name, "email": ours.email}
        yield Part("name", fill(texts.given, told), heading)
    elif body.says_why_unnamed(case):
        yield Part("withheld", texts.withheld, heading)
    yield Part("capacity", sentences.status(case), heading)
    yield Part("request", "\n".join(_answering(members)))


def _told(case: Case, members: Sequence[Member]) -> str:
    """Say what it is about: a numbered line for each, with what was answered and seen since."""
    opening = fill(case.texts.reminder.together, {"number": str(len(members))})
    lines = [f"{number}. {_line(member)}" for number, member in enumerate(members, start=1)]
    return "\n\n".join([opening, "\n".join(lines)])


def _line(member: Member) -> str:
    case, texts = member.case, member.case.texts.reminder
    said = [follow_ups.so_far(case)]
    items = case.request.items
    if len(items) < member.places:
        numbers = ", ".join(str(item.id) for item in items)
        said.append(fill(texts.left, {"numbers": numbers, "total": str(member.places)}))
    return sentence(*said, *sentences.by_when(case, is_bound=True))


def _asked(members: Iterable[Member]) -> tuple[str, ...]:
    return _each_once(member.case.texts.reminder.request for member in members)


def _answering(members: Iterable[Member]) -> tuple[str, ...]:
    return _each_once(line for member in members for line in sentences.answering(member.case))


def _subject(case: Case, members: Sequence[Member]) -> str:
    """Return the subject line; it is as urgent as the most urgent of them."""
    line = fill(case.texts.subject.reminders, {"number": str(len(members))})
    first = min((member.case for member in members), key=_deadline)
    pressing = [first, *(member.case for member in members)]
    marked = next(filter(None, (body.urgent(one, line) for one in pressing)), None)
    return marked or line[:1].upper() + line[1:]


def _deadline(case: Case) -> datetime:
    deadline = case.request.fact("deadline_at")
    return _NEVER if deadline is None or case.deadline_is_past else moment_of(deadline)


def _without_tickets(member: Member) -> Member:
    case = member.case
    tickets = tuple(HIDDEN for _ in case.request.tickets)
    return member._replace(case=replace(case, request=replace(case.request, tickets=tickets)))


def _each_once(told: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for one in told if one))
