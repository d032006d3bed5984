"""Indexes for the inbox of one platform, any filter of the list, and the case system's numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FILTERED = (
    "id", "platform", "provider", "category", "stage", "whose_turn", "next_step", "basis",
    "submitted_at", "due_at",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("takedowns", schema=None) as batch_op:
        batch_op.create_index(
            "ix_takedowns_inbox_platform",
            ["whose_turn", "platform", "category", "due_at", "id"],
            unique=False,
        )
        batch_op.create_index("ix_takedowns_list", list(FILTERED), unique=False)
        batch_op.create_index(
            "ix_takedowns_external_ref",
            ["external_ref"],
            unique=False,
            sqlite_where=sa.text("external_ref IS NOT NULL"),
            postgresql_where=sa.text("external_ref IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("takedowns", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_takedowns_external_ref",
            sqlite_where=sa.text("external_ref IS NOT NULL"),
            postgresql_where=sa.text("external_ref IS NOT NULL"),
        )
        batch_op.drop_index("ix_takedowns_list")
        batch_op.drop_index("ix_takedowns_inbox_platform")
