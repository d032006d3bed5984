"""Indexes of the list: in the order of a moment, by the state of an item, since a moment."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FILTERED = (
    "id", "platform", "provider", "category", "stage", "whose_turn", "next_step", "basis",
    "submitted_at", "due_at",
)  # fmt: skip
MOMENTS = ("logged_at", "updated_at")


def upgrade() -> None:
    op.drop_index("ix_takedowns_list", table_name="takedowns")
    op.create_index("ix_takedowns_list", "takedowns", [*FILTERED, *MOMENTS])
    op.create_index("ix_takedowns_logged_at", "takedowns", ["logged_at", "id"])
    op.create_index("ix_takedowns_due_at", "takedowns", ["due_at", "id"])
    op.create_index("ix_items_state", "items", ["state", "takedown_id"])


def downgrade() -> None:
    op.drop_index("ix_items_state", table_name="items")
    op.drop_index("ix_takedowns_due_at", table_name="takedowns")
    op.drop_index("ix_takedowns_logged_at", table_name="takedowns")
    op.drop_index("ix_takedowns_list", table_name="takedowns")
    op.create_index("ix_takedowns_list", "takedowns", list(FILTERED))
