"""One product a notice, one site a takedown: the product, where a notice by hand goes, no provider.

The case system's number is no longer unique within a platform by the table itself: within which
product or site it is unique is told by the blind index, which only the application can read.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UNIQUE = "uq_takedowns_platform_external_ref"
ANY_OTHER = "Other provider"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(UNIQUE, "takedowns", type_="unique")
        op.alter_column("takedowns", "provider", nullable=True)
        op.add_column("takedowns", sa.Column("product", sa.String(length=40), nullable=True))
        op.add_column("takedowns", sa.Column("recipient", sa.LargeBinary(), nullable=True))
    else:
        rebuild(widen)
    # Nobody ever said who runs the site: a name for all of them says nothing.
    op.execute("UPDATE takedowns SET provider = NULL WHERE platform = 'other'")


def downgrade() -> None:
    op.execute("DELETE FROM lookups WHERE what = 'host'")
    op.execute(f"UPDATE takedowns SET provider = '{ANY_OTHER}' WHERE provider IS NULL")  # noqa: S608
    if op.get_context().dialect.name == "postgresql":
        op.drop_column("takedowns", "recipient")
        op.drop_column("takedowns", "product")
        op.alter_column("takedowns", "provider", nullable=False)
        op.create_unique_constraint(UNIQUE, "takedowns", ["platform", "external_ref"])
    else:
        rebuild(narrow)


def widen(before: sa.Table) -> sa.Table:
    return shaped(
        [column._copy() for column in before.columns]
        + [
            sa.Column("product", sa.String(length=40), nullable=True),
            sa.Column("recipient", sa.LargeBinary(), nullable=True),
        ],
        before,
        may_lack_provider=True,
    )


def narrow(before: sa.Table) -> sa.Table:
    table = shaped(
        [one._copy() for one in before.columns if one.name not in ("product", "recipient")],
        before,
        may_lack_provider=False,
    )
    table.append_constraint(sa.UniqueConstraint("platform", "external_ref", name=UNIQUE))
    return table


def shaped(columns: list, before: sa.Table, *, may_lack_provider: bool) -> sa.Table:
    """Return the table with these columns, and all constraints and indexes but the one at issue."""
    table = sa.Table(before.name, sa.MetaData(), *columns)
    table.primary_key.name = before.primary_key.name
    table.c.provider.nullable = may_lack_provider
    for constraint in before.constraints:
        if isinstance(constraint, sa.UniqueConstraint) and constraint.name != UNIQUE:
            table.append_constraint(constraint._copy(target_table=table))
    for index in before.indexes:
        sa.Index(index.name, *(table.c[one.name] for one in index.columns), **options(index))
    return table


def options(index: sa.Index) -> dict:
    where = index.dialect_options["sqlite"]["where"]
    return {} if where is None else {"sqlite_where": where}


def rebuild(reshaped: Callable[[sa.Table], sa.Table]) -> None:
    """Make the table anew: SQLite drops no constraint.

    Its rows are put aside and back again. As each comes back, the rows that refer to it are whole
    again; a table that took its place under another name would leave them without one.
    """
    connection = op.get_bind()
    before = sa.Table("takedowns", sa.MetaData(), autoload_with=connection)
    after = reshaped(before)
    kept = ", ".join(f'"{one.name}"' for one in after.columns if one.name in before.columns)
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TABLE takedowns_before AS SELECT * FROM takedowns")
    before.drop(connection)
    after.create(connection)
    op.execute(f"INSERT INTO takedowns ({kept}) SELECT {kept} FROM takedowns_before")  # noqa: S608
    op.execute("DROP TABLE takedowns_before")
