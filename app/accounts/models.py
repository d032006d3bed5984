"""Tables of who may work here: API tokens, people, what they do and what they began to type."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
)

from app.accounts.permissions import Person
from app.accounts.vocabularies import Role
from app.kit.database import Moment, RowId, Word, metadata
from app.kit.languages import Language

tokens = Table(
    "tokens",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("scopes", String(400), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("used_at", Moment),
    # The secret before the last rotation: it works until then, beside the new one.
    Column("previous_digest", LargeBinary, index=True, unique=True),
    Column("previous_until", Moment),
    Column("previous_used_at", Moment),
)

users = Table(
    "users",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("role", Word(Role, 12), nullable=False),
    Column("may_view", Boolean, nullable=False),
    Column("language", Word(Language, 2)),
    Column("has_shortcuts", Boolean, nullable=False),
    Column("password", String(200)),
    Column("totp", LargeBinary),
    Column("totp_step", RowId),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

# The columns of a Person, in its order.
PERSON = tuple(users.c[name] for name in Person._fields)

# Codes that work once: recovery codes, and with `used_at` also those of the app that were used.
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", RowId, ForeignKey("users.id"), primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("used_at", Moment),
)

# A one-time link: to join, or to choose a new password; without a user, to become the first admin.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id"), nullable=False, index=True),
    Column("is_complete", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("proved_at", Moment, nullable=False),
)

# Browsers that somebody signed in from with the second factor.
known_devices = Table(
    "known_devices",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id"), primary_key=True, index=True),
    Column("seen_at", Moment, nullable=False),
)

# Failed attempts, by keyed digests of the account and the address they came from.
attempts = Table(
    "attempts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account", LargeBinary, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("failed_at", Moment, nullable=False),
    Index("ix_attempts_account_failed_at", "account", "failed_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", RowId, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("by", String(120), nullable=False),
    Column("action", String(40), nullable=False),
    Column("reference", String(9)),
    Column("detail", Text, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)

# What somebody typed and has not sent yet; sealed, for it is full of links.
form_drafts = Table(
    "form_drafts",
    metadata,
    Column("user_id", RowId, ForeignKey("users.id"), primary_key=True),
    Column("page", String(60), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
