"""What goes out over the API: takedowns, items, events; masked without `content:read`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime

from app.kit.clock import stamp
from app.kit.database import Unit
from app.platforms.recognition import Recognised, Unrecognised
from app.schemas.vocabularies import EventKind
from app.takedowns import details, list_columns, queries
from app.takedowns.corrections import REASON
from app.takedowns.details import Details
from app.takedowns.queries import Item, Stored
from app.takedowns.rows import Concerned, TakedownRow
from app.takedowns.same_content import Occurrence

# What the API tells of a row beside its columns in lists.
BOOKS = ("version", "created_at", "updated_at")
# What an event tells of its takedown.
OF_EVENT = tuple(field.name for field in fields(Concerned) if field.name != "id")
# What people wrote, and what platforms call our reports: no one's but who reads content.
WORDS = ("text", "reason", "ticket_id", REASON)
# Where an item is; the moment comes from its id and tells most of it.
WHERE = ("locator", "url", "place", "canonical_url", "content_id", "account", "posted_at")


def takedowns(
    unit: Unit, rows: Sequence[TakedownRow], *, content: bool, now: datetime
) -> list[dict[str, object]]:
    """Return takedowns as the API shows them, in the order given; few queries for many."""
    found = details.of(unit, rows, content=content)
    return [takedown(one, content=content, now=now) for one in found]


def takedown(one: Details, *, content: bool, now: datetime) -> dict[str, object]:
    """Return one takedown as the API shows it."""
    found = list_columns.facts(one, (*list_columns.FACTS, *BOOKS), now)
    texts = {"explanation": one.explanation, "recipient": one.recipient}
    told: dict[str, object] = {
        **{name: stamp(at) if isinstance(at, datetime) else at for name, at in found.items()},
        **texts,
        "clocks": details.hours(one.row)._asdict(),
        "ticket_ids": list(one.ticket_ids),
        "items": [item_out(item, content=content) for item in one.items],
        "missing": queries.missing_of(one.row),
    }
    return masked(told, [*texts, "ticket_ids"], content=content)


def item_out(item: Item, *, content: bool) -> dict[str, object]:
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


def link(found: Recognised, known: Sequence[Occurrence], *, content: bool) -> dict[str, object]:
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


def merged(links: Iterable[tuple[int, Recognised]], *, content: bool) -> list[dict[str, object]]:
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


def unrecognised(links: Iterable[Unrecognised], *, content: bool) -> list[dict[str, object]]:
    """Return links of no platform we know as the API shows them."""
    told = (
        {"index": link.place, "text": link.text, "reason": link.reason, "hint": link.hint}
        for link in links
    )
    return [masked(one, ["text"], content=content) for one in told]


def masked(
    shown: Mapping[str, object], names: Iterable[str], *, content: bool
) -> dict[str, object]:
    """Hide fields from callers who may not read content, and say so."""
    return {**shown} if content else {**shown, **dict.fromkeys(names), "masked": True}


def events(
    entries: Iterable[Stored],
    takedowns: Mapping[int, Concerned],
    secrets: Mapping[int, Mapping[str, object]],
    *,
    voided_by: Mapping[int, int],
    content: bool,
) -> list[dict[str, object]]:
    """Return events as the API shows them; texts and tickets are null without `content:read`."""
    return [
        _event(
            entry,
            takedowns[entry.takedown_id],
            secrets.get(entry.number, {}),
            voided_by=voided_by.get(entry.number),
            content=content,
        )
        for entry in entries
    ]


def _event(
    entry: Stored,
    takedown: Concerned,
    secrets: Mapping[str, object],
    *,
    voided_by: int | None,
    content: bool,
) -> dict[str, object]:
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
        **{name: getattr(takedown, name) for name in OF_EVENT},
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


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
