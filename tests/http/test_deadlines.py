"""A connection is waited for only so long, and makes room when others come."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from app.http.connection_limits import Limits
from app.http.deadlines import MAX_HEAD, MAX_PIPELINED
from app.http.listening import Connection
from tests.http.raw_requests import GOOD, JSON, LIST, POST, ask, listening, request, stranger

HALF_A_HEAD = b"GET /api/v1/health/live HTTP/1.1\r\nHost: local"
HALF_A_BODY = request(POST, JSON, "Content-Length: 8") + b'{"a"'
UNREAD_BODY = stranger(POST, JSON, "Content-Length: 8") + b'{"a"'
Opener = Callable[..., socket.socket]


@pytest.fixture
def limits() -> Limits:
    return Limits(connections=3, head_seconds=0.3, body_seconds=0.3)


@pytest.fixture
def line(limits: Limits) -> Iterator[Opener]:
    """Opens a connection that sends this."""
    with listening(Connection.within(limits)) as port, ExitStack() as opened:

        def open_line(*parts: bytes) -> socket.socket:
            found = opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for part in parts:
                found.sendall(part)
            return found

        yield open_line


def is_closed(connection: socket.socket, after: int = 0) -> bool:
    """Whether it ends after so many bytes at most; waits for that, ten seconds for each."""
    try:
        while part := connection.recv(65_536):
            after -= len(part)
            if after < 0:
                return False
    except ConnectionResetError:
        return True
    return True


def is_closed_while_sending(connection: socket.socket, piece: bytes, pause: float = 0) -> bool:
    """Whether it ends while this is sent again and again."""
    try:
        for _ in range(1000):
            connection.sendall(piece)
            time.sleep(pause)
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize(
    "sent", [b"", HALF_A_HEAD, HALF_A_BODY], ids=["nothing", "half a head", "half a body"]
)
def test_who_sends_no_whole_request_in_time_is_let_go(line: Opener, sent: bytes) -> None:
    late = line(sent)

    assert is_closed(late)
    assert ask(line(), GOOD)[0] == 200


@pytest.mark.parametrize("sent", [HALF_A_HEAD, HALF_A_BODY], ids=["a head", "a body"])
def test_sending_a_little_now_and_then_gives_no_more_time(line: Opener, sent: bytes) -> None:
    assert is_closed_while_sending(line(sent), b"h", pause=0.1)


def test_that_a_request_was_answered_before_it_was_whole_gives_no_more_time(line: Opener) -> None:
    late = line()
    assert ask(late, UNREAD_BODY)[0] == 401

    assert is_closed_while_sending(late, b" ", pause=0.1)


def waiting_after(line: Opener, sent: bytes) -> socket.socket:
    """A connection of which the server waits for more, since before the next is opened."""
    connection = line(sent)
    if sent == GOOD:  # of three asked at once, any may be answered first
        assert ask(connection)[0] == 200
    return connection


@pytest.mark.parametrize("limits", [Limits(connections=3)])
@pytest.mark.parametrize("sent", [HALF_A_HEAD, HALF_A_BODY, GOOD], ids=["head", "body", "idle"])
def test_of_too_many_the_one_waiting_longest_makes_room(line: Opener, sent: bytes) -> None:
    first, *_ = [waiting_after(line, sent) for _ in range(3)]

    newcomer = line()
    assert ask(newcomer, GOOD)[0] == 200
    assert is_closed(first)
    assert ask(newcomer, GOOD)[0] == 200


@pytest.mark.parametrize("limits", [Limits(bytes_held=100_000)])
def test_too_much_held_in_all_turns_out_the_one_waiting_longest(line: Opener) -> None:
    head = request(POST, JSON, "Content-Length: 90000")
    first = line(head, b" " * 60_000)
    time.sleep(0.2)
    second = line(head, b" " * 60_000)

    assert is_closed(first)
    assert ask(second, b" " * 29_998 + b"{}")[0] == 200
    for _ in range(3):  # an answer gives back what its request held
        assert ask(second, head, b" " * 89_998 + b"{}")[0] == 200


@pytest.mark.parametrize("limits", [Limits()])
def test_a_head_without_end_is_refused(line: Opener) -> None:
    endless = line(HALF_A_HEAD)
    time.sleep(0.1)

    assert is_closed_while_sending(endless, b"a" * (MAX_HEAD // 4))


@pytest.mark.parametrize("limits", [Limits()])
def test_many_requests_sent_at_once_are_not_kept_in_mind(line: Opener) -> None:
    greedy = line(request(LIST) * (MAX_PIPELINED * 4))
    told = b""
    while part := greedy.recv(65_536):
        told += part

    assert told.count(b"HTTP/1.1 200 OK") <= MAX_PIPELINED + 1
    assert ask(line(), GOOD)[0] == 200


@pytest.mark.parametrize("limits", [Limits()])
def test_two_ways_to_tell_where_a_request_ends_are_refused(line: Opener) -> None:
    twice = ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")

    status, fields, _ = ask(line(), request(POST, JSON, *twice), b"2\r\n{}\r\n0\r\n\r\n")

    assert (status, fields["connection"]) == (400, "close")


@pytest.mark.parametrize("limits", [Limits()])
@pytest.mark.parametrize(("count", "status"), [(98, 200), (99, 431), (20_000, 431)])
def test_a_request_has_at_most_a_hundred_header_fields(
    line: Opener, count: int, status: int
) -> None:
    connection = line()

    assert ask(connection, request(LIST, *["A: b"] * count))[0] == status
    assert ask(connection, GOOD)[0] == 200


@pytest.mark.parametrize("limits", [Limits(answer_seconds=0.3)])
def test_who_takes_nothing_of_an_answer_is_let_go(line: Opener) -> None:
    deaf = line(request("GET /api/v1/endless"))
    time.sleep(1)

    assert is_closed(deaf, after=10**9)
