"""The value by which a database knows its secret key."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_check",
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("value", name=op.f("pk_key_check")),
    )


def downgrade() -> None:
    op.drop_table("key_check")
