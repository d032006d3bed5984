"""A backup made at work brings back all that was answered for, whole; a damaged one, nothing."""

import base64
import csv
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from app.backups import sealed_file
from app.backups.making import CONTENT, KEYS, KEYS_FILE
from app.kit import settings as settings_of
from app.kit.settings import ROOT
from app.kit.vault import Vault
from tests.api_client import ApiClient
from tests.command_line import CommandResult, takedown
from tests.databases import Story, kind_of
from tests.examples import first_quickly
from tests.factories import SECRET
from tests.killed_server import CALLERS, Caseworker, known
from tests.sample_record import facts, populate
from tests.server_process import made_ready, serving
from tests.system.test_nothing_readable import Canaries, hits, log_and_edit, tell_and_send

KEY = base64.urlsafe_b64encode(SECRET).decode()
Empty = Callable[[str], str]


def typed(
    command: str, file: Path, folder: Path, address: str, **environment: str
) -> CommandResult:
    """Type `takedown backup` or `restore` for a database and its data folder."""
    where = {"TAKEDOWN_DATABASE_URL": address, "TAKEDOWN_DATA_DIR": str(folder)}
    return takedown(*command.split(), str(file), **where, **environment)


def answered(caseworkers: Sequence[Caseworker]) -> dict[str, str]:
    return {case: told for worker in caseworkers for case, told in dict(worker.answered).items()}


def some_more(caseworkers: Sequence[Caseworker]) -> None:
    """Wait until each caller could have been told of another takedown."""
    enough = known(caseworkers) + CALLERS
    until = time.monotonic() + 60
    while known(caseworkers) < enough:
        assert time.monotonic() < until
        time.sleep(0.001)


def backed_up_at_work(folder: Path, address: str, files: Sequence[Path]) -> list[dict[str, str]]:
    """Make backups while callers log takedowns; tells what had been answered before each."""
    token = made_ready(folder, database_url=address)
    caseworkers = [Caseworker(f"C{number}") for number in range(CALLERS)]
    before = []
    with (
        ThreadPoolExecutor(CALLERS) as pool,
        serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server,
    ):
        at_work = [pool.submit(caseworker.work, server) for caseworker in caseworkers]
        for file in files:
            some_more(caseworkers)
            before.append(answered(caseworkers))
            done = typed("backup", file, folder, address)
            assert (done.returncode, done.stderr) == (0, "")
            some_more(caseworkers)
        server.signal(signal.SIGKILL)
        assert [ended.result() for ended in at_work] == [None] * CALLERS
    return before


@pytest.mark.parametrize(
    ("address", "runs"),
    [
        ("sqlite", 1),
        pytest.param("sqlite", 10, marks=pytest.mark.slow),
        pytest.param("postgresql", 10, marks=pytest.mark.slow),
    ],
    indirect=["address"],
)
def test_all_that_was_answered_before_a_backup_comes_back_whole(
    tmp_path: Path, address: str, empty: Empty, runs: int
) -> None:
    folder = tmp_path / "data"
    files = [tmp_path / f"{run}.backup" for run in range(runs)]

    before = backed_up_at_work(folder, address, files)

    for file, told in zip(files, before, strict=True):
        new, place = file.with_suffix(""), empty(kind_of(address))
        done = typed(f"restore --secret-key-file {folder / 'secret.key'}", file, new, place)
        where = {"TAKEDOWN_DATABASE_URL": place, "TAKEDOWN_DATA_DIR": str(new)}
        proved = takedown("verify", **where)
        rows = list(csv.DictReader(takedown("export", **where).stdout.splitlines()))
        there = {row["case_ref"]: row["reference"] for row in rows}
        assert (done.returncode, proved.returncode) == (0, 0), done.stderr + proved.stdout
        assert {case: there.get(case) for case in told} == told
        assert len(there) == len(rows)


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def backup(tmp_path: Path, address: str) -> Path:
    """A backup of a small record, with its data keys beside it."""
    (tmp_path / "backups").mkdir()
    file = tmp_path / "backups" / "a.backup"
    done = typed("backup", file, tmp_path, address, TAKEDOWN_SECRET_KEY=KEY)
    assert done.returncode == 0, done.stderr
    return file


on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@on_sqlite
@pytest.mark.parametrize("name", ["a.backup", KEYS_FILE])
@pytest.mark.parametrize("damage", ["cut", "flipped"])
@pytest.mark.parametrize("places", first_quickly([8, 100]))
def test_a_damaged_backup_is_refused_in_one_line_and_leaves_nothing(
    tmp_path: Path, backup: Path, name: str, damage: str, places: int
) -> None:
    path, new = backup.with_name(name), tmp_path / "new"
    whole = path.read_bytes()
    address = f"sqlite:///{new / 'takedown.sqlite3'}"
    dice = Random(f"{name} {damage}")
    ends = Counter[tuple[int, str, int, bool]]()

    for _ in range(places):
        place = dice.randrange(len(whole))
        flipped = bytes([whole[place] ^ 1 << dice.randrange(8)])
        rest = flipped + whole[place + 1 :] if damage == "flipped" else b""
        path.write_bytes(whole[:place] + rest)
        done = typed("restore", backup, new, address, TAKEDOWN_SECRET_KEY=KEY)
        said = done.stderr.partition(f"takedown: {path}: ")[0]
        ends[(done.returncode, said, done.stderr.count("\n"), new.exists())] += 1

    path.write_bytes(whole)
    whole_again = typed("restore", backup, new, address, TAKEDOWN_SECRET_KEY=KEY)
    assert ends == {(1, "", 1, False): places}
    assert whole_again.returncode == 0


OTHER_KEY = base64.urlsafe_b64encode(SECRET[::-1]).decode()


@on_sqlite
@pytest.mark.parametrize(
    ("story", "command", "changed", "code", "said"),
    [
        ("a file is in the way", "backup", {}, 2, "--force replaces it"),
        ("it is to be replaced", "backup --force", {}, 0, ""),
        ("another key", "backup --force", {"SECRET_KEY": OTHER_KEY}, 1, "is not the secret key"),
        ("no database", "backup --force", {"DATABASE_URL": "sqlite:///none"}, 1, "no database"),
        ("another key", "restore", {"SECRET_KEY": OTHER_KEY}, 1, "does not open"),
        ("a broken key", "restore", {"SECRET_KEY": KEY[4:]}, 1, "32 random bytes"),
        ("a full house", "restore", {}, 1, "not empty"),
        ("a key twice", "restore --secret-key-file key", {}, 1, "set here already"),
        ("the same key twice", "restore --secret-key-file same", {}, 1, "not empty"),
    ],
)
def test_a_command_says_what_keeps_it_and_changes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    backup: Path,
    story: str,
    command: str,
    changed: dict[str, str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("key").write_text(OTHER_KEY, "ascii")
    Path("same").write_text(KEY, "ascii")
    before = sorted(tmp_path.rglob("*"))

    settings = {"DATA_DIR": ".", "DATABASE_URL": address, "SECRET_KEY": KEY} | changed
    where = {f"TAKEDOWN_{name}": value for name, value in settings.items()}
    done = takedown(*command.split(), str(backup), **where)

    assert (done.returncode, done.stderr == "") == (code, code == 0)
    assert said in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@on_sqlite
def test_nothing_is_backed_up_without_the_secret_key(
    tmp_path: Path, address: str, backup: Path
) -> None:
    done = typed("backup --force", backup, tmp_path / "none", address)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"takedown: {tmp_path / 'none' / 'secret.key'}: is missing")
    assert not (tmp_path / "none").exists()


@on_sqlite
def test_the_printed_head_finds_a_cut_tail_later(
    tmp_path: Path, address: str, api: ApiClient, backup: Path
) -> None:
    where = {"TAKEDOWN_SECRET_KEY": KEY}
    api.post("/takedowns", facts("C-9", "https://www.instagram.com/p/C7aB2cD3eF9/"))
    printed = typed("backup", backup.with_name("later.backup"), tmp_path, address, **where).stdout
    folder, place = tmp_path / "new", f"sqlite:///{tmp_path / 'new.sqlite3'}"
    typed("restore", backup, folder, place, **where)

    head = printed.split("\t")[-1].strip()
    there = {"TAKEDOWN_DATABASE_URL": place, "TAKEDOWN_DATA_DIR": str(folder)}
    done = takedown("verify", "--head", head, **there, **where)

    assert done.returncode == 1
    assert f"the tail up to {head.partition(':')[0]} was cut" in done.stdout


@on_sqlite
def test_the_secret_key_is_asked_for_and_not_shown(tmp_path: Path, backup: Path) -> None:
    ours, theirs = pty.openpty()
    restoring = [sys.executable, "-c", "from app.cli import run; run()", "restore", str(backup)]
    process = subprocess.Popen(
        [*restoring, "--data-dir", str(tmp_path / "new")],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while not shown.endswith(b"Secret key: "):
        shown += os.read(ours, 100)

    os.write(ours, f"{KEY}\n".encode())

    assert process.wait(60) == 0
    with suppress(OSError):  # read to the end: nobody holds the other side any more
        while more := os.read(ours, 1000):
            shown += more
    os.close(ours)
    assert KEY.encode() not in shown
    assert b"10 takedowns, as of 2" in shown
    kept = tmp_path / "new" / "secret.key"
    assert (kept.read_text("ascii").strip(), kept.stat().st_mode & 0o777) == (KEY, 0o600)


def test_nothing_that_was_sent_lies_readable_in_a_backup(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", tmp_path / "a.backup"
    token = made_ready(folder)
    sent = Canaries()
    with serving(folder, token) as server:
        log_and_edit(server, sent)
        tell_and_send(server, sent)
        done = takedown("backup", str(file), "--data-dir", str(folder))
    secret = settings_of.kept_secret(settings_of.read(folder))
    assert secret is not None

    kinds = {file: CONTENT, file.with_name(KEYS_FILE): KEYS}
    opened = []
    for path, kind in kinds.items():
        opened.append(path.with_suffix(".opened"))
        opened[-1].write_text("\n".join(sealed_file.read(path, Vault(secret), kind)), "utf-8")

    hidden = sent.words | {"token": token, "key": (folder / "secret.key").read_text().strip()}
    assert done.returncode == 0
    assert [path.stat().st_mode & 0o777 for path in kinds] == [0o600, 0o600]
    assert hits(opened, hidden) == hits(kinds, hidden | {"case": "C-intake"}) == []
    assert [path.name for path in (*kinds, *opened) if secret in path.read_bytes()] == []
    assert hits(opened, {"case": "C-intake"}) == ["case in a.opened"]


def test_backup_and_restore_stand_in_the_audit_log(tmp_path: Path) -> None:
    first, second, kept = tmp_path / "first", tmp_path / "second", tmp_path / "a.backup"
    takedown("migrate", "--data-dir", str(first))
    takedown("backup", str(kept), "--data-dir", str(first))
    key = ["--secret-key-file", str(first / "secret.key")]
    takedown("restore", str(kept), *key, "--data-dir", str(second))

    told = {}
    for folder in (first, second):
        with sqlite3.connect(folder / "takedown.sqlite3") as database:
            told[folder.name] = database.execute('SELECT "by", action FROM audit').fetchall()
        database.close()
    assert told == {
        "first": [("command line", "backed_up")],
        "second": [("command line", "restored")],
    }
    assert takedown("verify", "--data-dir", str(second)).returncode == 0
