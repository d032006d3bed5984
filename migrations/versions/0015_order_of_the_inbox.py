"""Indexes in the order of the inbox: what is due, then the reference; with the next step."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RANGES = {
    "ix_takedowns_inbox": ["whose_turn", "category", "due_at"],
    "ix_takedowns_inbox_platform": ["whose_turn", "platform", "category", "due_at"],
}


def upgrade() -> None:
    for name, columns in RANGES.items():
        op.drop_index(name, "takedowns")
        op.create_index(name, "takedowns", [*columns, "reference", "next_step"])


def downgrade() -> None:
    for name, columns in RANGES.items():
        op.drop_index(name, "takedowns")
        op.create_index(name, "takedowns", [*columns, "id"])
