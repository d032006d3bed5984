"""A full disk refuses what is to be written, harms nothing, and is forgotten once there is room."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from app import main, proof
from app.kit import settings as settings_of
from app.kit.settings import ROOT
from app.tables import metadata
from tests.examples import later
from tests.server_process import Server, made_ready, serving


@contextmanager
def no_room(server: Server) -> Iterator[None]:
    """Let the operating system take no more bytes from a server into any file."""
    unlimited = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, -1))
    yield
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)


def logged(server: Server, case_ref: str) -> httpx2.Response:
    body = {
        "case_ref": case_ref,
        "category": "csam",
        "platform": "other",
        "urls": [f"https://zz-fixture.example/{case_ref}"],
    }
    key = {"Idempotency-Key": f"key of {case_ref}"}
    return server.client.post("/takedowns", json=body, headers=key)


def rows(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "takedown.sqlite3")) as database:
        return {
            name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in metadata.tables
        }


def test_a_full_disk_keeps_nobody_from_reading(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    with serving(folder, token) as server, no_room(server):
        # The first use of the token would be written down.
        assert server.client.get("/takedowns").status_code == 200


def test_a_full_disk_answers_503_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    with serving(folder, token) as server:
        assert logged(server, "C-1").status_code == 201
        before = rows(folder)

        with no_room(server):
            refused = [logged(server, f"C-{number}") for number in (2, 3, 2)]
            assert server.client.get("/takedowns").status_code == 200

        assert [
            (answer.status_code, answer.headers["Content-Type"], answer.json()["code"])
            for answer in refused
        ] == [(503, "application/problem+json", "unavailable")] * 3
        assert rows(folder) == before
        assert logged(server, "C-2").status_code == 201
        assert rows(folder)["takedowns"] == before["takedowns"] + 1
    parts = main.context(settings_of.read(folder))
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []
    parts.database.close()


FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from app.cli import run
run()
"""


@pytest.mark.parametrize(
    "words",
    [
        "token add x --scope admin",
        *map(later, ("serve --port 0", "migrate", "verify", "export")),
    ],
)
def test_a_command_on_a_full_disk_says_so_in_one_line(tmp_path: Path, words: str) -> None:
    made_ready(tmp_path / "data")
    before = rows(tmp_path / "data")

    command = [sys.executable, "-c", FULL, *words.split(), "--data-dir", str(tmp_path / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "disk" in done.stderr
    assert rows(tmp_path / "data") == before
