"""Fill in joint reminders from takedowns that lie in the database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.kit import canonical
from app.kit.database import Unit
from app.kit.errors import Refused, Stale
from app.notices import compose, edits, filling, joint_reminder
from app.notices.edits import Key
from app.notices.filling import Workspace
from app.notices.freezing import Filled
from app.notices.joint_reminder import JointReminder, Member
from app.notices.vocabularies import Apart
from app.schemas.vocabularies import Purpose
from app.takedowns import queries
from app.takedowns.rows import TakedownRow


class Gathered(NamedTuple):
    """The joint reminders of some takedowns, and why each of the others goes apart."""

    joint: Sequence[JointReminder]
    apart: Mapping[str, Apart]


def gather(unit: Unit, workspace: Workspace, rows: Sequence[TakedownRow]) -> Gathered:
    """Put takedowns into joint reminders, in their order; each is in one of them, or apart."""
    members: list[Member] = []
    apart: dict[str, Apart] = {}
    places = queries.items_of(unit, rows) if rows else {}
    for row in rows:
        try:
            members.append(_member(unit, workspace, row, places=len(places[row.id])))
        except Refused:
            apart[row.reference] = Apart.NO_CHANNEL
    found = joint_reminder.together(workspace.catalogue, members)
    apart |= {member.reference: why for member, why in found.apart}
    return Gathered(found.joint, apart)


def one_of(
    unit: Unit, workspace: Workspace, rows: Sequence[TakedownRow], *, seen: str
) -> JointReminder:
    """Return the one reminder of all these; raises Stale where it is not what was seen."""
    found = gather(unit, workspace, rows)
    if len(found.joint) != 1 or found.apart or fingerprint(unit, found.joint[0]) != seen:
        raise Stale("the reminder has changed since the page was shown")
    return found.joint[0]


def fingerprint(unit: Unit, joint: JointReminder) -> str:
    """Return what tells a joint reminder from any other without telling what it says."""
    notice = joint.notice
    told = [notice.channel, notice.subject, notice.body, [field.value for field in notice.fields]]
    return unit.vault.fingerprint(canonical.text({"told": told}).encode()).hex()[:32]


def shares(joint: JointReminder) -> Iterable[tuple[str, Filled]]:
    """Give each takedown's share, as it is frozen under it."""
    for member, share in zip(joint.members, joint.shares, strict=True):
        yield member.reference, Filled(share, joint.masked, (), member.case.request.basis)


def _member(unit: Unit, workspace: Workspace, row: TakedownRow, *, places: int) -> Member:
    request = filling.request_of(unit, workspace, row)
    case = compose.case_of(
        workspace.catalogue,
        request,
        workspace.organisation,
        channel_id=None,
        language=None,
        purpose=Purpose.REMINDER,
    )
    alone = compose.written(workspace.catalogue, case, {})
    return Member(case, alone, places, any(map(_is_of_a_reminder, edits.all_of(unit, row))))


def _is_of_a_reminder(key: Key) -> bool:
    purpose, channel, _ = key
    return purpose == Purpose.REMINDER and bool(channel)
