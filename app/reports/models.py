"""Tables of reports: drafts that people work on, and what was frozen, which stays as it is.

Nothing here is about a single case: no address, reference of a case, or text of one.
"""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, SmallInteger, String, Table, Text

from app.kit.database import Codes, Moment, RowId, Word, metadata
from app.reports.vocabularies import ReportForm, ReportKind

# `texts`, `figures` and `confirmed` are JSON; `confirmed` lists the cells of one that a person
# looked at, in one act, each with the digest of the requests that it counted then.
reports = Table(
    "reports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", Word(ReportKind, 12), nullable=False),
    Column("from_day", String(10), nullable=False),
    Column("to_day", String(10), nullable=False),
    Column("languages", Codes, nullable=False),
    Column("texts", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("confirmed", Text, nullable=False),
    Column("confirmed_by", String(120)),
    Column("confirmed_at", Moment),
    Column("version", RowId, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(120), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(120), nullable=False),
    Index("ix_reports_from_day", "from_day", "to_day"),
)

# Frozen: `canonical` is what `sha256` is of.
report_versions = Table(
    "report_versions",
    metadata,
    Column("report_id", RowId, ForeignKey("reports.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("as_of", Moment, nullable=False),
    Column("canonical", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Column("frozen_by", String(120), nullable=False),
)

# The bytes of each form, as they were made at the freeze.
report_forms = Table(
    "report_forms",
    metadata,
    Column("report_id", RowId, ForeignKey("reports.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("language", String(2), primary_key=True),
    Column("form", Word(ReportForm, 4), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
