"""How a notice goes out: its exact bytes frozen, and the moment recorded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select

from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, NotAllowedNow, Refused
from app.notices import edits, filling, frozen, prepared
from app.notices.filling import Workspace
from app.notices.frozen import Words
from app.notices.models import notices
from app.notices.notice import Notice
from app.schemas.vocabularies import EventKind, Purpose
from app.takedowns import clocks, intake, queries, sealing, timeline
from app.takedowns.facts import OTHER
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor, NewEvent, Recorded

EVENTS: Mapping[Purpose, EventKind] = {
    Purpose.REMINDER: EventKind.REMINDED,
    Purpose.COMPLAINT: EventKind.COMPLAINED,
    Purpose.WITHDRAWAL: EventKind.WITHDRAWN,
}


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
    _refuse_contradiction(sending)
    _refuse_silence(sending)
    _refuse_untimely(unit, row, EventKind.SUBMITTED, sending=sending)
    filled = _filled(unit, workspace, row, sending=sending)
    notice = filled.notice
    _refuse_incomplete(notice)
    row = _resting_on(unit, row, filled.basis, by=by)
    category = workspace.catalogue.categories[row.category]
    platform = workspace.catalogue.platforms[row.platform]
    targets = clocks.target_hours(
        platform.dealings.targets.of(row.category), urgent=row.urgent, basis=row.basis
    )
    terms = {
        "how": sending.how,
        "channel": notice.channel.id,
        "language": notice.language,
        "platform": row.platform,
        "provider": row.provider if row.platform == OTHER else platform.provider,
        "category": row.category,
        "dsa": {"category": category.dsa.category, "keyword": category.dsa.keyword},
        "basis": row.basis,
        "targets": {"receipt_hours": targets.receipt_hours, "gone_hours": targets.gone_hours},
        "reply_expected": notice.reply_expected,
        "no_ticket": sending.no_ticket,
    }
    return _send(unit, row, filled, sending=sending, what=(EventKind.SUBMITTED, terms), by=by)


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
    _refuse_mail(sending)
    _refuse_contradiction(sending)
    if row.submitted_at is None:
        raise NotAllowedNow("not_submitted", "Record the submission first: nothing went out yet.")
    _refuse_untimely(unit, row, EVENTS[purpose], sending=sending)
    filled = _filled(unit, workspace, row, sending=sending, purpose=purpose, reason=reason)
    notice = filled.notice
    _refuse_incomplete(notice)
    terms: dict[str, Json] = {"how": sending.how, "channel": notice.channel.id}
    if purpose == Purpose.COMPLAINT:
        terms["to"] = "platform_complaint"
    if sending.no_ticket:
        terms["no_ticket"] = True
    recorded = _send(unit, row, filled, sending=sending, what=(EVENTS[purpose], terms), by=by)
    if purpose == Purpose.REMINDER:
        prepared.take_off(unit, row)
    return recorded


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


class _Filled(NamedTuple):
    """A notice about to be frozen, which of its fields a person wrote, and its basis."""

    notice: Notice
    masked: Notice
    edited: Sequence[str]
    basis: str


def _filled(
    unit: Unit,
    workspace: Workspace,
    row: TakedownRow,
    *,
    sending: Sending,
    purpose: Purpose = Purpose.FIRST,
    reason: str | None = None,
) -> _Filled:
    request = filling.request_of(unit, workspace, row, reason=reason, at=sending.happened_at)
    edited = edits.all_of(unit, row)
    notice = filling.filled(
        workspace, request, sending.channel, language=sending.language, purpose=purpose, own=edited
    )
    own = edited.get((purpose, notice.channel.id, notice.language), {})
    masked = filling.masked(workspace, request, notice, own=own)
    return _Filled(notice, masked, sorted(own), request.basis)


def _send(
    unit: Unit,
    row: TakedownRow,
    filled: _Filled,
    *,
    sending: Sending,
    what: tuple[EventKind, Mapping[str, Json]],
    by: Actor,
) -> Recorded:
    kind, terms = what
    notice = filled.notice
    number = 1 + (
        unit.connection.scalar(
            select(func.max(notices.c.number)).where(notices.c.takedown_id == row.id)
        )
        or 0
    )
    which = (notice.purpose, notice.channel.id, notice.language)
    words = _words(filled)
    key = sealing.keys(unit, [row.id])[row.id]
    sealed = sealing.seal_json(key, words, frozen.place(row.reference, number))
    columns: dict[str, Json] = {
        "number": number,
        "purpose": notice.purpose,
        "channel": notice.channel.id,
        "channel_kind": notice.channel.kind,
        "language": notice.language,
        "template_id": notice.template.id,
        "template_version": notice.template.version,
    }
    told: dict[str, Json] = {"notice": columns | {"sealed_sha256": sealing.digest(sealed)}}
    secrets = {"ticket_id": sending.ticket_id} if sending.ticket_id else {}
    recorded = timeline.record(
        unit, row, NewEvent(kind, {**terms, **told}, secrets, sending.happened_at), by=by
    )
    unit.connection.execute(
        insert(notices).values(
            takedown_id=row.id,
            sealed=sealed,
            frozen_at=recorded.entry.event.recorded_at,
            **columns,
        )
    )
    edits.forget(unit, row, which)
    return recorded


def _words(filled: _Filled) -> Words:
    notice, masked = filled.notice, filled.masked
    return {
        "channel": notice.channel._asdict(),
        "fields": [field._asdict() for field in notice.fields],
        "warnings": [warning._asdict() for warning in notice.warnings],
        "subject": notice.subject,
        "body": notice.body,
        "sha256": notice.sha256,
        "edits": list(filled.edited),
        # What hides in a text is known while it is filled in, and never again.
        "masked": {"subject": masked.subject, "body": masked.body},
    }


def _texts(words: Words) -> list[tuple[str, str | None]]:
    mail = [(name, words[name]) for name in ("subject", "body")]
    return [*mail, *((field["id"], field["value"]) for field in words["fields"])]


def _refuse_mail(sending: Sending) -> None:
    if sending.how == "email":
        raise Conflict("mail_not_set_up", "no mail server is set up: send it yourself, how: form")


def _refuse_contradiction(sending: Sending) -> None:
    if sending.ticket_id is not None and sending.no_ticket:
        mend = "give the ticket_id, or no_ticket: true, not both"
        raise Refused("ticket_or_none", mend, [Fault("/no_ticket", "ticket_or_none", mend)])


def _refuse_silence(sending: Sending) -> None:
    """A form gives a ticket or none: which of the two is a fact, and not to be left out."""
    if sending.ticket_id is None and not sending.no_ticket:
        mend = "give the ticket_id, or no_ticket: true where the platform gave none"
        raise Refused("ticket_needed", mend, [Fault("/ticket_id", "ticket_needed", mend)])


def _refuse_untimely(unit: Unit, row: TakedownRow, kind: EventKind, *, sending: Sending) -> None:
    """Before anything is said about the notice: there is no use in completing it."""
    timeline.refuse_impossible(unit, row, kind, happened_at=sending.happened_at)


def _refuse_incomplete(notice: Notice) -> None:
    if notice.missing:
        faults = [Fault(f"/fields/{lack.field}", "missing", lack.reason) for lack in notice.missing]
        raise Refused("notice_incomplete", "the notice is not complete yet", faults)
