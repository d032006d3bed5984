"""The documentation's pictures can be taken anew, and are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.kit.settings import ROOT
from tests.web.pictures import FOLDER, PICTURES

MOST_BYTES = 1_500_000


def test_every_picture_that_a_document_shows_is_there() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    shown = {
        (document.parent / address).resolve()
        for document in documents
        for address in re.findall(r"!\[[^\]]*\]\(([^)\s]+\.png)\)", document.read_text("utf-8"))
    }

    assert [path for path in sorted(shown) if not path.is_file()] == []
    assert {path.name for path in FOLDER.iterdir()} == {str(picture) for picture in PICTURES}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


@pytest.mark.slow
def test_pictures_can_be_taken_anew(tmp_path: Path) -> None:
    # A process of its own: chance is held still there, and another browser is driven.
    command = [sys.executable, "-m", "tests.web.pictures", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)

    taken = {path.name: path.read_bytes()[:8] for path in tmp_path.iterdir()}
    assert taken == dict.fromkeys(map(str, PICTURES), b"\x89PNG\r\n\x1a\n")
