"""What was answered lies on the disk: the operating system was told to put it there before."""

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.broken import breaking
from tests.server_process import AS_SERVED, made_ready, serving

POSTS = 24
TRACED = "trace=fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg"
LINE = re.compile(r"(?P<process>\d+) +(?:<\.\.\. (?P<resumed>\w+) resumed>|(?P<call>\w+)\()")

FILE = re.compile(r"\((\d+)<")


@pytest.fixture
def strace(tmp_path: Path) -> tuple[str, ...]:
    """The command that writes down what a server asks of the operating system."""
    found = shutil.which("strace")
    assert found, "this test needs strace; install it (apt-get install strace)"
    return (found, "-f", "-y", "-s", "64", "-e", TRACED, "-o", str(tmp_path / "calls.txt"))


def told(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What matters of a trace, in its order: asked, synced, answered; and on which connection."""
    begun: dict[str, str] = {}
    for line in lines:
        found = LINE.match(line)
        if not found:
            continue
        process = found["process"]
        start = begun.pop(process, "") if found["resumed"] else ""
        if "<unfinished ...>" in line:
            begun[process] = line
        # What is read is known when the call returns, what is written when it is made.
        [connection] = FILE.findall(start + line)[:1] or [""]
        if '"HTTP/1.1 201 ' in line:
            yield "answered", connection
        elif '"POST /api/v1/takedowns ' in line:
            yield "asked", connection
        elif is_sync(found["resumed"] or found["call"], start, line):
            yield "synced", ""


def is_sync(call: str, start: str, end: str) -> bool:
    """Whether a call has put what was written on the disk."""
    return call in ("fsync", "fdatasync") and "-wal>" in start + end and end.endswith("= 0\n")


def unsynced(story: Iterable[tuple[str, str]]) -> int:
    """How many answers went out although nothing was put on the disk since their request."""
    found = 0
    waiting: dict[str, bool] = {}
    for step, connection in story:
        if step == "asked":
            waiting[connection] = False
        elif step == "synced":
            waiting = dict.fromkeys(waiting, True)
        else:
            found += not waiting.pop(connection)
    return found


def unsynced_of(
    folder: Path, strace: Sequence[str], command: Sequence[str], callers: int = 1
) -> int:
    """How many of the answers of a server to some requests were not on the disk."""
    token = made_ready(folder)

    def log(number: int) -> int:
        body = {
            "case_ref": f"C-{number}",
            "category": "csam",
            "platform": "other",
            "urls": [f"https://zz-fixture.example/{number}"],
        }
        return int(server.client.post("/takedowns", json=body).status_code)

    with (
        serving(folder, token, command, under=strace) as server,
        ThreadPoolExecutor(callers) as pool,
    ):
        assert list(pool.map(log, range(POSTS))) == [201] * POSTS
    with Path(strace[-1]).open(errors="replace") as trace:
        story = list(told(trace))
    steps = Counter(step for step, _ in story)
    assert (steps["asked"], steps["answered"]) == (POSTS, POSTS)
    return unsynced(story)


@pytest.mark.slow
@pytest.mark.parametrize("callers", [1, 8])
def test_what_is_answered_is_on_the_disk(
    tmp_path: Path, strace: Sequence[str], callers: int
) -> None:
    assert unsynced_of(tmp_path / "data", strace, AS_SERVED, callers) == 0


@pytest.mark.slow
def test_a_server_that_leaves_syncing_for_later_is_found(
    tmp_path: Path, strace: Sequence[str]
) -> None:
    assert unsynced_of(tmp_path / "data", strace, breaking("unsynced")) > POSTS / 2
