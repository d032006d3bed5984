"""Sheets as a hotline would have them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.imports.importing import Done
from app.kit.database import Database
from app.notices.filling import Workspace
from tests import imported_rows
from tests.imported_rows import Row

Importer = Callable[..., list[Done]]


@pytest.fixture
def bring_in(database: Database, workspace: Workspace, tmp_path: Path) -> Importer:
    """Write rows, each a dict by column, to a file and import it."""

    def brought(*rows: Row, dry_run: bool = False) -> list[Done]:
        path = tmp_path / "cases.csv"
        return imported_rows.bring_in(database, workspace, [*rows], path=path, dry_run=dry_run)

    return brought
