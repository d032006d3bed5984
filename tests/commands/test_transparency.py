"""`takedown transparency` reads a platform's report, prints what breaks a rule, and keeps it."""

import json
from pathlib import Path

import pytest

from app.transparency.layout import TOTAL
from tests.command_line import takedown
from tests.transparency.report_files import MINORS, as_csv, line


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "4_notices.csv"
    path.write_bytes(as_csv([line(TOTAL, "6,564"), line(MINORS, "4")]))
    return path


def test_what_breaks_a_rule_is_printed_and_the_rest_is_kept(file: Path, tmp_path: Path) -> None:
    words = ("transparency", str(file), "--platform", "tiktok", "--data-dir", str(tmp_path))

    kept, again = takedown(*words), takedown(*words, "--json")

    assert kept.returncode == 1
    assert "2\tcomma\tnotices\t6,564" in kept.stdout.splitlines()
    assert "2 rows, 1 read, 1 left out" in kept.stderr
    assert json.loads(again.stdout)[-1] == {
        "row": 2, "rule": "comma", "column": "notices", "found": "6,564",
    }  # fmt: skip


def test_a_dry_run_keeps_nothing(file: Path, tmp_path: Path) -> None:
    words = ("transparency", str(file), "--platform", "tiktok", "--dry-run")

    assert takedown(*words, "--data-dir", str(tmp_path / "data")).returncode == 1
    assert not (tmp_path / "data" / "takedown.sqlite3").exists()


def test_a_platform_nobody_knows_is_wrong_usage(file: Path) -> None:
    told = takedown("transparency", str(file), "--platform", "nowhere", "--dry-run")

    assert told.returncode == 2
    assert "--platform" in told.stderr
