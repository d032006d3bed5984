"""Fresh takedowns on a served site, reported by the caseworker who signs in there."""

from datetime import timedelta
from itertools import count, product

from app.kit.languages import Language
from app.notices import drafts, new_items, submission
from app.notices.submission import Sending
from app.takedowns import queries, timeline
from app.takedowns.timeline import Actor, NewEvent
from tests.web.conftest import Site

BY = Actor("Analyst-01", "person")
_numbers = count(1)


# Where a link leads, by its number.
ALONE = "instagram.demo.invalid/p/Cfresh{:05d}"
PLACES = (
    ALONE,
    "tiktok.demo.invalid/@zz/video/73123456789012{:05d}",
    "x.demo.invalid/zz/status/17900000000000{:05d}",
    "facebook.demo.invalid/reel/1234567890{:05d}",
    "youtube.demo.invalid/shorts/Sfresh{:05d}",
    "snapchat.demo.invalid/add/zzfresh{:05d}",
    "discord.demo.invalid/channels/546376974303151756/1011052216293328663/14137325884561{:05d}",
    "telegram.demo.invalid/zzfresh/{:05d}",
)


def fresh_takedowns(
    site: Site,
    many: int,
    *,
    hours_ago: float | None = None,
    outcome: str | None = None,
    apart: bool = False,
) -> list[str]:
    """Log takedowns; submitted so many hours ago, unless they stay drafts, and decided since.

    Those that are `apart`, up to 24, share no platform and language: each is reminded by itself.
    """
    ways = list(product(Language, PLACES)) if apart else [(Language.EN, ALONE)] * many
    return [_one(site, next(_numbers), hours_ago, outcome, ways[at]) for at in range(many)]


def _one(
    site: Site, number: int, hours_ago: float | None, outcome: str | None, way: tuple[str, str]
) -> str:
    workspace, (language, place) = site.parts.workspace, way
    with site.parts.database.write() as unit:
        url = f"https://{place.format(number)}"
        platform, items = new_items.items_at(workspace, [url], None, now=unit.clock())
        given = {
            "case_ref": f"FRESH-{number}",
            "category": "csam",
            "explanation": "Assessed.",
            "language": language,
        }
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
