"""The command line as a person meets it: exit codes, and what is printed where."""

import io
import os
import sqlite3
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from app import cli, demo, main
from app.kit import settings as settings_of
from app.kit.settings import ROOT


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def takedown(*words: str, text: str = "", **environment: str) -> Done:
    """Run `takedown …` in a bare environment, within this process."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(text.encode()))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith("TAKEDOWN_")]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["takedown", *words])
        patch.setattr(sys, "stdin", given)
        try:
            cli.run()
        except SystemExit as ended:
            return Done(int(ended.code or 0), out.getvalue(), err.getvalue())
    return Done(0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a token."""
    folder = tmp_path_factory.mktemp("data")
    made = takedown("token", "add", "case system", "--scope", "admin", "--data-dir", str(folder))
    assert made.returncode == 0, made.stderr
    return folder


def test_a_token_is_printed_alone_and_kept_as_a_digest(data: Path) -> None:
    made = takedown("token", "add", "second", "--scope", "content:read", "--data-dir", str(data))

    assert made.returncode == 0
    [token] = made.stdout.split()
    assert token.startswith("tdk_")
    kept = b"".join(path.read_bytes() for path in data.glob("takedown.sqlite3*"))
    assert token.encode() not in kept


@pytest.mark.parametrize(
    ("story", "words", "code", "said"),
    [
        ("a token name in use", ["token", "add", "case system", "--scope", "admin"], 1, "another"),
        ("an unknown scope", ["token", "add", "third", "--scope", "all"], 1, "takedowns:read"),
        ("no scope", ["token", "add", "third"], 2, "--scope"),
        ("no such command", ["destroy"], 2, "No such command"),
        (
            "no such platform",
            ["basis", "set", "myspace", "voluntary", "--from", "2026-01-01"],
            2,
            "x",
        ),
        ("no such day", ["basis", "set", "x", "voluntary", "--from", "soon"], 2, "YYYY-MM-DD"),
        ("a basis", ["basis", "set", "x", "article_22", "--from", "2026-01-01"], 0, "article_22"),
        ("a record that holds", ["verify"], 0, "The record is what was recorded"),
        ("a head without MAC", ["verify", "--head", "17"], 2, "NUMBER:MAC"),
        ("a head that was cut off", ["verify", "--head", f"1:{'ab' * 32}"], 1, "event 1"),
        ("migrating", ["migrate"], 0, "up to date"),
    ],
)
def test_a_command_says_what_it_did_or_how_to_mend_it(
    data: Path, story: str, words: list[str], code: int, said: str
) -> None:
    done = takedown(*words, "--data-dir", str(data)) if words != ["destroy"] else takedown(*words)

    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_recognise_prints_a_line_for_each_link() -> None:
    done = takedown(
        "recognise", text="https://youtu.be/aB3dE5fG7hE en https://instagram.com.evil.example/p/C7"
    )

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "youtube\tvideo\taB3dE5fG7hE\t-\thttps://www.youtube.com/watch?v=aB3dE5fG7hE",
        "-\tlookalike_host\t-\t-\thttps://instagram.com.evil.example/p/C7",
    ]


def test_the_shipped_templates_have_no_fault() -> None:
    done = takedown("templates", "check")

    assert (done.returncode, done.stdout) == (0, "")


def test_a_template_fault_is_named_with_file_line_and_mend(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    (folder / "texts").mkdir(parents=True)
    for path in (ROOT / "platform_templates").rglob("*.yaml"):
        target = folder / path.relative_to(ROOT / "platform_templates")
        target.write_text(path.read_text("utf-8"), "utf-8")
    broken = folder / "x.yaml"
    broken.write_text(broken.read_text("utf-8").replace("kind: form", "kind: fax", 1), "utf-8")

    done = takedown("templates", "check", str(folder))

    assert done.returncode == 1
    [line] = done.stdout.splitlines()
    name, number, _ = line.split(":", 2)
    assert (name, broken.read_text("utf-8").splitlines()[int(number) - 1].strip()) == (
        "x.yaml",
        "kind: fax",
    )


def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    done = takedown("verify", "--data-dir", str(tmp_path), TAKEDOWN_RATE_LIMIT="fast")

    assert done.returncode == 1
    assert done.stderr.startswith("takedown: TAKEDOWN_RATE_LIMIT: ")
    assert done.stderr.count("\n") == 1


def test_a_changed_row_makes_verify_red(tmp_path: Path) -> None:
    _demo_once(tmp_path)
    with sqlite3.connect(tmp_path / "takedown.sqlite3") as database:
        database.execute("UPDATE takedowns SET urgent = 1 - urgent WHERE id = 7")

    done = takedown("verify", "--data-dir", str(tmp_path), TAKEDOWN_DEMO="1", **FICTIONAL)

    assert done.returncode == 1
    assert "urgent is not what the timeline says" in done.stdout


FICTIONAL = {
    "TAKEDOWN_ORGANISATION_NAME": "Fictional Hotline",
    "TAKEDOWN_ORGANISATION_EMAIL": "notices@hotline.demo.invalid",
}


def _demo_once(folder: Path) -> None:
    """Fill a folder with the demo's year without serving it."""
    settings = settings_of.read(
        folder,
        demo=True,
        organisation_name=FICTIONAL["TAKEDOWN_ORGANISATION_NAME"],
        organisation_email=FICTIONAL["TAKEDOWN_ORGANISATION_EMAIL"],
    )
    clock = demo.Moving()
    parts = main.context(settings, clock)
    demo.fill(parts.database, parts.desk, clock)
    parts.database.close()
