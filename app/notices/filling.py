"""Fill in the template of a takedown that lies in the database, edits included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from app.kit.database import Unit
from app.notices import channel_choice, compose, edits, masking
from app.notices.compose import editable
from app.notices.edits import Edits
from app.notices.notice import Notice, Purpose
from app.notices.request import Item, NoticeRequest, Organisation
from app.platforms.catalogue import Catalogue
from app.platforms.channels import Channel
from app.platforms.recognition import Recogniser
from app.takedowns import addressees, queries
from app.takedowns.facts import Facts
from app.takedowns.intake import NewTakedown

NO_TEXTS: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True)
class Desk:
    """What lies on a caseworker's desk: what platforms are known, and who we are."""

    catalogue: Catalogue
    recogniser: Recogniser
    organisation: Organisation
    zone: ZoneInfo


def notice(
    unit: Unit,
    desk: Desk,
    row: Row[Any],
    *,
    channel: str | None = None,
    language: str | None = None,
    purpose: Purpose = "first",
    reason: str | None = None,
) -> Notice:
    """Fill in the template for a takedown as it stands now."""
    request = request_of(unit, desk, row, reason=reason)
    return filled(desk, request, channel, language, purpose, edits.all_of(unit, row))


def filled(
    desk: Desk,
    request: NoticeRequest,
    channel: str | None,
    language: str | None,
    purpose: Purpose,
    own: Mapping[tuple[str, str, str], Edits],
) -> Notice:
    """Fill in a template; `own` are a caseworker's words by purpose, channel and language.

    Words over a field that the form has no more stay where they are kept, and are not shown.
    """
    plain = compose.compose(
        desk.catalogue, request, desk.organisation, channel, language, purpose, {}
    )
    words = still_fitting(plain, own.get((purpose, plain.channel.id, plain.language), {}))
    if not words:
        return plain
    return compose.compose(
        desk.catalogue, request, desk.organisation, channel, language, purpose, words
    )


def still_fitting(notice: Notice, words: Edits) -> Edits:
    """Return the words that stand over something the notice has."""
    known = editable(notice.channel, notice.fields)
    return {field: text for field, text in words.items() if field in known}


def refuse_unknown(notice: Notice, words: Edits) -> None:
    """Raise Refused where words are meant for a field that the notice does not have."""
    compose.refuse_unknown(notice.channel.id, editable(notice.channel, notice.fields), words)


def masked(
    desk: Desk, request: NoticeRequest, notice: Notice, own: Edits, *, shows_recipient: bool = False
) -> Notice:
    """Return a notice that was filled in from these as it may be read over a shoulder."""
    return masking.masked(
        desk.catalogue,
        request,
        desk.organisation,
        notice,
        still_fitting(notice, own),
        shows_recipient=shows_recipient,
    )


def missing(
    desk: Desk, request: NoticeRequest, own: Mapping[tuple[str, str, str], Edits]
) -> list[dict[str, str]]:
    """Return what the first notice lacks, as the takedown shows it."""
    found = filled(desk, request, None, None, "first", own)
    return [lack._asdict() for lack in found.missing]


def channel_of(desk: Desk, platform: str, facts: Facts) -> Channel:
    """Return the channel the facts ask for; raises Refused where it does not take the category."""
    found = desk.catalogue.platforms[platform]
    return channel_choice.asked_for(found, facts.channel or "", facts.basis, facts.category)


def request_for(new: NewTakedown, now: datetime, zone: ZoneInfo) -> NoticeRequest:
    """Gather what a notice may say about a takedown that is about to be logged."""
    return NoticeRequest(
        reference="TD-??????",
        platform=new.platform,
        category=new.facts.category,
        basis=new.facts.basis,
        items=tuple(
            Item(
                number,
                item.url,
                item.canonical_url,
                item.kind,
                item.content_id,
                item.account,
                item.locator,
            )
            for number, item in enumerate(new.items, start=1)
        ),
        written_on=now.astimezone(zone).date(),
        product=addressees.one_of(new.platform, new.items).product,
        recipient=new.recipient,
        facts=new.facts._asdict(),
        explanation=new.explanation,
    )


def request_of(
    unit: Unit,
    desk: Desk,
    row: Row[Any],
    *,
    changed: Mapping[str, Any] | None = None,
    texts: Mapping[str, str | None] = NO_TEXTS,
    reason: str | None = None,
) -> NoticeRequest:
    """Gather what a notice about this takedown may say; `changed` and `texts` count as given."""
    facts = {name: row._mapping[name] for name in Facts._fields} | dict(changed or {})
    sealed = {
        "explanation": queries.explanations_of(unit, [row]).get(row.id),
        "recipient": queries.recipients_of(unit, [row]).get(row.id),
        **texts,
    }
    [items] = queries.items_of(unit, [row]).values()

    def day(moments: list[datetime | None]) -> Any:
        known = [moment for moment in moments if moment is not None]
        return max(known).astimezone(desk.zone).date() if known else None

    return NoticeRequest(
        reference=row.reference,
        platform=row.platform,
        category=facts["category"],
        basis=facts["basis"],
        items=tuple(
            Item(
                item.row.number,
                item.url,
                item.canonical_url,
                item.row.kind,
                item.content_id,
                item.account,
                item.locator,
            )
            for item in items
            if item.row.state != "withdrawn"
        ),
        written_on=unit.clock().astimezone(desk.zone).date(),
        facts=facts,
        product=row.product,
        explanation=sealed["explanation"],
        recipient=sealed["recipient"],
        police_first=row.stage == "held",
        submitted_on=day([row.submitted_at]),
        seen_on=day([i.row.seen_at for i in items if i.row.availability == "live"]),
        decided_on=day([i.row.said_at for i in items]),
        reason=reason,
    )
