"""The door: what is not one clear request is answered here, and every answer leaves through it.

Strict before anything is read, bounded before anything is counted, and silent
about what was sent.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, NamedTuple

from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.accounts.permissions import Caller
from app.http import admission, bodies, errors, headers, methods
from app.http.problems import Problem, problem
from app.http.rate import Allowance, Limiter, Tries

API = "/api/v1"
Authenticate = Callable[[str], Awaitable[Caller | None]]
# How many bytes more than a stranger somebody may send, by the request and how its body begins;
# None: as many as the address takes.
Trust = Callable[[Scope, bytes], Awaitable[int | None]]


async def strangers_only(_: Scope, __: bytes) -> int | None:
    """Trust nobody with more."""
    return 0


class Known(NamedTuple):
    """Whom the server knows: callers by their token, visitors by what their browser sends."""

    authenticate: Authenticate
    trust: Trust = strangers_only


class Addresses(NamedTuple):
    """What the faces say of their addresses: public, for large bodies, for mails as they are."""

    public: Collection[str] = ()
    large: Collection[str] = ()
    mails: Collection[str] = ()


ANY = Addresses()


class Front:
    """ASGI middleware around the whole application; add it last, so that it is the outermost."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Sequence[BaseRoute],
        known: Known,
        rate_limit: int,
        addresses: Addresses = ANY,
        hosts: Collection[str] = (),
        page_of: errors.PageOf | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._routes = routes
        self._authenticate, self._trust = known
        self._limiter = Limiter(rate_limit) if rate_limit else None
        self._tries = Tries() if rate_limit else None
        self._addresses = addresses
        self._hosts = frozenset(hosts)
        self._page_of = page_of
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on; web sockets are closed (we have none)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = _Answer(scope, send, self._page_of)
            try:
                await self._admit(scope, receive, answer)
            except ClientDisconnect:
                return
            except asyncio.CancelledError:
                # The server stops and waits no longer (app/http/server.py).
                await answer.fail(errors.stopping())
            except Exception as error:  # noqa: BLE001 - the last resort, or the connection dies
                await answer.fail(error)

    async def _admit(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        path: str = scope["path"]
        method: str = scope["method"]
        raw_path = (scope.get("raw_path") or path.encode()).partition(b"?")[0]
        admission.address(raw_path, scope["query_string"])
        fields = admission.fields(scope["headers"])
        admission.host(fields, self._hosts)
        if answer.is_api and path not in self._addresses.public:
            # Where the connection comes from: a header about that could hold anything.
            host = (scope.get("client") or ("",))[0]
            caller = await self._caller(fields.get(b"authorization"), host)
            scope["state"]["caller"] = caller
            self._count(caller, answer)
        if method == "OPTIONS":
            await self._tell_methods(path, answer)
            return
        try:
            receive = await self._vetted_body(scope, receive, fields, is_api=answer.is_api)
        except Problem as refusal:
            # What is wrong with a body is no news where nothing would read it.
            raise methods.misdirected(self._routes, path, method) or refusal from None
        # A copy: the server must still see HEAD, or it would wait for the body we hold back.
        inner = scope if method != "HEAD" else {**scope, "method": "GET"}
        await self._app(inner, receive, answer)

    async def _caller(self, authorization: bytes | None, host: str) -> Caller:
        token = admission.bearer_token(authorization)
        caller = None if token is None else await self._try(token, host)
        if caller is None:
            raise admission.unauthenticated('Bearer realm="takedown", error="invalid_token"')
        return caller

    async def _try(self, token: str, host: str) -> Caller | None:
        if self._tries is None:
            return await self._authenticate(token)
        allowance = self._tries.take(token, host, self._seconds())
        if allowance is not None and not allowance.is_granted:
            self._tries.learn(token, is_right=False)
            raise _too_many(f"{allowance.limit} new tokens a minute from one address", allowance)
        caller = None
        try:
            caller = await self._authenticate(token)
        finally:
            self._tries.learn(token, is_right=caller is not None)
        return caller

    def _count(self, caller: Caller, answer: "_Answer") -> None:
        if self._limiter is None:
            return
        allowance = self._limiter.take(caller.token_id, self._seconds())
        answer.extra = allowance.fields()
        if not allowance.is_granted:
            raise _too_many(f"{allowance.limit} calls a minute with one token", allowance)

    async def _vetted_body(
        self, scope: Scope, receive: Receive, fields: dict[bytes, bytes], *, is_api: bool
    ) -> Receive:
        path, is_post = scope["path"], scope["method"] == "POST"
        is_large = is_post and path in self._addresses.large
        limit = bodies.MAX_LARGE_BODY if is_large else bodies.MAX_BODY

        async def bound(beginning: bytes) -> int:
            more = await self._trust(scope, beginning)
            return limit if more is None else bodies.MAX_STRANGERS_BODY + more

        is_known = "caller" in scope["state"]
        body = await bodies.read(receive, fields, limit, bound=None if is_known else bound)
        if body is None:
            return receive
        if is_api:
            bodies.check(body, fields, is_mail=is_post and path in self._addresses.mails)
        return bodies.replayed(body, receive)

    async def _tell_methods(self, path: str, answer: "_Answer") -> None:
        found = methods.allowed(self._routes, path)
        if not found:
            raise methods.no_such_address()
        allow = (b"allow", ", ".join(found).encode())
        await answer({"type": "http.response.start", "status": 204, "headers": [allow]})
        await answer({"type": "http.response.body"})


def _too_many(limit: str, allowance: Allowance) -> Problem:
    detail = f"At most {limit} are answered; wait and try again."
    return Problem(
        problem(429, "too_many_requests", "Too many requests", detail=detail),
        {"Retry-After": str(allowance.resets_in)},
    )


class _Answer:
    """One answer on its way out; called like the server's `send`."""

    __slots__ = (
        "_has_ended", "_has_started", "_is_head", "_page_of", "_scope", "_send", "extra", "is_api",
    )  # fmt: skip

    def __init__(self, scope: Scope, send: Send, page_of: errors.PageOf | None) -> None:
        path: str = scope["path"]
        self.is_api = path == API or path.startswith(API + "/")
        self.extra: headers.Fields = []
        self._scope = scope
        self._send = send
        self._page_of = page_of
        self._is_head = scope["method"] == "HEAD"
        self._has_started = self._has_ended = False
        state: dict[str, Any] = scope.setdefault("state", {})
        state["is_head"] = self._is_head
        state["request_id"] = admission.request_id(scope["headers"]).decode("ascii")

    async def __call__(self, message: Message) -> None:
        """Send on a part of the answer, completed."""
        if message["type"] == "http.response.start":
            request_id: str = self._scope["state"]["request_id"]
            own = [*message.get("headers", ()), *self.extra]
            final = headers.final(own, request_id.encode(), is_api=self.is_api)
            self._has_started = True
            message = {**message, "headers": final}
        elif message["type"] == "http.response.body":
            self._has_ended = not message.get("more_body", False)
            if self._is_head:
                message = {**message, "body": b""}
        await self._send(message)

    async def fail(self, error: Exception) -> None:
        """Answer with the problem an exception amounts to.

        Where the answer is already half out, leaving it unfinished is the only honest signal.
        """
        found = errors.problem_of(error)
        status: int = found.body["status"]
        if status >= 500 and not isinstance(error, Problem):
            errors.report(error, self._scope)
        if self._has_started:
            return
        body, fields = errors.told(found, self._scope, self._page_of)
        own = [
            (name.lower().encode(), value.encode())
            for name, value in {**found.headers, **fields}.items()
        ]
        own.append((b"content-length", str(len(body)).encode()))
        await self({"type": "http.response.start", "status": status, "headers": own})
        await self({"type": "http.response.body", "body": body})
