"""The command line as scripts use it: JSON, codes, settings, and how little a help page costs."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.commands import configuration
from app.kit.version import VERSION
from app.notices.filling import Workspace
from tests.command_line import takedown

HEAVY = ("fastapi", "starlette", "sqlalchemy", "pydantic", "jinja2", "yaml", "cryptography")


def test_help_loads_nothing_heavy() -> None:
    code = "import app.cli, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert sorted(set(HEAVY) & set(loaded)) == []


def test_the_version_is_printed_alone() -> None:
    assert takedown("--version") == (0, f"{VERSION}\n", "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with somebody in it, a token, an award and a basis."""
    data = str(tmp_path_factory.mktemp("data"))
    for words in (
        ["user", "add", "els@hotline.example", "--role", "manager", "--name", "Els"],
        ["token", "add", "guest", "--scope", "metrics:read", "--expires", "2199-12-30"],
        ["basis", "award", "Coordinator", "--from", "2026-01-01", "--except", "x"],
        ["basis", "set", "x", "voluntary", "--from", "2026-02-01"],
    ):
        assert takedown(*words, "--data-dir", data).returncode == 0
    return data


def printed(*words: str, **environment: str) -> object:
    return json.loads(takedown(*words, "--json", **environment).stdout)


def test_lists_are_printed_as_json(folder: str) -> None:
    at = ["--data-dir", folder]

    assert printed("user", "list", *at) == [
        {"email": "els@hotline.example", "name": "Els", "role": "manager", "state": "invited",
         "second_factor": False, "may_view": False}
    ]  # fmt: skip
    assert printed("token", "list", *at) == [
        {"name": "guest", "state": "in_force", "scopes": ["metrics:read"], "used_at": None,
         "expires_at": "2199-12-30T23:00:00Z", "previous_until": None}
    ]  # fmt: skip
    assert printed("basis", "list", *at) == [
        {"kind": "awarded", "on": "2026-01-01", "coordinator": "Coordinator", "until": None,
         "decision": "", "categories": [], "exceptions": ["x"]},
        {"platform": "x", "basis": "voluntary", "held_from": "2026-02-01", "decision": "",
         "categories": []},
    ]  # fmt: skip
    assert printed("templates", "check") == {"faults": []}


def test_recognised_links_are_printed_as_json() -> None:
    text = "https://youtu.be/aB3dE5fG7hE en https://instagram.com.evil.example/p/C7"

    assert json.loads(takedown("recognise", "--json", text=text).stdout) == {
        "links": [
            {"platform": "youtube", "kind": "video", "content_id": "aB3dE5fG7hE", "account": None,
             "canonical_url": "https://www.youtube.com/watch?v=aB3dE5fG7hE"}
        ],
        "unrecognised": [
            {"reason": "lookalike_host", "text": "https://instagram.com.evil.example/p/C7"}
        ],
    }  # fmt: skip


def test_people_are_listed_for_a_person_too(folder: str) -> None:
    listed = takedown("user", "list", "--data-dir", folder).stdout

    assert listed == "els@hotline.example\tEls\tmanager\tinvited\tno\tno\n"


def test_a_proof_is_told_as_json(folder: str) -> None:
    whole = printed("verify", "--data-dir", folder)
    cut = takedown("verify", "--json", "--head", f"1:{'ab' * 32}", "--data-dir", folder)

    assert isinstance(whole, dict)
    assert (whole["faults"], whole["counts"]["events"]) == ([], 0)
    assert whole["heads"]["event_chain"] == f"0:{'00' * 32}"
    assert cut.returncode == 1
    assert [fault["subject"] for fault in json.loads(cut.stdout)["faults"]] == ["event 1"]


def test_a_rotated_token_is_printed_alone_and_says_until_when_the_old_one_works(
    tmp_path: Path,
) -> None:
    at = ["--data-dir", str(tmp_path / "data")]
    takedown("token", "add", "to rotate", "--scope", "metrics:read", *at)

    done = takedown("token", "rotate", "to rotate", "--until", "2199-06-30", *at)

    assert done.stdout.startswith("tdk_")
    assert done.stderr == "to rotate: the token before this one works until 2199-06-30T22:00:00Z.\n"


def test_each_setting_is_printed_with_its_value_and_source(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {
        "TAKEDOWN_DATABASE_URL": "postgresql://tracker:hunter2@db.example/tracker",
        "TAKEDOWN_SECRET_KEY": "A" * 43 + "=",
        "TAKEDOWN_CHANNEL_BING_AGREED": "confidential@platform.example",
    }

    done = takedown("settings", "--json", "--data-dir", str(data), **environment)
    told = {row["name"]: (row["value"], row["source"]) for row in json.loads(done.stdout)}

    assert told["TAKEDOWN_DATA_DIR"] == (str(data), "option")
    assert told["TAKEDOWN_DATABASE_URL"] == (
        "postgresql://tracker:***@db.example/tracker", "environment",
    )  # fmt: skip
    assert told["TAKEDOWN_SECRET_KEY"] == ("********", "environment")
    assert told["TAKEDOWN_RATE_LIMIT"] == (6000, "default")
    for secret in ("hunter2", "AAAA", "confidential@"):
        assert secret not in done.stdout + done.stderr
    assert not data.exists()


def test_a_secret_key_that_is_kept_in_the_folder_is_from_a_file(folder: str) -> None:
    rows = takedown("settings", "--data-dir", folder).stdout.splitlines()

    assert "TAKEDOWN_SECRET_KEY\t********\tfile" in rows


def test_a_variable_that_means_nothing_is_named_with_what_was_meant() -> None:
    done = takedown("settings", TAKEDOWN_ORGANIZATION_NAME="x", takedown_smtp_url="y")

    assert done.stderr.splitlines() == [
        "TAKEDOWN_ORGANIZATION_NAME: no setting has this name; "
        "did you mean TAKEDOWN_ORGANISATION_NAME?",
        "takedown_smtp_url: no setting has this name; takedown settings lists those there are",
    ]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_nobody_else_is_let_in_before_a_setting_says_by_which_name(
    tmp_path: Path, command: str
) -> None:
    data = tmp_path / "data"

    done = takedown(command, "--host", "0.0.0.0", "--data-dir", str(data))

    assert done.returncode == 1
    assert done.stderr == (
        "takedown: TAKEDOWN_PUBLIC_URL: is not set, and --host 0.0.0.0 lets other machines in; "
        "set it to the https:// address people use, or leave --host out\n"
    )
    assert not data.exists()


@pytest.mark.parametrize(
    ("name", "email", "odd"),
    [
        ("Hotline", "notices@hotline.example", []),
        ("", "", ["TAKEDOWN_ORGANISATION_NAME", "TAKEDOWN_ORGANISATION_EMAIL"]),
        ("Hotline", "notices at hotline", ["TAKEDOWN_ORGANISATION_EMAIL"]),
    ],
)
def test_a_start_names_the_settings_without_which_notices_are_not_ours(
    workspace: Workspace, name: str, email: str, odd: list[str]
) -> None:
    organisation = workspace.organisation._replace(name=name, email=email)

    told = configuration.warnings(replace(workspace, organisation=organisation), {"PATH": "/bin"})

    assert [line.partition(":")[0] for line in told] == odd
