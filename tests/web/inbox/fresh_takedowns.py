"""Fresh takedowns on a served site, reported by the caseworker who signs in there."""

from datetime import timedelta
from itertools import count

from app.notices import drafts, new_items, submission
from app.notices.submission import Sending
from app.takedowns import queries, timeline
from app.takedowns.timeline import Actor, NewEvent
from tests.web.conftest import Site

BY = Actor("Analyst-01", "person")
_numbers = count(1)


def fresh_takedowns(
    site: Site, many: int, *, hours_ago: float | None = None, outcome: str | None = None
) -> list[str]:
    """Log takedowns; submitted so many hours ago, unless they stay drafts, and decided since."""
    return [_one(site, next(_numbers), hours_ago, outcome) for _ in range(many)]


def _one(site: Site, number: int, hours_ago: float | None, outcome: str | None) -> str:
    workspace = site.parts.workspace
    with site.parts.database.write() as unit:
        url = f"https://instagram.demo.invalid/p/Cfresh{number:05d}"
        platform, items = new_items.items_at(workspace, [url], None, now=unit.clock())
        given = {"case_ref": f"FRESH-{number}", "category": "csam", "explanation": "Assessed."}
        reference: str = drafts.log(
            unit, workspace, given, platform=platform, items=items, by=BY
        ).reference
        if hours_ago is not None:
            at = unit.clock() - timedelta(hours=hours_ago)
            row = queries.by_reference(unit, reference)
            sending = Sending(no_ticket=True, happened_at=at)
            submission.submit(unit, workspace, row, sending=sending, by=BY)
        if outcome is not None:
            row = queries.by_reference(unit, reference)
            timeline.record(unit, row, NewEvent("decided", {"outcome": outcome}), by=BY)
    return reference
