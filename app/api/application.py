"""The application without its parts: every call, how errors are told, and the contract."""

from fastapi import FastAPI

from app.api import (
    contract,
    docs,
    errors,
    events,
    health,
    intakes,
    logging_in,
    metrics,
    notices,
    platforms,
    reading,
    searching,
)
from app.api.front import API
from app.kit.version import VERSION

CALLS = (
    reading, searching, intakes, logging_in, notices, events, platforms, metrics, health,
)  # fmt: skip


def build() -> FastAPI:
    """Build it; whoever serves it sets `state.context` and puts the front before it."""
    app = FastAPI(
        title="Takedown Tracker",
        version=VERSION,
        summary="Takedown requests of a child-safety hotline: notices, timelines, response times",
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        openapi_tags=contract.TAGS,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
    )
    errors.install(app)
    for calls in CALLS:
        app.include_router(calls.router, prefix=API)
    docs.install(app)
    return app
