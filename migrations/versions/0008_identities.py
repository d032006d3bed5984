"""What later rules make of the addresses that are stored, and how far each set has come."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("takedown_id", ROW, nullable=False),
        sa.Column("item", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("rules", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["takedown_id"], ["takedowns.id"], name=op.f("fk_identities_takedown_id")
        ),
        sa.PrimaryKeyConstraint("takedown_id", "item", "rules", name=op.f("pk_identities")),
    )
    op.create_table(
        "rule_sets",
        sa.Column("rules", sa.String(length=16), nullable=False),
        sa.Column("reached", ROW, nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("rules", name=op.f("pk_rule_sets")),
    )


def downgrade() -> None:
    op.drop_table("rule_sets")
    op.drop_table("identities")
