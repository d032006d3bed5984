"""Tables of who may call: API tokens, and the legal basis each platform grants us."""

from sqlalchemy import Column, LargeBinary, String, Table

from app.kit.database import Moment, RowId, metadata

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
)
