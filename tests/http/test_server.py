"""Where the server listens: said before the greeting, in one line, where it cannot."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.http import server
from app.kit.errors import Misconfigured
from tests.command_line import CommandResult, takedown


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def started(folder: Path, *words: str) -> CommandResult:
    house = {"TAKEDOWN_PUBLIC_URL": "https://takedown.hotline.example"}
    return takedown("serve", *words, "--data-dir", str(folder), **house)


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path, taken: int) -> None:
    done = started(tmp_path / "data", "--port", str(taken))

    why = "another program listens there; end it, or name another port with --port"
    assert done == CommandResult(1, "", f"takedown: 127.0.0.1 port {taken}: {why}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a..b"])
def test_a_host_that_is_not_of_this_machine_is_said(tmp_path: Path, host: str) -> None:
    done = started(tmp_path / "data", "--host", host, "--port", "8123")

    why = "is no address of this machine; name one with --host"
    assert done == CommandResult(1, "", f"takedown: {host} port 8123: {why}\n")


def test_a_demo_says_so_before_it_prepares_a_year(taken: int) -> None:
    done = takedown("demo", "--port", str(taken))

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"port {taken}: another program listens there" in done.stderr


def test_a_port_taken_meanwhile_is_said_too() -> None:
    with (
        server.bound("127.0.0.1", 0) as ours,
        server.bound("127.0.0.1", ours[0].getsockname()[1]) as theirs,
    ):
        server.listen(theirs)
        with pytest.raises(Misconfigured, match="another program listens there"):
            server.listen(ours)


def test_a_name_with_several_addresses_takes_one_port_on_each() -> None:
    with server.bound("localhost", 0) as sockets:
        assert len({one.getsockname()[1] for one in sockets}) == 1
