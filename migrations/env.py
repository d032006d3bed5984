"""Alembic's entry: run the numbered migrations on the database named by the caller."""

from alembic import context
from sqlalchemy import create_engine, pool

from app.tables import metadata

PLAIN_TYPES = {
    "Moment": "sa.BigInteger()",
    "RowId": "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')",
}


def render_item(kind, item, _):
    """Write plain types into migrations, so that they import nothing of the application."""
    if kind == "type":
        return PLAIN_TYPES.get(type(item).__name__, False)
    return False


def run() -> None:
    """Migrate over the connection handed in, or over one of our own."""
    options = {
        "target_metadata": metadata,
        "render_as_batch": True,
        "render_item": render_item,
        "compare_type": True,
    }
    connection = context.config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, **options)
        context.run_migrations()
        return
    address = context.config.get_main_option("sqlalchemy.url")
    with create_engine(address, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
