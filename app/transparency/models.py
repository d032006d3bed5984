"""The table of platforms' transparency reports, as they were sent in and as they were read."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from app.kit.database import Moment, RowId, metadata

# Rows are added, never changed: a correction of the same period is a newer row (triggers).
transparency_reports = Table(
    "transparency_reports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", String(60), nullable=False, index=True),
    Column("service", Text, nullable=False),
    Column("name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("rows", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("kept_by", String(120), nullable=False),
    Column("kept_at", Moment, nullable=False),
)
