"""Reports: drafts, and what was frozen of them, which stays as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROW, MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.BigInteger()
GUARDED = ("report_versions", "report_forms")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", ROW, primary_key=True),
        *(
            sa.Column(name, kind, nullable=False)
            for name, kind in (
                ("kind", sa.String(12)),
                ("from_day", sa.String(10)),
                ("to_day", sa.String(10)),
                ("languages", sa.Text()),
                ("texts", sa.Text()),
                ("figures", sa.Text()),
                ("confirmed", sa.Text()),
            )
        ),
        sa.Column("confirmed_by", sa.String(120)),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("version", ROW, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
    )
    op.create_index("ix_reports_from_day", "reports", ["from_day", "to_day"])
    op.create_table(
        "report_versions",
        sa.Column("report_id", ROW, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("number", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("frozen_by", sa.String(120), nullable=False),
    )
    op.create_table(
        "report_forms",
        sa.Column("report_id", ROW, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("number", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(2), primary_key=True),
        sa.Column("form", sa.String(4), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    _guard()


def _guard() -> None:
    if op.get_context().dialect.name == "postgresql":
        for table in GUARDED:
            op.execute(
                f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in GUARDED:
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'what was recorded stays'); END"
            )


def downgrade() -> None:
    for table in ("report_forms", "report_versions", "reports"):
        op.drop_table(table)
