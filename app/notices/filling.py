"""Fill in the template of a takedown that lies in the database, edits included."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.kit.database import Unit
from app.notices import answers, channel_choice, compose, edits, masking
from app.notices.answers import Answers
from app.notices.compose import editable
from app.notices.edits import Edits, Key
from app.notices.notice import Notice
from app.notices.request import Award, Item, NoticeRequest, Organisation, Told
from app.platforms.catalogue import Catalogue
from app.platforms.channels import Channel
from app.platforms.recognition import Recogniser
from app.schemas.facts import Facts, Value
from app.schemas.vocabularies import Availability, ItemState, Purpose, Stage
from app.takedowns import addressees, bases, basis_choice, queries
from app.takedowns.basis_choice import Asked, Basis, Chosen, Record
from app.takedowns.intake import NewTakedown
from app.takedowns.rows import TakedownRow

NO_TEXTS: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True)
class Workspace:
    """What a caseworker works with: what platforms are known, and who we are."""

    catalogue: Catalogue
    recogniser: Recogniser
    organisation: Organisation
    zone: ZoneInfo


def notice(
    unit: Unit,
    workspace: Workspace,
    row: TakedownRow,
    *,
    channel: str | None = None,
    language: str | None = None,
    purpose: Purpose = Purpose.FIRST,
    reason: str | None = None,
) -> Notice:
    """Fill in the template for a takedown as it stands now."""
    request = request_of(unit, workspace, row, reason=reason)
    return filled(
        workspace, request, channel, language=language, purpose=purpose, own=edits.all_of(unit, row)
    )


def filled(
    workspace: Workspace,
    request: NoticeRequest,
    channel: str | None,
    *,
    language: str | None,
    purpose: Purpose,
    own: Mapping[Key, Edits],
) -> Notice:
    """Fill in a template; `own` are a caseworker's words by purpose, channel and language.

    Words over a field that the form has no more stay where they are kept, and are not shown.
    """
    case = compose.case_of(
        workspace.catalogue,
        request,
        workspace.organisation,
        channel_id=channel,
        language=language,
        purpose=purpose,
    )
    words = own.get((purpose, case.channel.id, case.language), {})
    known = editable(case.channel, case.channel.fields)
    return compose.written(workspace.catalogue, case, _still_fitting(known, words))


def refuse_unknown(notice: Notice, words: Edits) -> None:
    """Raise Refused where words are meant for a field that the notice does not have."""
    compose.refuse_unknown(notice.channel.id, editable(notice.channel, notice.fields), words)


def masked(
    workspace: Workspace,
    request: NoticeRequest,
    notice: Notice,
    *,
    own: Edits,
    shows_recipient: bool = False,
) -> Notice:
    """Return a notice that was filled in from these as it may be read over a shoulder."""
    return masking.masked(
        workspace.catalogue,
        request,
        workspace.organisation,
        notice=notice,
        edits=_still_fitting(editable(notice.channel, notice.fields), own),
        shows_recipient=shows_recipient,
    )


def _still_fitting(known: Collection[str], words: Edits) -> Edits:
    """Return the words that stand over something the notice has."""
    return {field: text for field, text in words.items() if field in known}


def first(workspace: Workspace, request: NoticeRequest, own: Mapping[Key, Edits]) -> Notice:
    """Fill in the first notice, by the channel and in the language that the facts ask for."""
    return filled(workspace, request, None, language=None, purpose=Purpose.FIRST, own=own)


def first_of(
    workspace: Workspace, new: NewTakedown, on: date, *, records: Sequence[Record]
) -> Notice:
    """Fill in the first notice of a takedown that is about to be logged, written on a day."""
    return first(workspace, request_for(workspace, new, on, records=records), {})


def channel_of(workspace: Workspace, platform: str, facts: Facts) -> Channel:
    """Return the channel the facts ask for; raises Refused where it does not take the category."""
    found = workspace.catalogue.platforms[platform]
    return channel_choice.asked_for(
        found, facts.channel or "", facts.basis, category=facts.category
    )


def request_for(
    workspace: Workspace, new: NewTakedown, on: date, *, records: Sequence[Record]
) -> NoticeRequest:
    """Gather what a notice of that day may say about a takedown that is about to be logged."""
    chosen = _held(workspace, records, new.platform, facts=new.facts, on=on, is_draft=True)
    return NoticeRequest(
        reference="TD-??????",
        platform=new.platform,
        category=new.facts.category,
        basis=chosen.basis,
        items=tuple(
            Item(
                number,
                item.url,
                item.canonical_url,
                item.kind,
                item.content_id,
                item.account,
                item.locator,
                item.place,
            )
            for number, item in enumerate(new.items, start=1)
        ),
        written_on=on,
        assessed_on=on,
        product=addressees.one_of(new.platform, new.items).product,
        recipient=new.recipient,
        facts=_under(workspace, new.platform, new.facts, chosen=chosen),
        explanation=new.explanation,
        award=_award(chosen),
        fell_back=chosen.fell_back,
    )


def request_of(
    unit: Unit,
    workspace: Workspace,
    row: TakedownRow,
    *,
    changed: Facts | None = None,
    texts: Mapping[str, str | None] = NO_TEXTS,
    reason: str | None = None,
    at: datetime | None = None,
) -> NoticeRequest:
    """Gather what a notice about this takedown may say; `changed` and `texts` count as given.

    It rests on the basis that is held on the day it is written: now, or `at` that moment.
    """
    at = at or unit.clock()
    on = at.astimezone(workspace.zone).date()
    facts = changed or row
    sealed = {
        "explanation": queries.explanations_of(unit, [row]).get(row.id),
        "recipient": queries.recipients_of(unit, [row]).get(row.id),
        **texts,
    }
    [items] = queries.items_of(unit, [row]).values()
    asked = [item for item in items if item.row.state != ItemState.WITHDRAWN]
    answered, records = answers.of(unit, row), bases.records(unit, row.platform)
    chosen = _held(
        workspace, records, row.platform, facts=facts, on=on, is_draft=row.submitted_at is None
    )
    return NoticeRequest(
        reference=row.reference,
        platform=row.platform,
        category=facts.category,
        basis=chosen.basis,
        items=tuple(_item(item, answered, workspace.zone) for item in asked),
        written_on=on,
        written_at=at,
        assessed_on=_day(row.logged_at, workspace.zone),
        facts=_under(workspace, row.platform, facts, chosen=chosen),
        product=row.product,
        explanation=sealed["explanation"],
        recipient=sealed["recipient"],
        police_first=row.stage == Stage.HELD,
        submitted_on=_day(row.submitted_at, workspace.zone),
        receipt_on=_day(row.receipt_at, workspace.zone),
        tickets=answered.tickets,
        reason=reason,
        award=_award(chosen),
        fell_back=chosen.fell_back,
    )


def _item(item: queries.Item, answered: Answers, zone: ZoneInfo) -> Item:
    row = item.row
    told = None
    if row.said_at is not None and row.outcome is not None:
        reason = answered.reason(row.number, row.said_at, row.outcome)
        told = Told(row.said_at.astimezone(zone).date(), row.outcome, row.ground, reason)
    return Item(
        row.number,
        item.url,
        item.canonical_url,
        row.kind,
        item.content_id,
        item.account,
        item.locator,
        item.place,
        row.state,
        told,
        _day(row.seen_at, zone) if row.availability == Availability.LIVE else None,
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return None if moment is None else moment.astimezone(zone).date()


def _held(
    workspace: Workspace,
    records: Sequence[Record],
    platform: str,
    *,
    facts: Facts,
    on: date,
    is_draft: bool,
) -> Chosen:
    """Return what a notice of that day rests on."""
    category = workspace.catalogue.categories.get(facts.category)
    if category is None:
        return Chosen(facts.basis)
    asked = Asked(platform, category, on)
    return basis_choice.held(records, facts.basis, asked, is_draft=is_draft)


def _under(
    workspace: Workspace, platform: str, facts: Facts, *, chosen: Chosen
) -> Mapping[str, Value]:
    """Return the facts by name, under the basis held; a channel that is not of it is left open."""
    found, channel = workspace.catalogue.platforms.get(platform), facts.channel
    if chosen.basis == facts.basis or found is None:
        return facts.by_name()
    serving = {one.id for one in found.serving(chosen.basis, facts.category)}
    kept = channel if channel in serving else None
    return {**facts.by_name(), "basis": chosen.basis, "channel": kept}


def _award(chosen: Chosen) -> Award | None:
    """Return what the notice's status rests on; one platform's own record names no authority."""
    granted = chosen.granted_by
    if granted is None:
        return None
    authority = None if isinstance(granted, Basis) else granted.coordinator
    return Award(authority, granted.decision or None)
