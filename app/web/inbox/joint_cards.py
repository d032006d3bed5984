"""The card of a joint reminder: one text for several requests, copied, and marked as sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urlencode

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.notices import joint_filling, joint_reminder
from app.notices.joint_reminder import JointReminder
from app.notices.masking import HIDDEN
from app.notices.notice import Notice
from app.platforms.channels import Channel
from app.takedowns import queries
from app.takedowns.assignments import Claim
from app.takedowns.queries import Item
from app.takedowns.rows import TakedownRow
from app.web.notices import card_lines, form_places, notice_card
from app.web.notices.card_lines import Line
from app.web.shell.request_context import Visit

ADDRESS = "/inbox/reminders/joint"


@dataclass(frozen=True)
class JointCard:
    """One reminder of several requests as a person works with it."""

    joint: JointReminder
    rows: Sequence[TakedownRow]
    claims: Mapping[int, Claim]
    lines: Sequence[Line]
    total: int  # places that its form is told
    form_url: str | None
    seen: str
    places: Mapping[str, str]  # where its form may differ, by code
    address: str = ADDRESS
    obstacle: None = None  # what cannot go out now is no part of it

    @property
    def row(self) -> TakedownRow:
        """The first of its requests: the card goes by its reference."""
        return self.rows[0]

    @property
    def notice(self) -> Notice:
        """What is sent."""
        return self.joint.notice

    @property
    def channel(self) -> Channel:
        """How it goes."""
        return self.joint.case.channel

    @property
    def references(self) -> Sequence[str]:
        """Whose reminder it is."""
        return [row.reference for row in self.rows]

    @property
    def query(self) -> str:
        """Which reminder it is, for an address."""
        return urlencode({"of": ",".join(self.references)}, safe=",")

    @property
    def counted(self) -> Sequence[Line]:
        """The lines that there is something to copy of."""
        return [line for line in self.lines if line.is_filled]


def card(
    unit: Unit,
    visit: Visit,
    joint: JointReminder,
    *,
    rows: Mapping[str, TakedownRow],
    claims: Mapping[int, Claim],
    is_revealed: bool = False,
) -> JointCard:
    """Lay out a joint reminder; `rows` are its requests, by reference."""
    found = [rows[member.reference] for member in joint.members]
    case, notice = joint.case, joint.notice
    items = _items(unit, joint, found) if joint_reminder.wants_places(case) else []
    masked = None if is_revealed else _masked(visit, joint)
    return JointCard(
        joint=joint,
        rows=found,
        claims=claims,
        lines=_numbered(card_lines.of(notice, case.channel, items, own={}, masked=masked)),
        total=len(items),
        form_url=notice_card.form_url(visit, notice, case.channel),
        seen=joint_filling.fingerprint(unit, joint),
        places=form_places.names(visit, case.channel),
    )


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """Number the places through: each request has a first one of its own."""
    numbers = count(1)
    return [
        line._replace(places=[one._replace(number=next(numbers)) for one in line.places])
        for line in lines
    ]


def _items(unit: Unit, joint: JointReminder, rows: Sequence[TakedownRow]) -> list[Item]:
    """Return the items that the form is told of, in its order."""
    known = queries.items_of(unit, rows)
    numbers = [{item.id for item in member.case.request.items} for member in joint.members]
    return [
        one
        for row, concerned in zip(rows, numbers, strict=True)
        for one in known[row.id]
        if one.row.number in concerned
    ]


def _masked(visit: Visit, joint: JointReminder) -> Notice:
    """Hide where it goes, where a person looked that up, from who may not read content."""
    masked, channel = joint.masked, joint.masked.channel
    if not channel.by_hand or channel.to is None or visit.may(Scope.CONTENT_READ):
        return masked
    return replace(masked, channel=masked.channel._replace(to=HIDDEN))
