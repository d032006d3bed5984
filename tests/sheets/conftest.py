"""Sheets as a hotline would have them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from app.kit.database import Database
from app.notices.filling import Workspace
from app.sheets import import_columns, importing, reading
from app.sheets.importing import Done

Importer = Callable[..., list[Done]]


@pytest.fixture
def bring_in(database: Database, workspace: Workspace, tmp_path: Path) -> Importer:
    """Write rows, each a dict by column, to a file and import it."""

    def brought(*rows: dict[str, str], dry_run: bool = False) -> list[Done]:
        path = tmp_path / "cases.csv"
        header = dict.fromkeys(name for row in rows for name in row)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        sheet = reading.sheet(path, import_columns.KNOWN)
        return list(importing.bring_in(database, workspace, sheet, dry_run=dry_run))

    return brought
