"""What the README tells to type works, word by word but for the port and the folder."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.kit.settings import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [block.strip() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)]


def test_this_file_knows_every_command_block() -> None:
    assert [block.splitlines()[0].split(" ", 2)[:2] for block in BLOCKS] == [
        ["./run", "demo"],
        ["alias", "api='curl"],
        ["api", "127.0.0.1:8000/api/v1/takedowns/$REFERENCE/notice"],
        ["api", "127.0.0.1:8000/api/v1/metrics/response-times"],
        ["./run", "install"],
        ["./run", "test"],
    ]


def test_a_newcomer_gets_from_the_demo_to_a_notice_and_a_table(tmp_path: Path) -> None:
    demo, paste, send, table, _, _ = BLOCKS
    with served(demo, {"TMPDIR": str(tmp_path)}) as (port, said):
        token = re.findall(r"export TOKEN=(\S+)", said)[0]
        alias = paste.splitlines()[0]

        logged = json.loads(typed(paste, port, TOKEN=token))
        reference = logged["takedowns"][0]["reference"]
        sent = typed(f"{alias}\n{send}", port, TOKEN=token, REFERENCE=reference)
        times = typed(f"{alias}\n{table}", port, TOKEN=token)
        during = kept_of_the_demo(tmp_path)

    assert (len(during), kept_of_the_demo(tmp_path)) == (1, [])
    assert [takedown["platform"] for takedown in logged["takedowns"]] == ["instagram", "x"]
    notice, submitted, decided = (json.loads(part) for part in objects(sent))
    assert notice["ready"] is True
    assert "https://www.instagram.com/p/C7aB2cD3eF4/" in notice["body"]
    assert submitted["stage"] == "submitted"
    assert decided["kind"] == "decided"
    assert times.splitlines()[0].startswith("key,label,takedowns")
    assert len(times.splitlines()) == 10  # the heading, eight platforms and other websites


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_of_the_demo_is_kept_however_it_ends(sign: signal.Signals, tmp_path: Path) -> None:
    with served(BLOCKS[0], {"TMPDIR": str(tmp_path)}, sign):
        during = kept_of_the_demo(tmp_path)

    assert (len(during), kept_of_the_demo(tmp_path)) == (1, [])


def kept_of_the_demo(folder: Path) -> list[Path]:
    return list(folder.glob("takedown-demo-*"))


def test_the_way_to_real_use_works(tmp_path: Path) -> None:
    install, names, token, serve = BLOCKS[4].splitlines()
    environment = {"TAKEDOWN_DATA_DIR": str(tmp_path / "data")}

    made = typed(f"{install}\n{names}\n{token}", 0, **environment)

    with served(f"{names}\n{serve}", environment) as (port, _):
        answer = typed(
            'curl -sS -H "Authorization: Bearer $TOKEN" 127.0.0.1:8000/api/v1/takedowns',
            port,
            TOKEN=made.split()[-1],
        )
    assert json.loads(answer) == {"data": [], "next_cursor": None}


def typed(commands: str, port: int, **environment: str) -> str:
    """Type commands into a shell and return what they print."""
    done = subprocess.run(
        ["bash", "-eu", "-O", "expand_aliases", "-c", at_port(commands, port)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def served(
    command: str, environment: dict[str, str], sign: signal.Signals = signal.SIGTERM
) -> Iterator[tuple[int, str]]:
    """Run a command that serves, until it is ready; gives its port and what it said."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        ["bash", "-eu", "-c", f"{command} --port {port}"],
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    said = ""
    try:
        for line in process.stderr:
            said += line
            if "http://" in line:
                break
        wait_for(port)
        yield port, said
    finally:
        os.killpg(process.pid, sign)
        process.communicate(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not come up")


def at_port(commands: str, port: int) -> str:
    return commands.replace("127.0.0.1:8000", f"127.0.0.1:{port}")


def objects(text: str) -> list[str]:
    """Part JSON objects that were printed one after the other."""
    decoder, parts = json.JSONDecoder(), []
    while text:
        _, end = decoder.raw_decode(text)
        parts.append(text[:end])
        text = text[end:].lstrip()
    return parts
