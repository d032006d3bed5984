"""Only in the demo: every part that pages are made of, in each of its states, on one page.

For people who change the pages, so its own words are English whatever the visitor's language.
"""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.operations.intake_of_text import LEAVE_OUT, Content, Earlier
from app.platforms.recognition import Unrecognised
from app.platforms.vocabularies import Unreadable
from app.takedowns.intake import NewItem
from app.takedowns.same_content import Occurrence
from app.web.intake.contents import Unplaced
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, visiting

router = APIRouter()
FIELDS = ("text", "area", "select", "radios", "tick")


@router.get("/style")
def show(visit: Annotated[Visit, visiting()]) -> Response:
    """Show the parts."""
    if not visit.context.settings.demo:
        raise HTTPException(404)
    now, address = visit.context.clock(), "https://short.example/aB3dE6gH"
    short = Unrecognised(address, Unreadable.SHORT_LINK)
    site = visit.workspace.recogniser.other(address, now=now)
    return visit.page(
        "demo/style.html",
        complaints=[Complaint(f"wrong-{one}", "missing", "Fill this in.") for one in FIELDS],
        moments=(None, now + timedelta(hours=3), now - timedelta(hours=3)),
        known=[_known(now, stage) for stage in ("closed", "submitted")],
        unknown=Unplaced("unknown", short, site, LEAVE_OUT),
    )


def _known(now: datetime, stage: str) -> Earlier:
    before = now - timedelta(days=9)
    found = Occurrence(1, 1, "TD-222222", "instagram", "gone", stage, before, before, now, "gone")
    item = NewItem("style", "post", content_id="aB3dE6gH")
    return Earlier(Content("instagram", item, key=stage), [found], may_record=True)
