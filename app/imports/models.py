"""The tables of imports in the browser: a row of state for each, and what of it is sealed."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from app.imports.vocabularies import ImportStage
from app.kit.database import Moment, RowId, Word, metadata

# `worker` is at it until `leased_until`; every row up to `at_row` is dealt with.
imports = Table(
    "imports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id"), nullable=False, index=True),
    Column("stage", Word(ImportStage, 12), nullable=False),
    Column("problem", String(40)),
    Column("changed_at", Moment, nullable=False),
    Column("total", Integer, nullable=False),
    Column("at_row", Integer, nullable=False),
    Column("logged", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("is_to_stop", Boolean, nullable=False),
    Column("worker", String(36)),
    Column("leased_until", Moment),
)

# The file, what was said and found of it, and what became of its rows; wrapped, for it is full
# of links.
import_parts = Table(
    "import_parts",
    metadata,
    Column("import_id", RowId, ForeignKey("imports.id"), primary_key=True),
    Column("name", String(20), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
