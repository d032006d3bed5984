"""The command line as a person meets it: exit codes, and what is printed where."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app import main
from app.commands import accounts, terminal
from app.kit import settings as settings_of
from app.kit.settings import ROOT
from app.takedowns import reindexing
from tests.broken import broken
from tests.command_line import takedown


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
        ("an unknown scope", ["token", "add", "third", "--scope", "all"], 2, "takedowns:read"),
        ("no scope", ["token", "add", "third"], 2, "--scope"),
        (
            "an expiry that is no day",
            ["token", "add", "third", "--scope", "admin", "--expires", "soon"],
            2,
            "YYYY-MM-DD",
        ),
        (
            "an expiry in the past",
            ["token", "add", "third", "--scope", "admin", "--expires", "2020-01-01"],
            1,
            "still to come",
        ),
        ("rotating a token nobody made", ["token", "rotate", "fourth"], 1, "no token is called"),
        ("revoking a token nobody made", ["token", "revoke", "fourth"], 1, "no token is called"),
        ("an unknown role", ["user", "add", "a@b.example", "--role", "king"], 2, "caseworker"),
        ("not an address", ["user", "add", "a", "--role", "admin"], 1, "name@example.org"),
        ("a link for nobody", ["user", "link", "nobody@b.example"], 1, "nobody has"),
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
        ("a log's head without MAC", ["verify", "--audit-head", "17"], 2, "NUMBER:MAC"),
        ("a log's cut head", ["verify", "--audit-head", f"9999:{'ab' * 32}"], 1, "audit"),
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


def test_what_nobody_foresaw_is_told_by_type_and_place_alone(data: Path) -> None:
    words = "hunter2"

    def fail(*_: object) -> None:
        raise ValueError(words)

    with broken((reindexing, "run", fail)):
        done = takedown("migrate", "--data-dir", str(data))

    assert done.returncode == 1
    assert "in fail" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("takedown: ValueError, unforeseen")
    assert words not in done.stderr


def test_a_revoked_token_is_listed_as_such(data: Path) -> None:
    folder = ["--data-dir", str(data)]
    takedown("token", "add", "to go", "--scope", "events:write", *folder)

    done = takedown("token", "revoke", "to go", *folder)

    listed = takedown("token", "list", *folder).stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "to go: revoked.\n")
    assert "to go\trevoked\tevents:write\t-\t-\t-" in listed
    assert "case system\tin_force\tadmin\t-\t-\t-" in listed


@pytest.mark.parametrize(
    ("environment", "house"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"TAKEDOWN_PUBLIC_URL": "https://takedown.hotline.example"},
         "https://takedown.hotline.example"),
    ],
)  # fmt: skip
def test_whoever_is_added_joins_by_a_link_printed_alone(
    tmp_path: Path, environment: dict[str, str], house: str
) -> None:
    folder = ["--data-dir", str(tmp_path)]
    words = ["user", "add", "new@hotline.example", "--role", "admin", "--name", "Els"]

    added = takedown(*words, "--may-view", *folder, **environment)
    again = takedown("user", "link", "NEW@hotline.example", *folder, **environment)
    dropping = ["user", "link", "new@hotline.example", "--drop-second-factor"]
    dropped = takedown(*dropping, *folder, **environment)

    links = [done.stdout for done in (added, again, dropped)]
    assert [done.returncode for done in (added, again, dropped)] == [0, 0, 0]
    assert len(set(links)) == 3
    for link in links:
        assert re.fullmatch(re.escape(house) + r"/join/[\w-]{43}\n", link)


def test_a_new_server_prints_a_link_for_the_first_administrator_once_only(
    tmp_path: Path,
) -> None:
    settings = settings_of.read(tmp_path)
    parts = main.context(settings)

    first = accounts.first_link(parts.database, settings, 8123)
    takedown("user", "add", "new@hotline.example", "--role", "admin", "--data-dir", str(tmp_path))
    second = accounts.first_link(parts.database, settings, 8123)

    parts.database.close()
    assert first is not None
    assert first.startswith("http://127.0.0.1:8123/join/")
    assert second is None


def test_recognise_prints_a_line_for_each_link() -> None:
    done = takedown(
        "recognise", text="https://youtu.be/aB3dE5fG7hE en https://instagram.com.evil.example/p/C7"
    )

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "youtube\tvideo\taB3dE5fG7hE\t-\thttps://www.youtube.com/watch?v=aB3dE5fG7hE",
        "-\tlookalike_host\t-\t-\thttps://instagram.com.evil.example/p/C7",
    ]


CASES = """\
case_ref;category;explanation;url;submitted_at
CASE-1;csam_ai;Assessed by an analyst.;https://x.com/zz/status/1790000000000000001;
CASE-2;csam_ai;Assessed by an analyst.;https://youtu.be/aB3dE5fG7hE;2026-03-02T09:00:00Z
"""
FAULTY = "CASE-3;csam_ai;Assessed by an analyst.;https://example.org/1;\n"


def test_a_sheet_is_imported_once_and_exported(tmp_path: Path) -> None:
    sheet = tmp_path / "cases.csv"
    sheet.write_text(CASES, "utf-8")
    folder = ["--data-dir", str(tmp_path / "data")]

    tried = takedown("import", str(sheet), "--dry-run", *folder)
    done = takedown("import", str(sheet), *folder)
    sheet.write_text(CASES + FAULTY, "utf-8")
    again = takedown("import", str(sheet), *folder)
    masked = takedown("export", *folder)
    whole = takedown("export", "--format", "json", "--content", *folder)

    assert (tried.returncode, tried.stdout) == (0, "2\tvalid\t\n3\tvalid\t\n")
    assert tried.stderr == "2 rows, 2 valid\n"
    assert done.returncode == 0
    references = re.fullmatch(r"2\tlogged\t(TD-\w{6})\n3\tlogged\t(TD-\w{6})\n", done.stdout)
    assert references is not None
    first, second = references.groups()
    assert (again.returncode, again.stderr) == (1, "3 rows, 2 known, 1 refused\n")
    assert again.stdout.splitlines() == [
        f"2\tknown\t{first}",
        f"3\tknown\t{second}",
        "4\trefused\turl 1: check the link, or report it with platform other",
    ]
    assert [line.split(",")[:2] for line in masked.stdout.splitlines()] == [
        ["reference", "case_ref"], [first, "CASE-1"], [second, "CASE-2"],
    ]  # fmt: skip
    assert [len(takedown["events"]) for takedown in json.loads(whole.stdout)] == [1, 3]
    with sqlite3.connect(tmp_path / "data" / "takedown.sqlite3") as database:
        told = database.execute("SELECT detail FROM audit WHERE action = 'exported'").fetchall()
    database.close()
    assert [json.loads(detail) for (detail,) in told] == [
        {"what": "takedowns", "content": content} for content in (False, True)
    ]


@pytest.mark.parametrize("is_watched", [True, False])
def test_a_long_import_says_how_far_it_is_to_who_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_watched: bool
) -> None:
    sheet = tmp_path / "cases.csv"
    sheet.write_text(CASES, "utf-8")
    monkeypatch.setattr(terminal, "EVERY_SECONDS", 0)
    folder = str(tmp_path / "data")

    done = takedown("import", str(sheet), "--dry-run", "--data-dir", folder, is_watched=is_watched)

    far = ["1 of 2 rows …", "2 of 2 rows …"] if is_watched else []
    assert done.stderr.splitlines() == [*far, "2 rows, 2 valid"]


@pytest.mark.parametrize(
    ("story", "words", "code", "said"),
    [
        ("no such file", ["import", "nowhere.csv"], 2, "does not exist"),
        ("a file of another kind", ["import", "README.md"], 1, "takedown: column 1 has no name"),
        ("no such format", ["export", "--format", "xml"], 2, "csv, json"),
    ],
)
def test_what_cannot_be_imported_or_exported_is_said_in_words(
    data: Path, story: str, words: list[str], code: int, said: str
) -> None:
    words = [word.replace("README.md", str(ROOT / "README.md")) for word in words]

    done = takedown(*words, "--data-dir", str(data))

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_the_shipped_templates_have_no_fault_and_a_channel_for_everything() -> None:
    done = takedown("templates", "check")

    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "No fault.\n")
    assert lines[0].startswith("The channel a first notice takes by default")
    assert max(map(len, lines)) <= 100


def test_a_template_fault_is_named_with_file_line_and_mend(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "platform_templates", folder)
    broken = folder / "x.yaml"
    broken.write_text(broken.read_text("utf-8").replace("kind: form", "kind: fax", 1), "utf-8")

    done = takedown("templates", "check", str(folder))

    assert done.returncode == 1
    line, grid, *_ = done.stdout.splitlines()
    assert grid.startswith("The channel a first notice takes by default")
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


def test_a_changed_row_makes_verify_red(year: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(year, folder)
    with sqlite3.connect(folder / "takedown.sqlite3") as database:
        database.execute("UPDATE takedowns SET urgent = 1 - urgent WHERE id = 7")

    done = takedown("verify", "--data-dir", str(folder), TAKEDOWN_DEMO="1", **FICTIONAL)

    assert done.returncode == 1
    assert "urgent is not what the timeline says" in done.stdout


FICTIONAL = {
    "TAKEDOWN_ORGANISATION_NAME": "Fictional Hotline",
    "TAKEDOWN_ORGANISATION_EMAIL": "notices@hotline.demo.invalid",
}


def test_no_command_leaves_a_core_file_with_what_it_had_in_memory() -> None:
    told = "lambda: print(*resource.getrlimit(resource.RLIMIT_CORE))"
    code = f"import atexit, resource; atexit.register({told}); from app.cli import run; run()"
    allowed = ["sh", "-c", 'ulimit -S -c "$(ulimit -H -c)"; exec "$@"', "sh"]

    answer = subprocess.run(
        [*allowed, sys.executable, "-c", code, "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.splitlines()[-1] == "0 0"


@pytest.mark.parametrize("is_watched", [True, False])
def test_what_takes_long_says_how_far_it_is_to_who_watches_and_to_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_watched: bool
) -> None:
    sheet, backup = tmp_path / "cases.csv", str(tmp_path / "a.backup")
    sheet.write_text(CASES, "utf-8")
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    monkeypatch.setattr(terminal, "EVERY_SECONDS", 0)

    done = [
        takedown(*words, is_watched=is_watched)
        for words in (
            ("import", str(sheet), "--data-dir", here),
            ("verify", "--data-dir", here),
            ("backup", backup, "--data-dir", here),
            (
                "restore", backup, "--data-dir", there,
                "--secret-key-file", str(tmp_path / "here" / "secret.key"),
            ),
        )
    ]  # fmt: skip

    assert [one.returncode for one in done] == [0] * 4, done
    assert [" …\n" in one.stderr for one in done] == [is_watched] * 4
    assert not any(" …\n" in one.stdout for one in done)
