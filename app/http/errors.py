"""How what went wrong is told: every exception as one problem (RFC 9457), quoting nothing."""

import errno
import json
import logging
import re
import traceback
from collections.abc import Callable, Mapping
from functools import singledispatch
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.http import methods
from app.http.headers import PAGE_POLICY
from app.http.problems import CONTENT_TYPE, Body, Problem, problem
from app.kit.errors import (
    Conflict,
    DatabaseFault,
    Fault,
    NoSuchThing,
    NotAllowedNow,
    OtherSchema,
    Refused,
    Stale,
    WrongKey,
)
from app.kit.group_commit import NotCommitted
from app.schemas import faults

RETRY_SECONDS = 5
AS_PROBLEM = {"content-type": CONTENT_TYPE}
AS_PAGE = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": PAGE_POLICY,
}
# No page was reached that could have told who asked.
NOWHERE = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
# Writes the page of a problem; None where a machine asked.
PageOf = Callable[[Problem, Scope], bytes | None]
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Neither dot nor colon: what was reported may stand in an address by mistake, as /cases/host/path.
_PLAIN_START = re.compile(rb"[A-Za-z0-9/_-]{1,200}")
_log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Make the application tell its errors as problems, and never redirect to a guessed address."""
    # FastAPI would build the redirect's address from the caller's Host.
    app.router.redirect_slashes = False
    for kind in (
        Problem, HTTPException, RequestValidationError,
        NotAllowedNow, Conflict, Stale, NoSuchThing, Refused, Exception,
    ):  # fmt: skip
        app.add_exception_handler(kind, _answered)


async def _answered(request: Request, error: Exception) -> Response:
    found = problem_of(error)
    if found.body["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = methods.allowed(request.app.routes, request.scope["path"])
        found = methods.no_such_method(allowed)
    recognise = getattr(request.app.state, "recognise", None)
    if recognise is not None and found.body["status"] in NOWHERE:
        await recognise(request)
    page_of: PageOf | None = getattr(request.app.state, "page_of", None)
    body, fields = told(found, request.scope, page_of)
    return Response(body, found.body["status"], {**found.headers, **fields})


def told(found: Problem, scope: Scope, page_of: PageOf | None) -> tuple[bytes, Mapping[str, str]]:
    """Write a problem for whoever asked, with its header fields: people get a page."""
    page = page_of(found, scope) if page_of is not None else None
    return (written(found, scope), AS_PROBLEM) if page is None else (page, AS_PAGE)


def written(found: Problem, scope: Scope) -> bytes:
    """Write a problem, with the path it arose at (never the query) and the request's id."""
    body = _complete(found, _instance(scope), scope)
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def body_of(error: Exception, instance: str, scope: Scope) -> Body:
    """Return the problem an exception amounts to, to stand within an answer; it arose elsewhere."""
    return _complete(problem_of(error), instance, scope)


@singledispatch
def problem_of(_: Exception) -> Problem:
    """Translate an exception; what is not foreseen says nothing of itself."""
    return _internal()


@problem_of.register
def _(error: Problem) -> Problem:
    return error


@problem_of.register
def _(error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return methods.no_such_address()
    phrase = HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_").replace("-", "_")
    return Problem(
        problem(error.status_code, code, phrase.capitalize(), detail=str(error.detail)),
        error.headers,
    )


@problem_of.register
def _(error: RequestValidationError) -> Problem:
    return _refused("invalid_request", faults.of(error.errors(), error.body))


@problem_of.register
def _(error: Refused) -> Problem:
    return _refused(error.code, error.faults, error.detail)


@problem_of.register
def _(error: NotAllowedNow) -> Problem:
    return Problem(
        problem(409, "not_allowed_now", "Not allowed now", detail=error.detail, reason=error.reason)
    )


@problem_of.register
def _(error: Conflict) -> Problem:
    more: Body = {"references": error.references} if error.references else {}
    return Problem(problem(409, error.code, "Conflict", detail=error.detail, **more))


@problem_of.register
def _(_: Stale) -> Problem:
    detail = "It was changed meanwhile; read it again, decide again, and send its new ETag."
    return Problem(problem(412, "stale", "Changed meanwhile", detail=detail))


@problem_of.register
def _(_: NoSuchThing) -> Problem:
    return Problem(problem(404, "not_found", "Not found", detail="Nothing goes by that name."))


@problem_of.register(DatabaseFault)
@problem_of.register(PoolExhausted)
@problem_of.register(NotCommitted)
def _(_: Exception) -> Problem:
    return _unavailable()


@problem_of.register
def _(_: WrongKey) -> Problem:
    detail = "The database is not the one of this server's secret key; nothing is written to it."
    return Problem(problem(503, "wrong_key", "Wrong key", detail=detail))


@problem_of.register
def _(error: OtherSchema) -> Problem:
    return Problem(problem(503, "not_migrated", "Not ready", detail=str(error)))


@problem_of.register
def _(error: OSError) -> Problem:
    return _unavailable() if error.errno in _FULL else _internal()


def report(error: BaseException, scope: Scope) -> None:
    """Log a failure by type and place; its message may hold what nobody should read."""
    request_id = scope.get("state", {}).get("request_id", "")
    causes = [error] if error.__cause__ is None else [error, error.__cause__]
    for cause in causes:
        if isinstance(cause, DatabaseFault | OtherSchema | WrongKey):
            # Written by us, with the mend.
            _log.error("%s, request %s", cause, request_id)
            return
    kinds = " from ".join(type(cause).__qualname__ for cause in causes)
    _log.error("%s at %s, request %s", kinds, _place(error), request_id)


def _place(error: BaseException) -> str:
    steps = [
        f"{frame.f_globals.get('__name__', '?')}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [step for step in steps if step.startswith("app.")]
    return " in ".join(dict.fromkeys([*steps[-1:], *ours[-1:]]))


def _refused(code: str, found: list[Fault] | tuple[Fault, ...], detail: str = "") -> Problem:
    told = detail or "Some of what was sent breaks a rule; `errors` names each place."
    return Problem(problem(422, code, "Not accepted", detail=told, errors=found))


def _internal() -> Problem:
    detail = "Something failed here; the request id finds it in the server's log."
    return Problem(problem(500, "internal_error", "Internal error", detail=detail))


def stopping() -> Problem:
    """Build the 503 of a call that did not end before the server did."""
    return _unavailable("The server stops")


def _unavailable(why: str = "The database cannot take this now") -> Problem:
    detail = f"{why}; repeat the call with the same Idempotency-Key."
    return Problem(
        problem(503, "unavailable", "Unavailable", detail=detail),
        {"Retry-After": str(RETRY_SECONDS)},
    )


def _complete(found: Problem, instance: str, scope: Scope) -> Body:
    request_id = scope.get("state", {}).get("request_id", "")
    return found.body | {"instance": instance, "request_id": request_id}


def _instance(scope: Scope) -> str:
    """Return the path as far as it is plain: what comes after that may be anything."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    found = _PLAIN_START.match(raw)
    return found[0].decode() if found else ""
