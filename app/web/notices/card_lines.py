"""The lines of a notice's card: what is copied, in the form's own order, secrets masked."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.notices import form_values
from app.notices.edits import Edits
from app.notices.notice import FilledField, Notice
from app.notices.vocabularies import CautionCode
from app.platforms.channels import Channel
from app.schemas.vocabularies import ChannelKind, ItemState
from app.takedowns.queries import Item
from app.web.shell import masking

WHOLE = "whole"
MAIL = ("to", "subject", "body")


class Place(NamedTuple):
    """One item: its number in its takedown, and how it is told apart."""

    number: int
    kind: str
    shown: str


class Line(NamedTuple):
    """One field: `shown` is what may stand on the page, `places` what hides in a list of items.

    `is_answered_there`: a person answers it on the platform's form, and it is never kept here.
    """

    number: int
    id: str
    label: str | None
    shown: str
    places: Sequence[Place]
    is_filled: bool
    is_edited: bool
    is_answered_there: bool
    required: bool
    length: int
    max_length: int | None
    lacks: Sequence[str]

    @property
    def is_idle(self) -> bool:
        """Tell whether there is nothing to do about it: it may stay empty, and is."""
        return not (self.is_filled or self.required or self.is_answered_there or self.lacks)


def of(
    notice: Notice,
    channel: Channel,
    items: Sequence[Item],
    *,
    own: Edits,
    masked: Notice | None,
) -> list[Line]:
    """Lay out the fields of a notice, with the values of the masked one; None hides nothing."""
    shown = [item for item in items if item.row.state != ItemState.WITHDRAWN]
    urls = tuple(dict.fromkeys(item.url for item in shown if item.url))
    held = form_values.shares(channel.fields, urls)
    there = {one.field for one in notice.warnings if one.code == CautionCode.TYPE_IN_FORM}
    lacks: dict[str, list[str]] = {}
    for lack in notice.missing:
        lacks.setdefault(lack.field, []).append(lack.reason)
    return [
        Line(
            number=number,
            id=field.id,
            label=field.label or None,
            shown=hidden.value or "",
            places=_places(shown, held[field.id]) if masked and field.id in held else (),
            is_filled=bool(field.value),
            is_edited=field.id in own,
            is_answered_there=field.id in there,
            required=field.required,
            length=len(field.value or ""),
            max_length=field.max_length,
            lacks=lacks.get(field.id, ()),
        )
        for number, (field, hidden) in enumerate(
            zip(_fields(notice), _fields(masked or notice), strict=True), start=1
        )
    ]


def value_of(notice: Notice, field: str) -> str | None:
    """Return what a field holds, exactly as it goes out; None when it has none or is unknown."""
    mail = {"to": notice.channel.to, "subject": notice.subject, "body": notice.body}
    if field == WHOLE:
        return notice.body
    if notice.channel.kind == ChannelKind.EMAIL:
        return mail.get(field)
    return next((one.value for one in notice.fields if one.id == field), None)


def _places(items: Sequence[Item], urls: Sequence[str]) -> list[Place]:
    """Return the items at these addresses."""
    return [
        Place(item.row.number, item.row.kind, masking.told_apart(item))
        for item in items
        if item.url in urls
    ]


def _fields(notice: Notice) -> Iterator[FilledField]:
    """Give what is copied: the fields of a form, or the parts of a mail."""
    if notice.channel.kind != ChannelKind.EMAIL:
        yield from notice.fields
        return
    for part in MAIL:
        yield FilledField(part, "", value_of(notice, part), True, None)
