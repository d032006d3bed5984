"""Tables of notices as they went out, and of a caseworker's edits before that."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, SmallInteger, String, Table

from app.kit.database import Moment, RowId, metadata

# A frozen notice is bound to the timeline by the SHA-256 of `sealed` in its event.
notices = Table(
    "notices",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("purpose", String(12), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("channel_kind", String(8), nullable=False),
    Column("language", String(2), nullable=False),
    Column("template_id", String(120), nullable=False),
    Column("template_version", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("frozen_at", Moment, nullable=False),
)

notice_edits = Table(
    "notice_edits",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("purpose", String(12), primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("edited_at", Moment, nullable=False),
    # Prepared reminders are found by their mark.
    Index("ix_notice_edits_key", "purpose", "channel", "language"),
)
