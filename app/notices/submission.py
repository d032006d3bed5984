"""How a notice goes out: its exact bytes frozen, and the moment recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, NotAllowedNow, Refused
from app.notices import edits, filling, freezing, frozen, prepared
from app.notices.filling import Workspace
from app.notices.freezing import Filled, Sealed
from app.notices.frozen import Words
from app.notices.models import notices
from app.notices.notice import Notice
from app.schemas.facts import Facts
from app.schemas.vocabularies import ChannelKind, EventKind, Purpose
from app.takedowns import clocks, intake, queries, sealing, timeline
from app.takedowns.basis_choice import Record
from app.takedowns.batch import Opened
from app.takedowns.facts import OTHER
from app.takedowns.intake import NewTakedown
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor, NewEvent, Recorded

EVENTS: Mapping[Purpose, EventKind] = {
    Purpose.FIRST: EventKind.SUBMITTED,
    Purpose.REMINDER: EventKind.REMINDED,
    Purpose.COMPLAINT: EventKind.COMPLAINED,
    Purpose.WITHDRAWAL: EventKind.WITHDRAWN,
}
_LAST = select(func.max(notices.c.number)).where(notices.c.takedown_id == bindparam("takedown_id"))


class Sending(NamedTuple):
    """How and when a person sent a notice; None leaves the choice to the takedown's facts."""

    how: str = "form"
    channel: str | None = None
    language: str | None = None
    ticket_id: str | None = None
    no_ticket: bool = False
    happened_at: datetime | None = None


def submit(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, sending: Sending, by: Actor
) -> Recorded:
    """Freeze the first notice and record that it was submitted.

    It is also our statement of good faith, by whom and when (DSA Art. 16(2)(d)). Raises Refused
    with the list when a required field is missing, NotAllowedNow when it is not the time.
    """
    _refuse_mail(sending)
    refuse_contradiction(sending)
    _refuse_silence(sending)
    refuse_untimely(unit, row, Purpose.FIRST, at=sending.happened_at)
    filled = _filled(unit, workspace, row, sending=sending)
    notice = filled.notice
    freezing.refuse_incomplete(notice)
    row = _resting_on(unit, row, filled.basis, by=by)
    terms = _terms(workspace, row.platform, row, notice=notice, sending=sending)
    return _send(unit, row, filled, sending=sending, what=(EventKind.SUBMITTED, terms), by=by)


def submitted_before(
    workspace: Workspace,
    opened: Opened,
    new: NewTakedown,
    *,
    sending: Sending,
    records: Sequence[Record],
    now: datetime,
) -> tuple[NewEvent, Sealed]:
    """Freeze the first notice of a takedown that is logged after it was submitted.

    In the words that the template has now. Raises Refused as `submit` does.
    """
    at = sending.happened_at or now
    on, today = (moment.astimezone(workspace.zone).date() for moment in (at, now))
    request = filling.request_for(workspace, new, on, records=records)
    request = replace(request, reference=opened.reference, written_at=at, assessed_on=today)
    filled = freezing.filled(
        workspace, request, {}, channel=sending.channel, language=sending.language
    )
    _refuse_mail(sending)
    refuse_contradiction(sending)
    _refuse_silence(sending)
    freezing.refuse_incomplete(filled.notice)
    terms = _terms(workspace, new.platform, new.facts, notice=filled.notice, sending=sending)
    sealed = freezing.sealed(opened, 1, filled)
    return _event(EventKind.SUBMITTED, terms, sealed, sending=sending), sealed


def send_further(
    unit: Unit,
    workspace: Workspace,
    row: TakedownRow,
    *,
    purpose: Purpose,
    sending: Sending,
    reason: str | None,
    by: Actor,
) -> Recorded:
    """Freeze a reminder, a complaint or a withdrawal and record that it went out."""
    _refuse_further(unit, row, purpose, sending=sending)
    filled = _filled(unit, workspace, row, sending=sending, purpose=purpose, reason=reason)
    return _send_further(unit, row, filled, sending=sending, by=by)


def send_share(
    unit: Unit, row: TakedownRow, share: Filled, *, sending: Sending, by: Actor
) -> Recorded:
    """Freeze a takedown's share of a joint reminder and record that it went out."""
    _refuse_further(unit, row, Purpose.REMINDER, sending=sending)
    return _send_further(unit, row, share, sending=sending, by=by)


def _refuse_further(unit: Unit, row: TakedownRow, purpose: Purpose, *, sending: Sending) -> None:
    _refuse_mail(sending)
    refuse_contradiction(sending)
    refuse_untimely(unit, row, purpose, at=sending.happened_at)


def _send_further(
    unit: Unit, row: TakedownRow, filled: Filled, *, sending: Sending, by: Actor
) -> Recorded:
    notice, purpose = filled.notice, filled.notice.purpose
    freezing.refuse_incomplete(notice)
    terms: dict[str, Json] = {"how": sending.how, "channel": notice.channel.id}
    if purpose == Purpose.COMPLAINT:
        terms["to"] = "platform_complaint"
    if sending.no_ticket:
        terms["no_ticket"] = True
    recorded = _send(unit, row, filled, sending=sending, what=(EVENTS[purpose], terms), by=by)
    if purpose == Purpose.REMINDER:
        prepared.take_off(unit, row)
    return recorded


def refuse_untimely(
    unit: Unit, row: TakedownRow, purpose: Purpose, *, at: datetime | None = None
) -> None:
    """Raise NotAllowedNow where a notice cannot go out, whatever it says: it is not the time."""
    if purpose != Purpose.FIRST and row.submitted_at is None:
        raise NotAllowedNow("not_submitted", "Record the submission first: nothing went out yet.")
    timeline.refuse_impossible(unit, row, EVENTS[purpose], happened_at=at)


def take_back(unit: Unit, row: TakedownRow, number: int) -> None:
    """Let a frozen notice be one to be sent again, in the words a caseworker had given it.

    Its event was taken back: the frozen one stays as it is, and stands as sent no more.
    """
    found = frozen.one_of(unit, row, number)
    which = (found.row.purpose, found.row.channel, found.row.language)
    words = {
        name: value or "" for name, value in _texts(found.words) if name in found.words["edits"]
    }
    if words and which not in edits.all_of(unit, row):
        edits.store(unit, row, which, words=words)
    if found.row.purpose == Purpose.REMINDER:
        prepared.mark(unit, row)


def _resting_on(unit: Unit, row: TakedownRow, basis: str, *, by: Actor) -> TakedownRow:
    """Amend a draft whose basis is no longer held, so that record, figures and notice agree."""
    if row.basis == basis:
        return row
    intake.amend(unit, row, {"basis": basis}, texts={}, missing=(), by=by)
    return queries.by_reference(unit, row.reference)


def _filled(
    unit: Unit,
    workspace: Workspace,
    row: TakedownRow,
    *,
    sending: Sending,
    purpose: Purpose = Purpose.FIRST,
    reason: str | None = None,
) -> Filled:
    return freezing.filled(
        workspace,
        filling.request_of(unit, workspace, row, reason=reason, at=sending.happened_at),
        edits.all_of(unit, row),
        channel=sending.channel,
        language=sending.language,
        purpose=purpose,
    )


def _terms(
    workspace: Workspace, slug: str, facts: Facts, *, notice: Notice, sending: Sending
) -> dict[str, Json]:
    """Return the terms of a submission: those of this moment, for ever."""
    category, platform = (
        workspace.catalogue.categories[facts.category],
        workspace.catalogue.platforms[slug],
    )
    targets = clocks.target_hours(
        platform.dealings.targets.of(facts.category), urgent=facts.urgent, basis=facts.basis
    )
    return {
        "how": sending.how,
        "channel": notice.channel.id,
        "language": notice.language,
        "platform": slug,
        "provider": facts.provider if slug == OTHER else platform.provider,
        "category": facts.category,
        "dsa": {"category": category.dsa.category, "keyword": category.dsa.keyword},
        "basis": facts.basis,
        "targets": {"receipt_hours": targets.receipt_hours, "gone_hours": targets.gone_hours},
        "reply_expected": notice.reply_expected,
        "no_ticket": sending.no_ticket,
    }


def _event(
    kind: EventKind, terms: Mapping[str, Json], sealed: Sealed, *, sending: Sending
) -> NewEvent:
    secrets = {"ticket_id": sending.ticket_id} if sending.ticket_id else {}
    return NewEvent(kind, {**terms, **sealed.told}, secrets, sending.happened_at)


def _send(
    unit: Unit,
    row: TakedownRow,
    filled: Filled,
    *,
    sending: Sending,
    what: tuple[EventKind, Mapping[str, Json]],
    by: Actor,
) -> Recorded:
    number = 1 + (unit.connection.scalar(_LAST, {"takedown_id": row.id}) or 0)
    opened = Opened(row.reference, sealing.keys(unit, [row.id])[row.id])
    sealed = freezing.sealed(opened, number, filled)
    recorded = timeline.record(unit, row, _event(*what, sealed, sending=sending), by=by)
    freezing.store(unit, [(row.id, recorded.entry.event.recorded_at, sealed)])
    edits.forget(unit, row, filled.which)
    return recorded


def _texts(words: Words) -> list[tuple[str, str | None]]:
    mail = [(name, words[name]) for name in ("subject", "body")]
    return [*mail, *((field["id"], field["value"]) for field in words["fields"])]


def _refuse_mail(sending: Sending) -> None:
    if sending.how == ChannelKind.EMAIL:
        raise Conflict("mail_not_set_up", "no mail server is set up: send it yourself, how: form")


def refuse_contradiction(sending: Sending) -> None:
    """Raise Refused where a ticket is given, and said not to have been given."""
    if sending.ticket_id is not None and sending.no_ticket:
        mend = "give the ticket_id, or no_ticket: true, not both"
        raise Refused("ticket_or_none", mend, [Fault("/no_ticket", "ticket_or_none", mend)])


def _refuse_silence(sending: Sending) -> None:
    """A form gives a ticket or none: which of the two is a fact, and not to be left out."""
    if sending.ticket_id is None and not sending.no_ticket:
        mend = "give the ticket_id, or no_ticket: true where the platform gave none"
        raise Refused("ticket_needed", mend, [Fault("/ticket_id", "ticket_needed", mend)])
