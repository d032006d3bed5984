"""What was answered lies on the disk: the operating system was told to put it there before."""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.broken import breaking
from tests.serving import AS_SERVED, made_ready, serving

POSTS = 20
TRACED = "trace=fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg"
LINE = re.compile(r"(?P<process>\d+) +(?:<\.\.\. (?P<resumed>\w+) resumed>|(?P<call>\w+)\()")


@pytest.fixture
def strace(tmp_path: Path) -> tuple[str, ...]:
    """The command that writes down what a server asks of the operating system."""
    found = shutil.which("strace")
    assert found, "this test needs strace; install it (apt-get install strace)"
    return (found, "-f", "-y", "-s", "64", "-e", TRACED, "-o", str(tmp_path / "calls.txt"))


def told(lines: Iterable[str]) -> Iterator[str]:
    """What matters of a trace, in its order: asked, synced, answered."""
    begun: dict[str, str] = {}
    for line in lines:
        found = LINE.match(line)
        if not found:
            continue
        process = found["process"]
        if "<unfinished ...>" in line:
            begun[process] = line
            if '"HTTP/1.1 201 ' in line:
                yield "answered"
            continue
        start = begun.pop(process, "") if found["resumed"] else ""
        name = found["resumed"] or found["call"]
        if name in ("fsync", "fdatasync"):
            if "-wal>" in start + line and line.rstrip().endswith("= 0"):
                yield "synced"
        elif '"POST /api/v1/takedowns ' in line:
            yield "asked"
        elif '"HTTP/1.1 201 ' in line:
            yield "answered"


def unsynced(story: Iterable[str]) -> int:
    """How many answers went out although nothing was put on the disk since their request."""
    found = 0
    since: list[str] = []
    for step in story:
        if step == "answered":
            found += "synced" not in since
        since = [] if step == "asked" else [*since, step]
    return found


def unsynced_of(folder: Path, strace: Sequence[str], command: Sequence[str]) -> int:
    """How many of the answers of a server to some requests were not on the disk."""
    token = made_ready(folder)
    with serving(folder, token, command, under=strace) as server:
        for number in range(POSTS):
            body = {
                "case_ref": f"C-{number}",
                "category": "csam",
                "platform": "other",
                "urls": [f"https://zz-fixture.example/{number}"],
            }
            assert server.client.post("/takedowns", json=body).status_code == 201
    with Path(strace[-1]).open(errors="replace") as trace:
        story = list(told(trace))
    assert (story.count("asked"), story.count("answered")) == (POSTS, POSTS)
    return unsynced(story)


@pytest.mark.slow
def test_what_is_answered_is_on_the_disk(tmp_path: Path, strace: Sequence[str]) -> None:
    assert unsynced_of(tmp_path / "data", strace, AS_SERVED) == 0


@pytest.mark.slow
def test_a_server_that_leaves_syncing_for_later_is_found(
    tmp_path: Path, strace: Sequence[str]
) -> None:
    assert unsynced_of(tmp_path / "data", strace, breaking("unsynced")) > POSTS / 2
