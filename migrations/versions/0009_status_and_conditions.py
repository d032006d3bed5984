"""The trusted-flagger status recorded once for all platforms; conditions a caseworker confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "status_changes",
        sa.Column("id", ROW, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("on_day", sa.String(length=10), nullable=False),
        sa.Column("coordinator", sa.String(length=200), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("exceptions", sa.Text(), nullable=False),
        sa.Column("bases_before", ROW, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_changes")),
    )
    op.add_column(
        "takedowns", sa.Column("conditions", sa.Text(), nullable=False, server_default="")
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER status_changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE"
            " ON status_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER status_changes_no_{change} BEFORE {change.upper()} ON status_changes"
            " BEGIN SELECT RAISE(ABORT, 'what was recorded stays'); END"
        )


def downgrade() -> None:
    op.drop_column("takedowns", "conditions")
    op.drop_table("status_changes")
