"""The page for whoever changes the code is true: its map, its paths, its words for folders."""

import re

from app.kit.settings import ROOT
from tests import architecture

PATH = re.compile(r"`([a-z_]+(?:/[a-z_]+)*\.(?:py|yaml|md))`")


def test_the_map_is_that_of_the_folders() -> None:
    assert architecture.PAGE.read_text("utf-8") == architecture.page()


def test_every_folder_says_what_it_is_for() -> None:
    silent = [line for line in architecture.table().splitlines() if line.endswith("|  |")]

    assert silent == []


def test_every_module_named_on_the_page_is_there() -> None:
    said = PATH.findall(architecture.PAGE.read_text("utf-8"))

    missing = [
        path
        for path in said
        if not any((folder / path).exists() for folder in (ROOT, ROOT / "app"))
        and ("/" in path or not list((ROOT / "app").rglob(path)))
    ]
    assert missing == []
