"""The server: the sockets it listens on, its deadlines, and how it stops.

When it is told to stop, long polls are answered with what there is, and calls at work have a
second to end; what has not ended by then is answered 503, to be repeated.
"""

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from app.http import connection_limits, listening
from app.kit.errors import Misconfigured

STOP_SECONDS = 1
"""How long calls at work may go on once the server is told to stop."""
KEEP_ALIVE_SECONDS = 5
"""How long a connection may be idle; a proxy before us must give it up sooner (docs/running.md)."""
LAST_WORDS_SECONDS = 0.2
BACKLOG = 2048
_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class Server(uvicorn.Server):
    """A uvicorn that lets long polls answer, and imports rest, before it waits for calls to end."""

    def __init__(self, config: uvicorn.Config, end: Callable[[], None]) -> None:
        super().__init__(config)
        self._end = end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, and see every call answered."""
        self._end()
        await super().shutdown(sockets)
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=LAST_WORDS_SECONDS)


def connections() -> type[asyncio.Protocol]:
    """Return the connections of this process, with the room it has for them."""
    return listening.Connection.within(connection_limits.of_this_process())


def run(app: FastAPI, sockets: Sequence[socket.socket], **options: Any) -> None:
    """Serve on sockets until a signal ends it."""
    config = uvicorn.Config(
        app,
        http=connections(),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        date_header=True,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        **options,
    )

    def end() -> None:
        app.state.feed_watcher.end()
        app.state.importer.end()

    Server(config, end).run(list(sockets))


@contextmanager
def bound(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Take a port on every address that a host name has here; port 0 stands for any free one.

    Raises Misconfigured, in one line, where it is taken or not ours.
    """
    with ExitStack() as stack:
        sockets = list[socket.socket]()
        with _plainly(host, port):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            for family, _, _, _, address in found:
                try:
                    one = _bound(family, (address[0], port, *address[2:]))
                except OSError as error:
                    # A name may have an IPv6 address where the machine has none.
                    if error.errno not in _NOT_HERE or (not sockets and address is found[-1][4]):
                        raise
                else:
                    sockets.append(stack.enter_context(one))
                    port = one.getsockname()[1]
        yield sockets


def listen(sockets: Sequence[socket.socket]) -> None:
    """Let callers in; raises Misconfigured where another was faster."""
    for one in sockets:
        with _plainly(*one.getsockname()[:2]):
            one.listen(BACKLOG)


def _bound(family: int, address: tuple[str | int, ...]) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        # What is left of connections to the server that ran before is no reason to wait.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
    except BaseException:
        made.close()
        raise
    return made


@contextmanager
def _plainly(host: str, port: int) -> Iterator[None]:
    """Say in one line why nobody can be let in there, and the mend."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        match getattr(error, "errno", None):
            case errno.EADDRINUSE:
                why = "another program listens there; end it, or name another port with --port"
            case errno.EACCES:
                why = "this user may not listen there; name a port from 1024 on with --port"
            case _:
                why = "is no address of this machine; name one with --host"
        raise Misconfigured(f"{host} port {port}: {why}") from error
