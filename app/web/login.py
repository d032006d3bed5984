"""Sign in and out."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.web import visits
from app.web.visits import Visit, visiting

router = APIRouter()


@router.get("/login")
def show(visit: Annotated[Visit, visiting()]) -> Response:
    """Ask who it is."""
    wanted = visits.local(visit.request.query_params.get("next"), "")
    return visit.page("login.html", wanted=wanted)
