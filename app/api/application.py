"""The application without its parts: every call, how errors are told, and the contract."""

from collections.abc import Sequence
from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from app.api import (
    bulk_events,
    contract,
    docs,
    events,
    health,
    intakes,
    logging_in,
    metrics,
    notices,
    platforms,
    reading,
    reports,
    searching,
)
from app.http import errors
from app.http.front import API
from app.kit.version import VERSION

ABOUT = """\
Needs a token (`takedown token add`), sent as `Authorization: Bearer tdk_…`. What is refused is told
as `application/problem+json` (RFC 9457): `code` is stable, `errors` names each place and rule. How
to build a case system on it: docs/integrating.md.

Versions: while it is 0.x a minor release may break what callers rely on; the changelog names each
break under "Breaking" as old → new. Additions are free at any time: ignore fields you do not know.
From 1.0 a break is announced twelve months ahead, with the header fields `Deprecation` and
`Sunset`.
"""
# What needs no token.
PUBLIC = (f"{API}/health/live", f"{API}/health/ready")
# Where a whole mailbox may be sent, and where a mail as it is.
LARGE_BODIES = (f"{API}/recognise", f"{API}/intakes", f"{API}/replies")
MAILS = (f"{API}/replies",)
CALLS = (
    reading, searching, intakes, logging_in, notices, events, bulk_events, platforms, metrics,
    reports, health,
)  # fmt: skip


def build() -> FastAPI:
    """Build it; whoever serves it sets `state.context` and puts the front before it."""
    app = _calls_alone()
    errors.install(app)
    docs.install(app, _contract)
    return app


def _calls_alone() -> FastAPI:
    app = FastAPI(
        title="Takedown Tracker",
        version=VERSION,
        summary="Takedown requests of a child-safety hotline: notices, timelines, response times",
        description=ABOUT,
        contact={"name": "Whoever runs this server"},
        servers=[{"url": "/", "description": "The server that this contract came from"}],
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        openapi_tags=contract.TAGS,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
    )
    app.router.routes.extend(_routes())
    return app


@cache
def _contract() -> docs.Contract:
    """The contract of the calls, drawn up once a process as they are."""
    return docs.drawn_up(_calls_alone())


@cache
def _routes() -> Sequence[BaseRoute]:
    """Every call; FastAPI reads its shapes once a process, however often the whole is built."""
    router = APIRouter()
    for calls in CALLS:
        router.include_router(calls.router, prefix=API)
    return router.routes
