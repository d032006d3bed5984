"""Tables of takedowns, their items, timeline, sealed keys and blind index.

Columns under "facts" and "derived" are a cache of the replayed timeline; `takedown verify`
recomputes every one of them. `sealed` columns hold ciphertext (docs/formats.md).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    text,
    true,
)
from sqlalchemy.schema import SchemaItem

from app.kit.database import Codes, Moment, RowId, Word, metadata
from app.schemas.facts import FACTS, Fact
from app.schemas.vocabularies import (
    Availability,
    Ground,
    ItemState,
    NextStep,
    Outcome,
    RestsOn,
    Stage,
    Standing,
    Turn,
)


def _column(fact: Fact) -> SchemaItem:
    """Return the column that keeps a fact."""
    first = "" if fact.kind is tuple else None
    return Column(fact.name, _type(fact), nullable=fact.may_be_unknown, server_default=first)


def _type(fact: Fact) -> Boolean | Codes | Moment | String | Word:
    if issubclass(fact.kind, StrEnum):
        return Word(fact.kind, fact.size or 0)
    if fact.kind is bool:
        return Boolean()
    if fact.kind is datetime:
        return Moment()
    return Codes() if fact.kind is tuple else String(fact.size)


_IN_ORDER = ("category", "due_at", "reference", "next_step")
takedowns = Table(
    "takedowns",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reference", String(9), nullable=False, unique=True),
    Column("platform", String(40), nullable=False),
    Column("product", String(40)),
    # facts
    *(_column(fact) for fact in FACTS.values()),
    Column("explanation", LargeBinary),
    Column("recipient", LargeBinary),
    # derived
    Column("stage", Word(Stage, 20), nullable=False),
    Column("whose_turn", Word(Turn, 10), nullable=False),
    Column("next_step", Word(NextStep, 12), nullable=False),
    Column("due_at", Moment),
    Column("changes_at", Moment),
    Column("missing", Text, nullable=False),
    Column("logged_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    Column("receipt_at", Moment),
    Column("answered_at", Moment),
    Column("decided_at", Moment),
    Column("gone_at", Moment),
    Column("closed_at", Moment),
    # what the figures measure (app.takedowns.measures)
    Column("withdrawn_at", Moment),
    Column("target_at", Moment),
    Column("reply_expected", Boolean, nullable=False, server_default=true()),
    Column("imported", Codes, nullable=False, server_default=""),
    Column("handling_from", Moment),
    Column("held_micros", RowId, nullable=False, server_default="0"),
    Column("held_since", Moment),
    Column("information_asked", Boolean, nullable=False, server_default=false()),
    Column("returned_as", Codes, nullable=False, server_default=""),
    Column("complaints", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("replay_rules", String(8), nullable=False, server_default=""),
    Index("ix_takedowns_created", "created_at", "id"),
    Index("ix_takedowns_case_ref", "case_ref"),
    Index("ix_takedowns_platform_submitted_at", "platform", "submitted_at"),
    Index("ix_takedowns_category_submitted_at", "category", "submitted_at"),
    Index("ix_takedowns_basis_submitted_at", "basis", "submitted_at"),
    Index("ix_takedowns_submitted_at", "submitted_at"),
    # The inbox reads each category from its most urgent end, and by its step without the row.
    Index("ix_takedowns_inbox", "whose_turn", *_IN_ORDER),
    Index("ix_takedowns_inbox_platform", "whose_turn", "platform", *_IN_ORDER),
    Index(
        "ix_takedowns_external_ref",
        "external_ref",
        sqlite_where=text("external_ref IS NOT NULL"),
        postgresql_where=text("external_ref IS NOT NULL"),
    ),
    # A filter of the list that leaves few is read from its index.
    *(Index(f"ix_takedowns_{name}", name) for name in ("provider", "stage", "next_step")),
    # Any filter that leaves many reads this from its newest end, never the rows.
    Index(
        "ix_takedowns_list",
        "id",
        "platform",
        "provider",
        "category",
        "stage",
        "whose_turn",
        "next_step",
        "basis",
        "submitted_at",
        "due_at",
        "logged_at",
        "updated_at",
    ),
    # The figures read what changed since a moment, drafts by the day of their logging, and what
    # is open at a platform; columns stand twice where SQLite would else take another index.
    Index("ix_takedowns_updated_at", "updated_at"),
    Index(
        "ix_takedowns_drafts",
        "submitted_at",
        "logged_at",
        sqlite_where=text("submitted_at IS NULL"),
        postgresql_where=text("submitted_at IS NULL"),
    ),
    Index(
        "ix_takedowns_returned_as",
        "returned_as",
        "updated_at",
        sqlite_where=text("returned_as <> ''"),
        postgresql_where=text("returned_as <> ''"),
    ),
    Index(
        "ix_takedowns_open",
        "platform",
        "submitted_at",
        sqlite_where=text("closed_at IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=text("closed_at IS NULL AND withdrawn_at IS NULL"),
    ),
    # Without a filter, a sorted list is read from these, and from that of submitted_at.
    Index("ix_takedowns_logged_at", "logged_at", "id"),
    Index("ix_takedowns_due_at", "due_at", "id"),
    Index(
        "ix_takedowns_changes_at",
        "changes_at",
        sqlite_where=text("changes_at IS NOT NULL"),
        postgresql_where=text("changes_at IS NOT NULL"),
    ),
)


items = Table(
    "items",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    # derived
    Column("state", Word(ItemState, 20), nullable=False),
    Column("outcome", Word(Outcome, 24)),
    Column("ground", Word(Ground, 10)),
    Column("said_at", Moment),
    Column("availability", Word(Availability, 12)),
    Column("seen_at", Moment),
    Column("seen_by", String(120)),
    Column("gone_at", Moment),
    # what the figures measure (app.takedowns.measures)
    Column("stands", Word(Standing, 12)),
    Column("ended_at", Moment),
    Column("withdrawn_at", Moment),
    Column("first_decided_at", Moment),
    Column("acted_at", Moment),
    Column("seen_gone_first_at", Moment),
    Column("claimed_removed_still_up", Boolean, nullable=False, server_default=false()),
    Column("rests_on", Word(RestsOn, 14)),
    Column("gone_after", Moment),
    Index("ix_items_state", "state", "takedown_id"),
)

events = Table(
    "events",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=False),
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("by", String(120), nullable=False),
    Column("source", String(10), nullable=False),
    Column("items", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("voids", RowId, unique=True),
    Column("mac", LargeBinary, nullable=False),
    Index("ix_events_takedown_id_number", "takedown_id", "number"),
)

data_keys = Table(
    "data_keys",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

lookups = Table(
    "lookups",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("item", SmallInteger, primary_key=True, autoincrement=False),
    Index("ix_lookups_key", "key"),
)

# Under which identities items are found by rules later than those they were logged with.
identities = Table(
    "identities",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("item", SmallInteger, primary_key=True, autoincrement=False),
    Column("rules", String(16), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

# How far the stored addresses were recognised by a set of rules: up to which takedown.
rule_sets = Table(
    "rule_sets",
    metadata,
    Column("rules", String(16), primary_key=True),
    Column("reached", RowId, nullable=False),
    Column("finished_at", Moment),
)

bases = Table(
    "bases",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", String(40), nullable=False, index=True),
    Column("basis", String(20), nullable=False),
    Column("held_from", String(10), nullable=False),
    Column("decision", String(200), nullable=False),
    Column("categories", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
)

# The trusted-flagger status: its award, and what became of it. `bases_before` is the last row of
# `bases` that was there already.
status_changes = Table(
    "status_changes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("on_day", String(10), nullable=False),
    Column("coordinator", String(200), nullable=False),
    Column("until", String(10)),
    Column("decision", String(200), nullable=False),
    Column("categories", Text, nullable=False),
    Column("exceptions", Text, nullable=False),
    Column("bases_before", RowId, nullable=False),
    Column("recorded_at", Moment, nullable=False),
)

# Who is at work on a takedown, so that two people do not do the same thing.
claims = Table(
    "claims",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id"), nullable=False),
    Column("until", Moment, nullable=False),
    Index("ix_claims_until", "until", "user_id"),
)

# Put aside by a person: out of the inbox until then.
waits = Table(
    "waits",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id"), nullable=False),
    Column("until", Moment, nullable=False),
    Index("ix_waits_until", "until"),
)
