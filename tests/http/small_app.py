"""A small application behind the real front: every kind of route, and every kind of trouble."""

import asyncio
import errno
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.types import Scope

from app.accounts.permissions import SCOPES, Caller
from app.api import application
from app.http import errors
from app.http.front import Addresses, Front, Known
from app.http.problems import Problem, problem
from app.kit.errors import (
    Conflict,
    DatabaseFault,
    Fault,
    NoSuchThing,
    NotAllowedNow,
    OtherSchema,
    Refused,
    Stale,
)
from app.kit.group_commit import NotCommitted
from app.kit.vault import CannotOpen
from app.web import application as pages

TOKEN = "tdk_example-token_0123456789"
OTHER_TOKEN = "tdk_another-token_0123456789"
FRIEND = "known=yes"
SECRET_TEXT = "https://example.org/somebody"
CALLERS = {
    TOKEN: Caller(1, "importer", frozenset(SCOPES)),
    OTHER_TOKEN: Caller(2, "reader", frozenset(("takedowns:read",))),
}

# Those of the API, and one page.
LARGE_BODIES = (*application.LARGE_BODIES, *pages.LARGE_BODIES)
PUBLIC = ("/api/v1/health/live",)
PAGE_POLICY = "default-src 'self'"
STATEMENT = "INSERT INTO takedowns VALUES (?)"

TROUBLES: dict[str, Exception] = {
    "problem": Problem(
        problem(428, "no_version", "No version", detail="Send If-Match."), {"X-A": "b"}
    ),
    "not_allowed_now": NotAllowedNow("not_submitted", "Record the submission first."),
    "conflict": Conflict("already_reported", "It is reported.", ["TD-222222", "TD-333333"]),
    "conflict_alone": Conflict("token_name_taken", "Choose another name."),
    "stale": Stale("v3 is not v4"),
    "no_such_thing": NoSuchThing(SECRET_TEXT),
    "refused": Refused("unknown_scope", "No such scope.", [Fault("/scopes", "unknown", "Look.")]),
    "cannot_open": CannotOpen(SECRET_TEXT),
    "unforeseen": RuntimeError(SECRET_TEXT),
    "database_fault": DatabaseFault("/data/takedown.sqlite3: is locked; end the other process"),
    "other_schema": OtherSchema("the database needs takedown migrate"),
    "twice": IntegrityError(STATEMENT, [SECRET_TEXT], sqlite3.IntegrityError(SECRET_TEXT)),
    "busy": PoolExhausted("QueuePool limit"),
    "not_kept": NotCommitted("What was written was not kept."),
    "disk_full": OSError(errno.ENOSPC, "No space left on device", SECRET_TEXT),
    "no_file": OSError(errno.ENOENT, "No such file", SECRET_TEXT),
}


def _known_word(value: str) -> str:
    if value != "known":
        raise ValueError("use a known word")
    return value


def _number(value: str) -> str:
    return str(int(value))


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    account: str


class Note(BaseModel):
    kind: Literal["noted"]
    text: str


class Look(BaseModel):
    kind: Literal["seen"]
    where: Place


class NewTakedown(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: str = Field(min_length=1, max_length=200)
    priority: int = Field(0, ge=0, le=9)
    legal_basis: Literal["article_22", "voluntary"] | None = None
    urls: list[str] = Field(default=["https://example.org/1"], min_length=1)
    places: list[Place] = []
    word: Annotated[str, AfterValidator(_known_word)] = "known"
    digits: Annotated[str, AfterValidator(_number)] = "1"
    event: Annotated[Note | Look, Field(discriminator="kind")] | None = None


class Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int = Field(50, ge=1, le=100)
    since: datetime | None = None


def live() -> dict[str, str]:
    return {"status": "ok"}


def create(body: NewTakedown, request: Request) -> dict[str, str]:
    return {"by": request.state.caller.name}


def index(filters: Annotated[Filters, Query()]) -> dict[str, int]:
    return {"limit": filters.limit}


def change(reference: str) -> dict[str, str]:
    return {"reference": reference}


def case(case_ref: str) -> dict[str, str]:
    return {"case_ref": case_ref}


def report() -> Response:
    return PlainTextResponse("a,b", headers={"Cache-Control": "public"}, media_type="text/csv")


def trouble(name: str) -> None:
    raise TROUBLES[name]


async def odd_header() -> Response:
    return Response(headers={"X-Odd": "a\r\nSet-Cookie: b"})


def half() -> Response:
    def parts() -> Iterator[str]:
        yield "a"
        raise RuntimeError(SECRET_TEXT)

    return StreamingResponse(parts(), media_type="text/plain")


async def endless() -> Response:
    async def parts() -> AsyncIterator[bytes]:
        while True:
            yield b"a" * 65_536
            await asyncio.sleep(0)

    return StreamingResponse(parts(), media_type="text/plain")


async def length(request: Request) -> dict[str, int]:
    return {"length": len(await request.body())}


def docs() -> Response:
    own = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "max-age=60"}
    return HTMLResponse("<p>", headers=own)


def make(**front: Any) -> FastAPI:
    """Make the application; `front` changes what the front is given."""
    app = FastAPI(openapi_url=None)
    errors.install(app)
    router = APIRouter()
    router.get("/health/live")(live)
    router.get("/takedowns")(index)
    router.patch("/takedowns/{reference}")(change)
    router.get("/cases/{case_ref:path}")(case)
    router.get("/report")(report)
    router.get("/trouble/{name}")(trouble)
    router.get("/odd-header")(odd_header)
    router.get("/half", response_model=None)(half)
    router.get("/endless", response_model=None)(endless)
    for path in ("recognise", "intakes", "replies", "search"):
        router.post(f"/{path}")(length)
    app.include_router(router, prefix="/api/v1")
    app.post("/api/v1/takedowns", status_code=201)(create)
    app.post("/form")(length)
    app.get("/docs")(docs)

    async def authenticate(token: str) -> Caller | None:
        return CALLERS.get(token)

    async def trust(scope: Scope, beginning: bytes) -> int | None:
        known = dict(scope["headers"]).get(b"cookie") == FRIEND.encode()
        return None if known else beginning.count(b"&") * 1000

    public = front.pop("public_paths", PUBLIC)
    given = {
        "rate_limit": 0,
        "addresses": Addresses(public, LARGE_BODIES, application.MAILS),
        "known": Known(authenticate, trust),
    } | front
    app.add_middleware(Front, routes=app.routes, **given)
    return app
