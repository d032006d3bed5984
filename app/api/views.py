"""What goes out over the API: takedowns, items, events; masked without `content:read`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.kit.clock import stamp
from app.kit.database import Unit
from app.platforms.recognition import Recognised, Unrecognised
from app.schemas.vocabularies import EventKind
from app.takedowns import correspondence, next_step, queries
from app.takedowns.corrections import REASON
from app.takedowns.intake import Known
from app.takedowns.queries import Item, Stored

MOMENTS = (
    "deadline_at",
    "reported_at",
    "due_at",
    "logged_at",
    "submitted_at",
    "receipt_at",
    "answered_at",
    "decided_at",
    "gone_at",
    "closed_at",
    "created_at",
    "updated_at",
)
PLAIN = (
    "reference",
    "case_ref",
    "external_ref",
    "platform",
    "product",
    "provider",
    "category",
    "ai_generated",
    "sexual_extortion",
    "person_is_minor",
    "urgent",
    "court_order",
    "language",
    "basis",
    "channel",
    "include_identity",
    "authorised_by_person",
    "conditions",
    "stage",
    "whose_turn",
    "next_step",
    "version",
)
# What an event tells of its takedown.
OF_EVENT = ("reference", "case_ref", "external_ref", "platform", "category")
# What people wrote, and what platforms call our reports: no one's but who reads content.
WORDS = ("text", "reason", "ticket_id", REASON)
# Where an item is; the moment comes from its id and tells most of it.
WHERE = ("locator", "url", "place", "canonical_url", "content_id", "account", "posted_at")


def takedowns(
    unit: Unit, rows: Sequence[Row[Any]], *, content: bool, now: datetime
) -> list[dict[str, Any]]:
    """Return takedowns as the API shows them, in the order given; few queries for many."""
    items = queries.items_of(unit, rows)
    explanations = queries.explanations_of(unit, rows) if content else {}
    recipients = queries.recipients_of(unit, rows) if content else {}
    tickets = _tickets_of(unit, rows) if content else {}
    return [
        _takedown(
            row,
            items[row.id],
            tickets.get(row.id, []),
            {"explanation": explanations.get(row.id), "recipient": recipients.get(row.id)},
            content=content,
            now=now,
        )
        for row in rows
    ]


def _takedown(
    row: Row[Any],
    items: Sequence[Item],
    tickets: Sequence[str],
    texts: Mapping[str, str | None],
    *,
    content: bool,
    now: datetime,
) -> dict[str, Any]:
    values = row._mapping
    shown = {name: values[name] for name in PLAIN}
    shown |= {name: _stamp(values[name]) for name in MOMENTS}
    shown |= {
        **texts,
        "overdue": next_step.overdue(row.due_at, now),
        "clocks": clocks(row),
        "ticket_ids": list(tickets),
        "items": [item_out(item, content=content) for item in items],
        "missing": queries.missing_of(row),
    }
    return masked(shown, [*texts, "ticket_ids"], content=content)


def clocks(row: Row[Any]) -> dict[str, float | None]:
    """Return the five clocks of a takedown, in hours."""

    def since_submission(moment: datetime | None) -> float | None:
        if moment is None or row.submitted_at is None:
            return None
        return float((moment - row.submitted_at).total_seconds() / 3600)

    return {
        "our_hours": None if row.our_micros is None else row.our_micros / 3_600_000_000,
        "receipt_hours": since_submission(row.receipt_at),
        "answer_hours": since_submission(row.answered_at),
        "decision_hours": since_submission(row.decided_at),
        "gone_hours": since_submission(row.gone_at),
    }


def item_out(item: Item, *, content: bool) -> dict[str, Any]:
    """Return one item as the API shows it."""
    row = item.row
    says = {"outcome": row.outcome, "ground": row.ground, "at": _stamp(row.said_at)}
    saw = {"availability": row.availability, "at": _stamp(row.seen_at), "by": row.seen_by}
    shown = {
        "id": row.number,
        "locator": item.locator,
        "url": item.url,
        "place": item.place,
        "canonical_url": item.canonical_url,
        "kind": row.kind,
        "content_id": item.content_id,
        "account": item.account,
        "posted_at": item.posted_at,
        "state": row.state,
        "platform_says": says if row.said_at else None,
        "we_saw": saw if row.seen_at else None,
        "gone_at": _stamp(row.gone_at),
    }
    return masked(shown, WHERE, content=content)


def link(found: Recognised, known: Sequence[Known], *, content: bool) -> dict[str, Any]:
    """Return a recognised link as the API shows it, with the takedowns that hold it."""
    shown = {
        "text": found.text,
        "also": list(found.also),
        "url": found.url,
        "platform": found.platform,
        "kind": found.kind,
        "content_id": found.content_id,
        "account": found.account,
        "canonical_url": found.canonical_url,
        "posted_at": _stamp(found.posted_at),
        "warnings": list(found.warnings),
        "known": [{"reference": one.reference, "state": one.state} for one in known],
    }
    return masked(
        shown, ["text", "also", *(name for name in WHERE if name in shown)], content=content
    )


def merged(links: Iterable[tuple[int, Recognised]], *, content: bool) -> list[dict[str, Any]]:
    """Return which links stand for others that are spelled differently, as the API shows them."""
    return [
        masked(
            {"index": index, "url": link.url, "also": list(link.also)},
            ["url", "also"],
            content=content,
        )
        for index, link in links
        if link.also
    ]


def unrecognised(links: Iterable[Unrecognised], *, content: bool) -> list[dict[str, Any]]:
    """Return links of no platform we know as the API shows them."""
    told = (
        {"index": link.place, "text": link.text, "reason": link.reason, "hint": link.hint}
        for link in links
    )
    return [masked(one, ["text"], content=content) for one in told]


def masked(shown: dict[str, Any], names: Iterable[str], *, content: bool) -> dict[str, Any]:
    """Hide fields from callers who may not read content, and say so."""
    return shown if content else shown | dict.fromkeys(names) | {"masked": True}


def events(
    entries: Iterable[Stored],
    takedowns: Mapping[int, Row[Any]],
    secrets: Mapping[int, Mapping[str, Any]],
    voided_by: Mapping[int, int],
    *,
    content: bool,
) -> list[dict[str, Any]]:
    """Return events as the API shows them; texts and tickets are null without `content:read`."""
    return [
        _event(
            entry,
            takedowns[entry.takedown_id],
            secrets.get(entry.number, {}),
            voided_by.get(entry.number),
            content=content,
        )
        for entry in entries
    ]


def _event(
    entry: Stored,
    takedown: Row[Any],
    secrets: Mapping[str, Any],
    voided_by: int | None,
    *,
    content: bool,
) -> dict[str, Any]:
    event = entry.event
    words = {
        name: value if content or name not in WORDS else None for name, value in secrets.items()
    }
    reasons = {"reason": words.pop(REASON)} if REASON in words else {}
    data = entry.told
    if event.kind != EventKind.CORRECTED:
        data |= words
    else:
        data |= {"voids": event.voids} | reasons
        data["replacement"] = data["replacement"] and data["replacement"] | words
    shown = {
        "id": event.number,
        **{name: takedown._mapping[name] for name in OF_EVENT},
        "kind": event.kind,
        "happened_at": stamp(event.happened_at),
        "recorded_at": stamp(event.recorded_at),
        "by": entry.by,
        "source": entry.source,
        "items": list(event.items),
        "data": data,
        "voided_by": voided_by,
        "mac": entry.mac.hex(),
    }
    return masked(shown, (), content=content)


def _tickets_of(unit: Unit, rows: Sequence[Row[Any]]) -> dict[int, list[str]]:
    # A takedown of one event was only logged: that tells no ticket.
    return correspondence.tickets_of(unit, [row.id for row in rows if row.version > 1])


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
