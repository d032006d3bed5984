"""The inbox: what needs somebody now, one row one verb."""

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from app.takedowns import cache
from app.takedowns.models import takedowns
from app.web.visits import Visit, seeing

router = APIRouter()


@router.get("/")
def start(visit: Annotated[Visit, seeing("takedowns:read")]) -> Response:
    """Begin where the work is."""
    return visit.to("/inbox")


@router.get("/inbox")
def inbox(visit: Annotated[Visit, seeing("takedowns:read")]) -> Response:
    """Show what needs action now."""
    cache.catch_up(visit.context.database)
    with visit.read() as unit:
        rows = unit.connection.execute(
            select(takedowns).where(takedowns.c.whose_turn == "us").limit(50)
        ).all()
    return visit.page("inbox.html", rows=rows)
