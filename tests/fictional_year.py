"""The demo's fictional year: told once for a whole run, and copied from there on."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from app import demo, main
from app.context import Context
from app.kit import settings as settings_of

FICTION = {
    "demo": True,
    "organisation_name": "Fictional Hotline",
    "organisation_email": "notices@hotline.demo.invalid",
    "rate_limit": 0,
}


def told(folder: Path) -> Context:
    """Fill a data folder with the year; whoever asked closes its database."""
    clock = demo.Moving()
    parts = main.context(settings_of.read(folder, **FICTION), clock)
    demo.fill(parts.database, parts.workspace, clock)
    return parts


def kept(factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the year, the same for all workers: the first of them fills it."""
    base = factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, half_told = place / "year", place / "year being told"
    with (place / "year.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(half_told, ignore_errors=True)  # of a worker that was stopped
            told(half_told).database.close()
            half_told.rename(folder)
    return folder
