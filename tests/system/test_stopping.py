"""A server that is told to stop answers whoever it still owes an answer, and ends."""

import json
import signal
import socket
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import long_polls
from tests.broken import breaking
from tests.server_process import AS_SERVED, Server, made_ready, serving

POLLS = 200


def told_to_stop(
    folder: Path, address: str, command: Sequence[str] = AS_SERVED
) -> tuple[list[long_polls.Answer], Server]:
    """What many long polls are answered when their server is told to stop."""
    token = made_ready(folder, database_url=address)
    with (
        serving(folder, token, command, TAKEDOWN_DATABASE_URL=address) as server,
        ExitStack() as stack,
    ):
        # Before a token was right once, only so many may try it at a time.
        assert server.client.get("/events").status_code == 200
        lines = stack.enter_context(long_polls.waiting(server.port, token, POLLS))
        server.process.send_signal(signal.SIGTERM)
        answers = long_polls.answers(lines)
        server.process.wait(long_polls.SECONDS / 2)
    return answers, server


def test_every_long_poll_is_answered_in_the_contracts_form(tmp_path: Path, address: str) -> None:
    answers, server = told_to_stop(tmp_path / "data", address)

    assert answers == [long_polls.NONE_YET] * POLLS
    assert server.process.returncode == -signal.SIGTERM
    assert "Traceback" not in server.output.read_text()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_server_whose_polls_end_with_an_exception_is_found_out(
    tmp_path: Path, address: str
) -> None:
    answers, _ = told_to_stop(tmp_path / "data", address, breaking("abrupt"))

    assert {(answer.status, answer.body["code"]) for answer in answers} == {(500, "internal_error")}


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_call_that_does_not_end_in_time_is_to_be_repeated(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    half = (
        f"POST /api/v1/takedowns HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        'Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"case_ref":'
    )
    with (
        serving(folder, token) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=60) as line,
    ):
        line.sendall(half.encode())
        server.client.get("/health/live")
        server.process.send_signal(signal.SIGTERM)
        [answer] = long_polls.answers([line])
        server.process.wait(30)

    assert (answer.status, answer.media_type) == (503, "application/problem+json")
    assert answer.body["code"] == "unavailable"
    assert json.dumps(answer.body).count("Idempotency-Key") == 1
    assert "Traceback" not in server.output.read_text()
