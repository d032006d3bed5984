"""Tests stand where CONTRIBUTING.md says: in the folder of what they prove."""

from pathlib import Path

from app.kit.settings import ROOT

TESTS = ROOT / "tests"
# No folder is proved by what only the whole can show: its processes, disk, clock and key.
OF_THE_WHOLE = {"system"}


def test_each_folder_of_tests_mirrors_a_folder_or_a_module() -> None:
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}

    assert {str(folder) for folder in folders if not is_mirror(folder)} == OF_THE_WHOLE


def is_mirror(folder: Path) -> bool:
    """Whether it has its like in app/ or, for docs, migrations and benchmarks, beside it."""
    there = ROOT / "app" / folder
    return there.is_dir() or there.with_suffix(".py").is_file() or (ROOT / folder).is_dir()


def test_no_test_stands_outside_a_folder() -> None:
    assert list(TESTS.glob("test_*.py")) == []
