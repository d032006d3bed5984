"""Rows of a spreadsheet brought in as `takedown import` does."""

import csv
from pathlib import Path

from app.imports import import_columns, importing, reading
from app.imports.importing import Done
from app.kit.database import Database
from app.notices.filling import Workspace

Row = dict[str, str]


def bring_in(
    database: Database, workspace: Workspace, rows: list[Row], *, path: Path, dry_run: bool = False
) -> list[Done]:
    """Write rows, each a dict by column, to a file at `path` and import it."""
    header = dict.fromkeys(name for row in rows for name in row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    sheet = reading.sheet(path, import_columns.KNOWN)
    return list(importing.bring_in(database, workspace, reading.table(sheet), dry_run=dry_run))
