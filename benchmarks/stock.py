"""Fill a database with provable takedowns, fast: many at once, in the formats of the real ones."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, func, insert, select

from app.kit import vault
from app.kit.database import Database, Unit
from app.kit.references import ALPHABET
from app.platforms.identity import CONTENT, content_identity
from app.schemas.facts import Facts
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import cache, chain, event_data, facts, intake, lifecycle, sealing, timeline
from app.takedowns.chain import NewLink
from app.takedowns.intake import NewItem
from app.takedowns.models import data_keys, events, items, lookups, takedowns
from app.takedowns.queries import Stored
from app.takedowns.replay_order import Event

START = datetime(2022, 1, 3, 8, 0, tzinfo=UTC)
SPAN = timedelta(days=3 * 365)
CHUNK = 2_000
PLATFORMS = ("instagram", "snapchat", "tiktok", "x", "facebook", "discord", "youtube", "google")
CATEGORIES = ("csam_ai", "csam", "sexual_extortion_minor", "grooming")
TABLES = (takedowns, data_keys, items, lookups, events)
BY = ("bench", Source.API)


class Told(NamedTuple):
    """An event of a story: what happened, how many hours after the logging."""

    kind: EventKind
    hours: float
    data: Mapping[str, Any] = {}


def submitted(platform: str, category: str) -> dict[str, Any]:
    """Return what an event `submitted` carries."""
    return {
        "how": "form", "channel": "dsa", "language": "en", "platform": platform,
        "provider": f"{platform} Ltd", "category": category,
        "dsa": {"category": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "keyword": "KEYWORD_OTHER"},
        "basis": "article_22", "targets": {"receipt_hours": 24, "gone_hours": 24},
        "reply_expected": True, "no_ticket": False,
    }  # fmt: skip


DRAFTS: Sequence[Sequence[Told]] = ((),)
ANSWERED: Sequence[Sequence[Told]] = (
    (
        Told(EventKind.SUBMITTED, 1.0),
        Told(EventKind.RECEIPT_CONFIRMED, 1.1, {"automatic": True}),
        Told(EventKind.DECIDED, 9.0, {"outcome": "removed", "ground": "law"}),
        Told(EventKind.SEEN, 20.0, {"availability": "gone", "vantage": "BE"}),
    ),
    (
        Told(EventKind.SUBMITTED, 0.5),
        Told(EventKind.DECIDED, 31.0, {"outcome": "removed", "ground": "terms"}),
        Told(EventKind.SEEN, 40.0, {"availability": "gone", "vantage": "BE"}),
    ),
    (
        Told(EventKind.SUBMITTED, 2.0),
        Told(EventKind.RECEIPT_CONFIRMED, 2.2, {"automatic": True}),
        Told(EventKind.DECIDED, 50.0, {"outcome": "refused", "ground": "terms"}),
    ),
    (Told(EventKind.SUBMITTED, 3.0),),
)


def fill(database: Database, count: int, stories: Sequence[Sequence[Told]] = DRAFTS) -> None:
    """Add takedowns, told the stories in turn."""
    with database.write() as unit:
        first = 1 + (unit.connection.scalar(select(func.max(takedowns.c.id))) or 0)
        writer = _Writer(unit, database.clock())
        for number in range(first, first + count):
            at = START + SPAN * ((number - first) / count)
            writer.add(number, at, stories[number % len(stories)])
            if number % CHUNK == 0:
                writer.flush()
        writer.flush()


def reference_of(number: int) -> str:
    """Return the reference of a stocked takedown."""
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, len(ALPHABET))
        letters = ALPHABET[letter] + letters
    return f"TD-{letters}"


def content_of(number: int) -> str:
    """Return the id of the content that a stocked takedown is about."""
    return f"C{number:010d}"


class _Writer:
    """Rows of takedowns to be written together, and the end of the chain so far."""

    def __init__(self, unit: Unit, now: datetime) -> None:
        self.unit, self.now = unit, now
        self.head = chain.head(unit)
        self.rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in TABLES}

    def add(self, number: int, at: datetime, story: Sequence[Told]) -> None:
        """Make the rows of a takedown that was logged at a moment."""
        reference, key = reference_of(number), vault.new_data_key()
        platform = PLATFORMS[number % len(PLATFORMS)]
        category = CATEGORIES[number % len(CATEGORIES)]
        item = _item(number)
        sealed = sealing.seal_json(key, item.clear(), sealing.item_place(reference, 1))
        place = sealing.text_place("explanation", reference)
        explanation = sealing.seal_json(key, {"explanation": "Assessed."}, place)
        told_facts = Facts(case_ref=f"CASE-{number // 3}", category=category, basis="article_22")
        logged = {
            "platform": platform,
            "provider": f"{platform} Ltd",
            "facts": facts.plain(told_facts.by_name()),
            "items": [{"id": 1, "kind": item.kind, "sealed_sha256": sealing.digest(sealed)}],
            "explanation_sha256": sealing.digest(explanation),
        }
        texts = {"ticket_id": f"T-{number}"}
        entries = []
        for told in (Told(EventKind.LOGGED, 0.0, logged), *story):
            data = submitted(platform, category) if told.kind == EventKind.SUBMITTED else told.data
            secrets = chain.Secrets(key, texts) if told.kind == EventKind.SUBMITTED else None
            happened_at = at + timedelta(hours=told.hours)
            link = NewLink(reference, told.kind, happened_at, *BY, (), data, secrets)
            entries.append(self._bound(number, link))
        state = lifecycle.replay([entry.event for entry in entries], check=False)
        columns = cache.takedown_columns(state, entries, (), now=self.now)
        self.rows[takedowns].append(
            columns
            | {
                "id": number,
                "reference": reference,
                "platform": platform,
                "explanation": explanation,
            }
        )
        who = {entry.number: entry.by for entry in entries}
        own = {"takedown_id": number, "number": 1, "kind": item.kind, "sealed": sealed}
        self.rows[items].append(cache.item_columns(state.items[0], who) | own)
        wrapped = self.unit.vault.wrap(key, sealing.key_place(number))
        self.rows[data_keys].append({"takedown_id": number, "wrapped": wrapped})
        self._index(number, item, texts["ticket_id"] if story else None)

    def _bound(self, number: int, new: NewLink) -> Stored:
        recorded_at = max(new.happened_at + timedelta(days=7), self.head.at or START)
        bound = chain.bound_after(self.head, new, self.unit.vault, now=recorded_at)
        link, mac = bound
        self.head = chain.Head(link.number, mac, recorded_at)
        self.rows[events].append(chain.row_of(number, bound))
        data = event_data.read(link.kind, link.data)
        event = Event(link.number, link.kind, link.happened_at, link.recorded_at, (), data)
        return Stored(event, number, link.by, link.source, link.sealed, mac, link.data)

    def _index(self, number: int, item: NewItem, ticket: str | None) -> None:
        found = [(*key, 1) for key in intake.lookup_keys(self.unit, item.identity, item.account)]
        if ticket:
            key = self.unit.vault.index("ticket", timeline.ticket_key(ticket))
            found.append(("ticket", key, 0))
        self.rows[lookups] += [
            {"takedown_id": number, "what": what, "key": key, "item": place}
            for what, key, place in found
        ]

    def flush(self) -> None:
        """Write the rows down."""
        for table, rows in self.rows.items():
            if rows:
                self.unit.connection.execute(insert(table), rows)
                rows.clear()


def _item(number: int) -> NewItem:
    content = content_of(number)
    url = f"https://www.instagram.com/p/{content}/"
    same = content_identity("instagram", content, CONTENT)
    return NewItem(same, "post", url, url, content, f"account{number // 7}")
