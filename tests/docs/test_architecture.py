"""The page for whoever changes the code is true: its map, its paths, its words for folders."""

import ast
import re

from app.kit.settings import ROOT
from tests import architecture

PURE = re.compile(r"^Pure\b", re.MULTILINE)
# They take and give plain values, but know a type of the database's, or where the files lie.
KNOWING = {"app.kit.bill_of_materials", "app.kit.database_faults", "app.replies.proposing"}
APP = ROOT / "app"
TO_COME = "## What has no room yet"
FOLDER = re.compile(r"`([a-z_]+(?:/[a-z_]+)*)/`")
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


def test_what_is_to_come_is_not_there_yet_and_every_other_folder_is() -> None:
    said, to_come = map(FOLDER.findall, architecture.PAGE.read_text("utf-8").split(TO_COME))
    there = {
        name for name in (*said, *to_come) if (ROOT / name).is_dir() or [*APP.rglob(f"{name}/")]
    }

    assert "webhooks" in to_come
    assert there & set(to_come) == set()
    assert set(said) - there == set()


def test_what_calls_itself_pure_is_kept_so() -> None:
    kept = architecture.contract("Decisions are pure")["source_modules"]
    faces = (ROOT / "app" / "api", ROOT / "app" / "web")
    pure = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "app").rglob("*.py")
        if not any(path.is_relative_to(face) for face in faces)
        and PURE.search(ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")
    }

    loose = {
        name for name in pure if not any(name == one or name.startswith(f"{one}.") for one in kept)
    }
    assert loose == KNOWING
