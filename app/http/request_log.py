"""One line of the log for each request: which, what for, how it ended, how long, and who by.

Addresses are told by their route, `/api/v1/takedowns/{reference}`, and callers by their number.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount, compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.front import API

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_log = logging.getLogger(__name__)


class RequestLog:
    """ASGI middleware around the front, so that what is refused there is told too."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Sequence[BaseRoute],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._routes = Routes(routes)
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write down how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._seconds()
        status: int | None = None
        is_complete = False

        async def noted(message: Message) -> None:
            nonlocal status, is_complete
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)
            is_complete = message["type"] == "http.response.body" and not message.get("more_body")

        try:
            await self._app(scope, receive, noted)
        finally:
            ms = round((self._seconds() - began) * 1000, 1)
            is_broken = status is not None and not is_complete
            write(scope, self._routes.template(scope), status, ms=ms, is_broken=is_broken)


def write(
    scope: Scope,
    route: str | None,
    status: int | None,
    *,
    ms: float | None,
    is_broken: bool = False,
) -> None:
    """Write the line of a request; no status where the caller had gone before there was one.

    Broken: the answer had begun, and did not come to its end.
    """
    state: Mapping[str, Any] = scope.get("state", {})
    method = scope.get("method")
    fields = {
        "request_id": state.get("request_id"),
        "method": method if method in _METHODS else None,
        "route": route,
        "status": status,
        "ms": ms,
        "by": _by(state),
        **({"complete": False} if is_broken else {}),
    }
    level = logging.ERROR if status is not None and status >= 500 else logging.INFO
    _log.log(level, "request", extra={"fields": fields})


def _by(state: Mapping[str, Any]) -> str | None:
    if "caller" in state:
        return f"token:{state['caller'].token_id}"
    return f"user:{state['user_id']}" if "user_id" in state else None


class Routes:
    """The routes of an application, each by the template of its address."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes
        self._known: list[tuple[re.Pattern[str], str]] | None = None

    def template(self, scope: Scope) -> str | None:
        """Return the template of an address; None when nothing has this address."""
        route = scope.get("route")
        if route is None:  # refused before it got there, or no call of ours
            return self._found(scope["path"])
        path: str = route.path_format
        is_api = scope["path"].startswith(API + "/")
        return API + path if is_api and not path.startswith(API) else path

    def _found(self, path: str) -> str | None:
        if self._known is None:
            self._known = list(_known(self._routes))
        return next((template for pattern, template in self._known if pattern.match(path)), None)


def _known(routes: Sequence[BaseRoute]) -> Sequence[tuple[re.Pattern[str], str]]:
    mounts = [route.path for route in routes if isinstance(route, Mount)]
    paths = [
        *(
            context.path
            for context in iter_route_contexts(routes)
            if context.path and context.path not in mounts
        ),
        *(path + "/{file:path}" for path in mounts),
    ]
    compiled = (compile_path(path) for path in paths)
    return [(pattern, template) for pattern, template, _ in compiled]
