"""`takedown verify` proves what is there: it reads the whole database and says which it was."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from random import Random

import pytest

from app import demo
from app.commands import terminal
from tests import broken
from tests.command_line import CommandResult, takedown

PAGE = 4096


@pytest.fixture
def folder(year: Path, tmp_path: Path) -> Path:
    shutil.copytree(year, tmp_path / "data")
    return tmp_path / "data"


def verified(folder: Path, **environment: str) -> CommandResult:
    return takedown("verify", "--data-dir", str(folder), **environment)


def test_it_names_the_database_the_heads_and_how_much_it_read(folder: Path) -> None:
    done = verified(folder)

    database, counts, events, audit = done.stdout.splitlines()
    # On a busy machine it also says how far it is.
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (
        0,
        ["The record is what was recorded."],
    )
    assert database == f"Database: {folder / 'takedown.sqlite3'}"
    assert counts.startswith(f"{demo.TOTAL} takedowns, ")
    assert [line.rpartition(" ")[0] for line in (events, audit)] == [
        "Head of the event chain:",
        "Head of the audit log:",
    ]
    head = events.rpartition(" ")[2]
    assert takedown("verify", "--head", head, "--data-dir", str(folder)).returncode == 0


def test_settings_that_changed_since_make_no_fault(folder: Path) -> None:
    changed = {"TAKEDOWN_ORGANISATION_NAME": "", "TAKEDOWN_TIMEZONE": "Pacific/Apia"}

    assert verified(folder, **changed).returncode == 0


def test_an_empty_record_is_said_aloud(tmp_path: Path) -> None:
    takedown("migrate", "--data-dir", str(tmp_path))

    done = verified(tmp_path)

    assert done.returncode == 0
    assert "The record is empty" in done.stderr


def test_it_says_how_far_it_is_where_it_takes_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "EVERY_SECONDS", 0)

    watched = takedown("verify", "--data-dir", str(folder), is_watched=True)
    said = watched.stderr.splitlines()

    assert "pages of the database …" in said
    assert f"{demo.TOTAL:,} of {demo.TOTAL:,} takedowns …" in said


def no_file(folder: Path) -> None:
    (folder / "takedown.sqlite3").unlink()


def no_byte(folder: Path) -> None:
    (folder / "takedown.sqlite3").write_bytes(b"")


def another_file(folder: Path) -> None:
    (folder / "takedown.sqlite3").write_bytes(b"Dear colleague, " * 1000)


def another_database(folder: Path) -> None:
    no_file(folder)
    with closing(sqlite3.connect(folder / "takedown.sqlite3")) as database:
        database.execute("CREATE TABLE recipes (name)")


def cut_short(folder: Path) -> None:
    file = folder / "takedown.sqlite3"
    file.write_bytes(file.read_bytes()[: 40 * PAGE])


def a_table_dropped(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "takedown.sqlite3")) as database:
        database.execute("DROP TABLE lookups")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (no_file, "there is no database with a record"),
        (no_byte, "there is no database with a record"),
        (another_file, "is not a SQLite database"),
        (another_database, "holds tables of something else"),
        (cut_short, "is damaged"),
        (a_table_dropped, "table lookups: is missing"),
    ],
)
def test_what_is_no_record_is_told_in_its_own_words(
    folder: Path, damage: Callable[[Path], None], said: str
) -> None:
    damage(folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}

    done = verified(folder)

    told = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 1
    assert len([line for line in told if said in line]) == 1
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def pages(folder: Path) -> int:
    return (folder / "takedown.sqlite3").stat().st_size // PAGE


def is_found(folder: Path, page: int, dice: Random) -> bool:
    """Whether random bytes over a page of the database are found, and said in plain words."""
    file = folder / "takedown.sqlite3"
    whole = file.read_bytes()
    noise = dice.randbytes(PAGE)
    file.write_bytes(whole[: page * PAGE] + noise + whole[(page + 1) * PAGE :])
    done = verified(folder)
    file.write_bytes(whole)
    assert "Traceback" not in done.stderr
    return done.returncode == 1


@pytest.mark.parametrize(
    "share", [pytest.param(20, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)
def test_random_bytes_over_any_page_are_found(folder: Path, share: int) -> None:
    dice = Random(1)

    missed = [
        page
        for page in dice.sample(range(pages(folder)), pages(folder) // share)
        if not is_found(folder, page, dice)
    ]

    assert missed == []


@pytest.mark.slow
@pytest.mark.parametrize("without", [broken.shallow])
def test_a_proof_that_does_not_read_everything_is_found_out(
    folder: Path, without: Callable[[], AbstractContextManager[None]]
) -> None:
    dice = Random(1)

    with without():
        every_page = dice.sample(range(pages(folder)), pages(folder))
        assert not all(is_found(folder, page, dice) for page in every_page)
