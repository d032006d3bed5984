"""How long a connection is waited for: to send a whole request, and to take its answer.

uvicorn itself only ends a connection that stays silent between two requests.
"""

import asyncio
from typing import Self

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.http import admission
from app.http.connection_limits import Limits, Room

MAX_HEAD = 2 * admission.MAX_HEADERS
MAX_PIPELINED = 32


class TimedConnection(HttpToolsProtocol):
    """A connection that holds nothing for long: neither its place, nor memory, nor an answer."""

    room = Room(Limits())
    _deadline: asyncio.TimerHandle | None = None
    _answer_deadline: asyncio.TimerHandle | None = None
    _is_in_head = _is_in_request = False
    _head_size = 0

    @classmethod
    def within(cls, limits: Limits) -> type[Self]:
        """Return the same with room of its own."""
        return type(cls.__name__, (cls,), {"room": Room(limits)})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._expect(self.room.limits.head_seconds)
        self.room.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self.room.leave(self)
        self._cancel_deadlines()
        super().connection_lost(exc)

    def turn_out(self) -> None:
        """Close at once, whatever was still to be said."""
        self._cancel_deadlines()
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, within the bounds of a head and of what all connections hold."""
        self.room.hold(self, len(data))
        if self.transport.is_closing():
            return
        was_in_head = self._is_in_head
        super().data_received(data)
        if self._is_in_head:
            self._head_size += len(data) if was_in_head else 0
            if self._head_size > MAX_HEAD:
                self.send_400_response(f"A request begins with at most {MAX_HEAD} bytes of head.")
        elif self.cycle is not None and self.cycle.response_complete:
            self.room.release(self)  # nobody reads what comes after the answer

    def on_message_begin(self) -> None:
        """Wait for the rest of a request."""
        super().on_message_begin()
        self._is_in_head = self._is_in_request = True
        self._head_size = 0
        if self._deadline is None:
            self._expect(self.room.limits.head_seconds)
        self.room.wait(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header field, and one too many, so that they are refused; no more."""
        if len(self.headers) <= admission.MAX_FIELDS:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Wait for the body."""
        self._is_in_head = False
        self._expect(self.room.limits.body_seconds)
        if len(self.pipeline) >= MAX_PIPELINED:
            raise ValueError("too many requests sent at once")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Let the request be answered; where it was before it was complete, wait for the next."""
        super().on_message_complete()
        self._is_in_request = False
        if self.cycle.response_complete:
            self._rest()
        else:
            self._expect(None)
            self.room.serve(self)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if self.cycle.response_complete:
            self.cycle.body.clear()  # what nobody read of it
            if not self._is_in_request:
                self._rest()

    def pause_writing(self) -> None:
        """Wait for an answer to be taken."""
        super().pause_writing()
        seconds = self.room.limits.answer_seconds
        self._answer_deadline = self.loop.call_later(seconds, self.turn_out)

    def resume_writing(self) -> None:
        """Go on with an answer."""
        super().resume_writing()
        if self._answer_deadline is not None:
            self._answer_deadline.cancel()
            self._answer_deadline = None

    def _rest(self) -> None:
        self.room.release(self)
        self.room.wait(self)
        self._expect(self.room.limits.head_seconds)

    def _expect(self, seconds: float | None) -> None:
        """Close the connection unless something happens within so many seconds."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if seconds is not None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(seconds, self.turn_out)

    def _cancel_deadlines(self) -> None:
        self._expect(None)
        if self._answer_deadline is not None:
            self._answer_deadline.cancel()
            self._answer_deadline = None
