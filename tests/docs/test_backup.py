"""What the page about backups tells to type works, word by word but for the places."""

import re
from pathlib import Path

import pytest

from app.backups.making import KEYS_FILE
from app.kit.settings import ROOT
from tests.docs.test_readme import typed
from tests.server_process import made_ready
from tests.system.test_backup import Empty

PAGE = (ROOT / "docs/backup.md").read_text("utf-8")


@pytest.mark.slow
def test_the_way_to_a_backup_and_back_and_to_the_other_database_works(
    tmp_path: Path, empty: Empty
) -> None:
    nightly, restore, move = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    data, backups, new = (tmp_path / name for name in ("data", "backups", "new"))
    made_ready(data)
    backups.mkdir()
    environment = {"TAKEDOWN_DATA_DIR": str(data)}

    typed(nightly.replace("/backups", str(backups)), 0, **environment)
    [made] = backups.glob("takedown-????-??-??.backup")
    for told, here in {
        "restored": str(new),
        "data/secret.key": str(data / "secret.key"),
        "/backups/takedown-2026-11-26.backup": str(made),
    }.items():
        assert restore.count(told) == 1
        restore = restore.replace(told, here)
    typed(restore, 0, **environment)
    move = move.replace("/backups", str(backups)).replace("postgresql://…", empty("postgresql"))
    typed(move, 0, **environment)

    assert {path.name for path in backups.iterdir()} == {made.name, "move.backup", KEYS_FILE}
    assert {path.name for path in new.iterdir()} == {"secret.key", "takedown.sqlite3"}
