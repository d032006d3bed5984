"""An import goes on after a server that was killed: no row is lost, and none is there twice."""

from pathlib import Path

import pytest

from tests import killed_import
from tests.imports.sheets import requests, row
from tests.killed_server import faults

ROWS = 300
KILLED_AT = [40, 160]


@pytest.mark.slow
@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
def test_an_import_goes_on_after_every_kill(tmp_path: Path, address: str) -> None:
    content = requests(*(row(number) for number in range(1, ROWS + 1)))

    outcome = killed_import.after_kills(tmp_path / "data", address, content, at=KILLED_AT)

    assert [at < ROWS for at in outcome.killed_at] == [True] * len(KILLED_AT)
    assert outcome.told == [ROWS, 0, 0]
    assert outcome.found.keys() == {f"2025/{number:03d}" for number in range(1, ROWS + 1)}
    assert faults(tmp_path / "data", address) == []
