"""A token that was rotated: its earlier secret, until when that still works, and its last use."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tokens", sa.Column("previous_digest", sa.LargeBinary(), nullable=True))
    op.add_column("tokens", sa.Column("previous_until", sa.BigInteger(), nullable=True))
    op.add_column("tokens", sa.Column("previous_used_at", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_tokens_previous_digest"), "tokens", ["previous_digest"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_tokens_previous_digest"), table_name="tokens")
    for name in ("previous_used_at", "previous_until", "previous_digest"):
        op.drop_column("tokens", name)
