"""A database of each released schema, as the version that released it filled it.

Before a schema is released, `python -m tests.migrations.releases` keeps one of it in
`tests/data/released`; what is kept there stays as it is. One line a row, for both databases.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, select, text
from starlette.testclient import TestClient

from app import main
from app.accounts import access
from app.accounts.models import users
from app.accounts.permissions import SCOPES
from app.context import Context
from app.imports import kept as imports
from app.imports.plan import Plan
from app.kit import key_check, migrate
from app.kit import settings as settings_of
from app.kit.clock import moment, stamp
from app.kit.database import Database
from app.kit.settings import ROOT
from app.kit.vault import Vault
from app.sheets import exporting
from app.takedowns import bases
from app.takedowns.bases import Basis
from app.takedowns.flagger_status import Change
from tests.api_client import ApiClient
from tests.factories import SECRET, ManualClock
from tests.migrations import migrating
from tests.reports.frozen import frozen
from tests.sample_record import facts, populate, settle_in

SHEET = b"case_ref,url\nCASE-1,https://www.snapchat.com/add/zz-fixture.sc\n"
FOLDER = ROOT / "tests/data/released"
SCHEMAS = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
Rows = dict[str, list[dict[str, Any]]]


def some(schemas: Sequence[str] = SCHEMAS) -> list[Any]:
    """Return schemas to try: the oldest and the newest; `./run check` tries those between, too."""
    between = [pytest.param(schema, marks=pytest.mark.slow) for schema in schemas[1:-1]]
    return [schemas[0], *between, *schemas[1:][-1:]]


class Release(NamedTuple):
    """What a database held, when that was, who may call it, and what it gave out."""

    schema: str
    told_at: datetime
    token: str
    rows: Rows
    export: list[Any]


def read(schema: str) -> Release:
    """Return what is kept of a schema."""
    head, *lines = map(json.loads, (FOLDER / f"{schema}.jsonl").read_text("utf-8").splitlines())
    rows: Rows = {name: [] for name in head["tables"]}
    for line in lines:
        if "row" in line:
            rows[line["table"]].append(line["row"])
    export = [line["takedown"] for line in lines if "takedown" in line]
    return Release(schema, moment(head["told_at"]), head["token"], rows, export)


SHAPES = {
    "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name",
    "postgresql": """
        SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = CAST('public' AS regnamespace) AND relkind = 'r' AND attnum > 0
        ORDER BY 1, attnum
    """,
}
_known: dict[object, list[Table]] = {}


def tables(connection: Connection) -> list[Table]:
    """Return the tables that are there, each after those it refers to."""
    # To look at everything is slow; of databases with the same columns one is looked at.
    shape = tuple(map(tuple, connection.execute(text(SHAPES[connection.dialect.name]))))
    if shape not in _known:
        found = MetaData()
        found.reflect(connection)
        _known[shape] = [table for table in found.sorted_tables if table.name != "alembic_version"]
    return _known[shape]


def held(connection: Connection) -> Rows:
    """Return everything a database holds, in a form that JSON can tell."""
    return {
        table.name: sorted(
            (
                {name: plain(value) for name, value in row._mapping.items()}
                for row in connection.execute(select(table))
            ),
            key=partial(json.dumps, sort_keys=True),
        )
        for table in tables(connection)
    }


def fill(connection: Connection, rows: Rows) -> None:
    """Put rows into the empty tables of their schema."""
    for table in tables(connection):
        told = [{n: spelled(v) for n, v in row.items()} for row in rows[table.name]]
        connection.execute(insert(table), told)
        if "id" in table.columns and connection.dialect.name == "postgresql":
            number = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
            connection.execute(
                number, {"table": table.name, "last": max(row["id"] for row in told)}
            )


def plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def spelled(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def export(database: Database) -> list[Any]:
    """Return everything as it is given out to whoever may read content."""
    return list(json.loads("".join(exporting.everything(database, "json", content=True))))


def keyed(api: ApiClient) -> Any:
    """Ask for something that is done only once."""
    body = facts("C-9", "https://www.snapchat.com/add/zz-fixture.sc")
    return api.request("POST", "/takedowns", body, **{"Idempotency-Key": "once"})


def grown(folder: Path, clock: ManualClock) -> tuple[Database, str]:
    """Make a database by calling the API of this version; returns it and the caller's token."""
    database = Database(f"sqlite:///{folder / 'takedown.sqlite3'}", Vault(SECRET), clock)
    migrating.to_head(database)
    settings = settings_of.Settings(rate_limit=0, organisation_name="Fictional Hotline")
    parts = Context(settings, database, clock, main.workspace_of(settings))
    with database.write() as unit:
        key_check.keep(unit)
        bases.record(unit, Basis("x", "voluntary", date(2026, 1, 1), "A letter.", ("csam",)))
        token = access.add_token(unit, "case system", SCOPES)
    with TestClient(main.create_app(parts)) as client:
        api = ApiClient(client, token)
        populate(api, clock)
        assert keyed(api).status_code == 201
    settle_in(database, parts.workspace.recogniser)
    with database.write() as unit:
        award = Change("awarded", date(2026, 2, 1), "BIPT", decision="D-1")
        bases.record_change(unit, award, by="somebody")
    frozen(database, parts.workspace)
    with database.write() as unit:
        [user_id, *_] = unit.connection.scalars(select(users.c.id)).all()
        imports.begin(unit, user_id, content=SHEET, plan=Plan("cases.csv", ()))
    return database, token


def written(database: Database, token: str, told_at: datetime) -> Iterator[str]:
    with database.read() as unit:
        rows = held(unit.connection)
    yield json.dumps({"told_at": stamp(told_at), "token": token, "tables": list(rows)})
    for table, those in rows.items():
        assert those, f"nothing fills the table {table}"
        for row in those:
            yield json.dumps({"table": table, "row": row}, ensure_ascii=False)
    for takedown in export(database):
        yield json.dumps({"takedown": takedown}, ensure_ascii=False)


def keep() -> None:
    """Write down the newest schema, unless it is kept already."""
    path = FOLDER / f"{migrate.newest()}.jsonl"
    if path.exists():
        sys.exit(f"{path.name} is kept already, and stays as it is")
    clock = ManualClock()
    with tempfile.TemporaryDirectory() as folder:
        database, token = grown(Path(folder), clock)
        lines = list(written(database, token, clock.now))
        database.close()
    FOLDER.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    keep()
