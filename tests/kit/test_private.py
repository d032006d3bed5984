"""Nobody else on the machine reads the data, whatever the umask."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import main
from app.kit import private
from app.kit import settings as settings_of
from tests.command_line import takedown


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: f"{path.stat().st_mode & 0o777:o}" for path in [folder, *folder.iterdir()]}


ALONE = {
    "data": "700",
    "secret.key": "600",
    "takedown.sqlite3": "600",
    "takedown.sqlite3-wal": "600",
    "takedown.sqlite3-shm": "600",
}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177])
def test_a_new_folder_and_its_files_are_the_owners_alone(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "data"
    with umask(mask):
        parts = main.context(settings_of.read(folder))

    assert modes(folder) == ALONE
    parts.database.close()


def test_what_is_open_to_others_is_closed_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    main.context(settings_of.read(folder)).database.close()
    folder.chmod(0o755)
    (folder / "takedown.sqlite3").chmod(0o644)

    parts = main.context(settings_of.read(folder))

    assert modes(folder) == ALONE
    assert [record.getMessage() for record in caplog.records] == [
        f"{folder / 'takedown.sqlite3'}: others could read it; it is closed to them now",
        f"{folder}: others could read it; it is closed to them now",
    ]
    parts.database.close()


def test_a_folder_that_holds_other_things_too_is_left_open_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "letter.txt").write_text("hello", "utf-8")
    tmp_path.chmod(0o755)

    private.close(settings_of.read(tmp_path))

    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path}: others may look into it; run chmod 700 on it"
    ]


def test_a_restored_database_and_the_backup_are_the_owners_alone(tmp_path: Path) -> None:
    first, second, kept = tmp_path / "first", tmp_path / "data", tmp_path / "kept"
    kept.mkdir()
    with umask(0):
        takedown("migrate", "--data-dir", str(first))
        takedown("backup", str(kept / "backup"), "--data-dir", str(first))
        words = ["--secret-key-file", str(first / "secret.key"), "--data-dir", str(second)]
        done = takedown("restore", str(kept / "backup"), *words)

    assert done.returncode == 0, done.stderr
    assert set(modes(second).values()) == {"700", "600"}
    assert {path.stat().st_mode & 0o777 for path in kept.iterdir()} == {0o600}
