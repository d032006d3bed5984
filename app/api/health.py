"""Whether the process lives, and whether it can work."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.contract import documented
from app.api.dependencies import Answer
from app.api.shapes import Health
from app.context import Context
from app.kit import clock, key_check, migrate
from app.takedowns import clock_skew

router = APIRouter(tags=["Health"], prefix="/health")


@router.get("/live", **documented("getLive", Health, is_public=True))
def live() -> Response:
    """Tell that the process answers."""
    return Answer(200, {"status": "live"}).response()


@router.get(
    "/ready",
    **documented("getReady", Health, "unavailable", "not_migrated", "wrong_key", is_public=True),
)
def ready(request: Request) -> Response:
    """Tell whether the database is reachable, of this version's schema and of this secret key.

    Under `warnings` what to see to: `clock_behind_record`, it stands before the newest entry.
    """
    parts: Context = request.app.state.context
    with parts.database.read() as unit:
        migrate.refuse_other(migrate.schema_of(unit.connection), migrate.newest())
        key_check.refuse_other(unit.connection, unit.vault, migrate.newest())
        skew = clock_skew.of(unit)
    if skew is None:
        return Answer(200, {"status": "ready"}).response()
    warning = {"code": "clock_behind_record", "detail": clock.behind(*skew)}
    return Answer(200, {"status": "ready", "warnings": [warning]}).response()
