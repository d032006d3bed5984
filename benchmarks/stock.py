"""Fill a database with provable takedowns, fast: many at once, in the formats of the real ones."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, func, insert, select

from app.kit import vault
from app.kit.database import Database, Unit
from app.kit.references import ALPHABET
from app.platforms.identity import CONTENT, content_identity
from app.schemas.facts import Facts
from app.schemas.vocabularies import Availability, EventKind, Outcome, Source
from app.takedowns import cache, chain, event_data, facts, intake, lifecycle, sealing, timeline
from app.takedowns.chain import NewLink
from app.takedowns.intake import NewItem
from app.takedowns.models import data_keys, events, items, lookups, takedowns
from app.takedowns.queries import Stored
from app.takedowns.replay_order import Event

SPAN = timedelta(days=3 * 365)
QUARTER = timedelta(days=91)
# Long enough ago that no story goes on after today.
END = datetime.combine(datetime.now(UTC).date() - timedelta(days=35), time(), UTC)
START = END - SPAN
RECORDED_AFTER = timedelta(hours=1)
CHUNK = 2_000
PLATFORMS = ("instagram", "snapchat", "tiktok", "x", "facebook", "discord", "youtube", "google")
CATEGORIES = ("csam_ai", "csam", "sexual_extortion_minor", "grooming")
TABLES = (takedowns, data_keys, items, lookups, events)
BY = ("bench", Source.API)


class Told(NamedTuple):
    """An event of a story: how many hours after the logging, what happened, to which items."""

    hours: float
    kind: EventKind
    data: Mapping[str, Any] = {}
    items: tuple[int, ...] = ()


class Story(NamedTuple):
    """What becomes of a takedown after its logging, and how many items it has."""

    told: tuple[Told, ...] = ()
    items: int = 1


def submitted(platform: str, category: str) -> dict[str, Any]:
    """Return what an event `submitted` carries."""
    return {
        "how": "form", "channel": "dsa", "language": "en", "platform": platform,
        "provider": f"{platform} Ltd", "category": category,
        "dsa": {"category": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "keyword": "KEYWORD_OTHER"},
        "basis": "article_22", "targets": {"receipt_hours": 24, "gone_hours": 24},
        "reply_expected": True, "no_ticket": False,
    }  # fmt: skip


def _sent(hours: float) -> Told:
    return Told(hours, EventKind.SUBMITTED)


def _received(hours: float) -> Told:
    return Told(hours, EventKind.RECEIPT_CONFIRMED, {"automatic": True})


def _decided(hours: float, outcome: Outcome, *items: int) -> Told:
    return Told(hours, EventKind.DECIDED, {"outcome": outcome, "ground": "terms"}, items)


def _seen(hours: float, availability: Availability, *items: int) -> Told:
    return Told(hours, EventKind.SEEN, {"availability": availability, "vantage": "BE"}, items)


_RETURNED = Told(6, EventKind.INFORMATION_REQUESTED, {"returned_as": "insufficient"})
_COMPLAINT = Told(60, EventKind.COMPLAINED, {"to": "platform_complaint"}, (2,))
GONE, LIVE = Availability.GONE, Availability.LIVE
REMOVED, REFUSED = Outcome.REMOVED, Outcome.REFUSED

DRAFTS = (Story(),)
# Files that are closed, or withdrawn.
SETTLED = (
    Story((_sent(1), _received(1.1), _decided(9, REMOVED), _seen(20, GONE))),
    Story((_sent(2), _decided(12, REMOVED, 1), _decided(31, REMOVED, 2), _seen(40, GONE)), items=2),
    Story((_sent(2), _received(2.2), _decided(50, REFUSED), Told(200, EventKind.CLOSED))),
    Story((_sent(3), _seen(24, LIVE), _seen(70, GONE))),
    Story(
        (
            _sent(1), _decided(8, REMOVED), _seen(10, GONE), _seen(300, LIVE, 3),
            Told(301, EventKind.REMINDED), _decided(310, REMOVED, 3), _seen(330, GONE, 3),
        ),
        items=3,
    ),
    Story(
        (
            _sent(4), _decided(30, REMOVED, 1), _decided(31, REFUSED, 2),
            _decided(32, Outcome.GEO_RESTRICTED, 3), _COMPLAINT, _decided(200, REMOVED, 2),
            _seen(210, GONE, 1, 2), Told(400, EventKind.CLOSED),
        ),
        items=3,
    ),
    Story((_sent(1), _received(1.5), Told(100, EventKind.WITHDRAWN))),
    Story(
        (
            _sent(5), _RETURNED, Told(20, EventKind.INFORMATION_SENT), _decided(30, REMOVED),
            _seen(45, GONE),
        )
    ),
    Story((Told(4, EventKind.WITHDRAWN),)),
)  # fmt: skip
# Files on which something is still to come.
UNDER_WAY = (
    Story((_sent(3),)),
    Story((_sent(1), _received(1.1), _decided(10, REMOVED), _seen(30, LIVE))),
    Story((_sent(2), _decided(50, REFUSED))),
    Story((_sent(1), _decided(8, REMOVED), _seen(10, GONE), _seen(250, LIVE, 2)), items=2),
)
ANSWERED = (*SETTLED, *UNDER_WAY)


def fill_years(database: Database, count: int, recent: int) -> None:
    """Add three years of takedowns: so many in the last quarter, all before it settled."""
    fill(database, count - recent, SETTLED, until=END - QUARTER)
    fill(database, recent, (*DRAFTS, *ANSWERED), since=END - QUARTER)


def fill(
    database: Database,
    count: int,
    stories: Sequence[Story] = DRAFTS,
    *,
    since: datetime = START,
    until: datetime = END,
) -> None:
    """Add takedowns, logged from one moment to another, told the stories in turn."""
    with database.write() as unit:
        first = 1 + (unit.connection.scalar(select(func.max(takedowns.c.id))) or 0)
        writer = _Writer(unit, database.clock())
        for number in range(first, first + count):
            at = since + (until - since) * ((number - first) / count)
            writer.add(number, at, story_of(number, stories))
            if number % CHUNK == 0:
                writer.flush()
        writer.flush()


def story_of(number: int, stories: Sequence[Story]) -> Story:
    """Return what becomes of a stocked takedown: every platform has every story."""
    return stories[(number + 3 * (number // len(PLATFORMS))) % len(stories)]


def reference_of(number: int) -> str:
    """Return the reference of a stocked takedown."""
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, len(ALPHABET))
        letters = ALPHABET[letter] + letters
    return f"TD-{letters}"


def content_of(number: int, item: int = 1) -> str:
    """Return the id of the content that an item of a stocked takedown is."""
    return f"C{number:010d}{'xyz'[item - 1]}"


class _Writer:
    """Rows of takedowns to be written together, and the end of the chain so far."""

    def __init__(self, unit: Unit, now: datetime) -> None:
        self.unit, self.now = unit, now
        self.head = chain.head(unit)
        self.rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in TABLES}

    def add(self, number: int, at: datetime, story: Story) -> None:
        """Make the rows of a takedown that was logged at a moment."""
        reference, key = reference_of(number), vault.new_data_key()
        platform = PLATFORMS[number % len(PLATFORMS)]
        category = CATEGORIES[number // 3 % len(CATEGORIES)]
        own = [_item(number, place) for place in range(1, story.items + 1)]
        sealed = [
            sealing.seal_json(key, item.clear(), sealing.item_place(reference, place))
            for place, item in enumerate(own, start=1)
        ]
        place = sealing.text_place("explanation", reference)
        explanation = sealing.seal_json(key, {"explanation": "Assessed."}, place)
        told_facts = Facts(case_ref=f"CASE-{number // 3}", category=category, basis="article_22")
        logged = {
            "platform": platform,
            "provider": f"{platform} Ltd",
            "facts": facts.plain(told_facts.by_name()),
            "items": [
                {"id": place, "kind": item.kind, "sealed_sha256": sealing.digest(locked)}
                for place, (item, locked) in enumerate(zip(own, sealed, strict=True), start=1)
            ],
            "explanation_sha256": sealing.digest(explanation),
        }
        texts = {"ticket_id": f"T-{number}"}
        entries, ticket = [], None
        for told in (Told(0, EventKind.LOGGED, logged), *story.told):
            data, secrets = told.data, None
            if told.kind == EventKind.SUBMITTED:
                data, ticket = submitted(platform, category), texts["ticket_id"]
                secrets = chain.Secrets(key, texts)
            happened_at = at + timedelta(hours=told.hours)
            link = NewLink(reference, told.kind, happened_at, *BY, told.items, data, secrets)
            entries.append(self._bound(number, link))
        state = lifecycle.replay([entry.event for entry in entries], check=False)
        self.rows[takedowns].append(
            cache.takedown_columns(state, entries, (), now=self.now)
            | {
                "id": number,
                "reference": reference,
                "platform": platform,
                "explanation": explanation,
            }
        )
        who = {entry.number: entry.by for entry in entries}
        self.rows[items] += [
            cache.item_columns(replayed, who)
            | {"takedown_id": number, "number": replayed.id, "kind": item.kind, "sealed": locked}
            for replayed, item, locked in zip(state.items, own, sealed, strict=True)
        ]
        wrapped = self.unit.vault.wrap(key, sealing.key_place(number))
        self.rows[data_keys].append({"takedown_id": number, "wrapped": wrapped})
        self._index(number, own, ticket)

    def _bound(self, number: int, new: NewLink) -> Stored:
        recorded_at = max(new.happened_at + RECORDED_AFTER, self.head.at or START)
        bound = chain.bound_after(self.head, new, self.unit.vault, now=recorded_at)
        link, mac = bound
        self.head = chain.Head(link.number, mac, recorded_at)
        self.rows[events].append(chain.row_of(number, bound))
        data = event_data.read(link.kind, link.data)
        event = Event(
            link.number, link.kind, link.happened_at, link.recorded_at, tuple(new.items), data
        )
        return Stored(event, number, link.by, link.source, link.sealed, mac, link.data)

    def _index(self, number: int, own: Sequence[NewItem], ticket: str | None) -> None:
        found = [
            (*key, place)
            for place, item in enumerate(own, start=1)
            for key in intake.lookup_keys(self.unit, item.identity, item.account)
        ]
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


def _item(number: int, place: int) -> NewItem:
    content = content_of(number, place)
    url = f"https://www.instagram.com/p/{content}/"
    same = content_identity("instagram", content, CONTENT)
    return NewItem(
        same, "post", url, canonical_url=url, content_id=content, account=f"account{number // 7}"
    )
