"""Only in the demo: every part that pages are made of, in each of its states, on one page.

For people who change the pages, so its own words are English whatever the visitor's language.
"""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.web.refusals import Complaint
from app.web.visits import Visit, visiting

router = APIRouter()
FIELDS = ("text", "area", "select", "radios", "tick")


@router.get("/style")
def show(visit: Annotated[Visit, visiting()]) -> Response:
    """Show the parts."""
    if not visit.context.settings.demo:
        raise HTTPException(404)
    now = visit.context.clock()
    return visit.page(
        "style.html",
        complaints=[Complaint(f"wrong-{one}", "missing", "Fill this in.") for one in FIELDS],
        moments=(None, now + timedelta(hours=3), now - timedelta(hours=3)),
    )
