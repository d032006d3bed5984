"""What the figures measure, as columns; `our_micros` gives way to what it was made of."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT, WORDS, FLAG = sa.BigInteger(), sa.Text(), sa.Boolean()
OF_TAKEDOWNS = {
    "withdrawn_at": (MOMENT, None),
    "target_at": (MOMENT, None),
    "reply_expected": (FLAG, sa.true()),
    "imported": (WORDS, ""),
    "handling_from": (MOMENT, None),
    "held_micros": (MOMENT.with_variant(sa.Integer(), "sqlite"), "0"),
    "held_since": (MOMENT, None),
    "information_asked": (FLAG, sa.false()),
    "returned_as": (WORDS, ""),
    "complaints": (WORDS, ""),
    "replay_rules": (sa.String(8), ""),
}
OF_ITEMS = {
    "stands": (sa.String(12), None),
    "ended_at": (MOMENT, None),
    "withdrawn_at": (MOMENT, None),
    "first_decided_at": (MOMENT, None),
    "acted_at": (MOMENT, None),
    "seen_gone_first_at": (MOMENT, None),
    "claimed_removed_still_up": (FLAG, sa.false()),
    "rests_on": (sa.String(14), None),
    "gone_after": (MOMENT, None),
}
INDEXES = (
    *(
        (f"ix_takedowns_{name}", "takedowns", [name])
        for name in ("updated_at", "provider", "stage", "next_step")
    ),
    *(
        (f"ix_takedowns_{name}_submitted_at", "takedowns", [name, "submitted_at"])
        for name in ("category", "basis")
    ),
    ("ix_claims_until", "claims", ["until", "user_id"]),
    ("ix_waits_until", "waits", ["until"]),
    ("ix_notice_edits_key", "notice_edits", ["purpose", "channel", "language"]),
)
PARTIAL = (
    ("ix_takedowns_drafts", ["submitted_at", "logged_at"], sa.text("submitted_at IS NULL")),
    ("ix_takedowns_returned_as", ["returned_as", "updated_at"], sa.text("returned_as <> ''")),
    (
        "ix_takedowns_open",
        ["platform", "submitted_at"],
        sa.text("closed_at IS NULL AND withdrawn_at IS NULL"),
    ),
)


def upgrade() -> None:
    for table, columns in (("takedowns", OF_TAKEDOWNS), ("items", OF_ITEMS)):
        for name, (kind, first) in columns.items():
            column = sa.Column(name, kind, nullable=first is None, server_default=first)
            op.add_column(table, column)
    op.drop_column("takedowns", "our_micros")
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    for name, columns, where in PARTIAL:
        where_of = {"sqlite_where": where, "postgresql_where": where}
        op.create_index(name, "takedowns", columns, **where_of)


def downgrade() -> None:
    for name, _, _ in PARTIAL:
        op.drop_index(name, table_name="takedowns")
    for name, table, _ in INDEXES:
        op.drop_index(name, table_name=table)
    op.add_column("takedowns", sa.Column("our_micros", sa.BigInteger))
    # What began before it was logged had no handling time of its own then, but none at all.
    op.execute(
        "UPDATE takedowns SET our_micros = CASE"
        " WHEN handling_from IS NULL OR submitted_at - handling_from < held_micros THEN 0"
        " ELSE submitted_at - handling_from - held_micros END"
        " WHERE submitted_at IS NOT NULL"
    )
    for table, columns in (("items", OF_ITEMS), ("takedowns", OF_TAKEDOWNS)):
        for name in columns:
            op.drop_column(table, name)
