"""Platforms that each behave in one odd way, told to the API: what figures are easily wrong about.

Everything is told in one moment of things past, so that every question sees all of it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.kit.clock import stamp
from tests.api_client import ApiClient

PLACES = {
    "youtube": "https://www.youtube.com/watch?v=aB3dE{:06}",
    "x": "https://x.com/zzfixture/status/17900000000{:08}",
    "tiktok": "https://www.tiktok.com/@zz.fixture/video/73123456789{:08}",
    "facebook": "https://www.facebook.com/reel/12345678{:08}",
    "discord": "https://discord.com/channels/546376974303151756/1011052216293328663/14137325{:010}",
    "instagram": "https://www.instagram.com/p/C7aB2{:06}/",
    "other": "https://site.example/post/{:06}",
}
SAID, SEEN = "decided", "seen"
GONE, LIVE = {"availability": "gone"}, {"availability": "live", "vantage": "BE"}
REMOVED, REFUSED = {"outcome": "removed"}, {"outcome": "refused"}
Story = list[tuple[str, float, dict[str, Any]]]
# What happens to one takedown of Instagram, with what it is: so many hours after submission.
MIXED: list[tuple[dict[str, Any], Story]] = [
    ({"court_order": True}, [(SAID, 3, REMOVED)]),
    ({"court_order": True}, [(SAID, 9, REFUSED)]),
    ({"court_order": True}, []),
    ({}, [("withdrawn", 5, {"reason": "A double."})]),
    ({}, [(SAID, 2, {"outcome": "already_gone"})]),
    ({}, [(SAID, 2, {"outcome": "already_gone"}), (SEEN, 4, LIVE)]),
    ({}, [(SAID, 5, REMOVED), (SAID, 10, REFUSED)]),
    ({}, [(SEEN, 3, GONE), (SEEN, 50, LIVE)]),
    ({}, [(SEEN, 3, GONE), (SEEN, 50, LIVE), (SAID, 60, REMOVED)]),
    ({}, [(SAID, 5, REMOVED), (SEEN, 7, LIVE)]),
    ({}, [(SAID, 8, {"outcome": "geo_restricted", "scope": ["BE"]})]),
    ({}, [(SAID, 8, {"outcome": "geo_restricted", "scope": ["BE"]}), (SEEN, 9, LIVE)]),
    ({}, [(SAID, 20, REFUSED), (SAID, 30, {"outcome": "demoted"}), (SAID, 90, REMOVED)]),
    ({"urgent": True}, [("receipt_confirmed", 1, {"automatic": True}), (SAID, 24, REMOVED)]),
    ({"category": "csam"}, [(SAID, 24, REMOVED), (SEEN, 30, GONE)]),
    ({"category": "csam"}, []),
    ({}, [("information_requested", 20, {"text": "Which one?"}), (SAID, 168, REMOVED)]),
]


def tell(api: ApiClient, now: datetime) -> None:
    """Tell of all the platforms."""
    for number, (platform, hours_ago, facts, story) in enumerate(_stories()):
        at = now - timedelta(hours=hours_ago)
        body = {
            "case_ref": f"ODD-{number}",
            "platform": platform,
            "category": "ncii_adult",
            "urls": [
                PLACES[platform].format(number + copy * 1000) for copy in range(number % 3 + 1)
            ],
            "explanation": "Assessed by a trained analyst.",
            "authorised_by_person": True,
            "recipient": "abuse@site.example",
            "reported_at": stamp(at - timedelta(hours=number % 7)),
        } | facts
        reference = api.post("/takedowns", body)["reference"]
        sent = {"how": "form", "no_ticket": True, "happened_at": stamp(at)}
        api.post(f"/takedowns/{reference}/submission", sent)
        for kind, hours, told in story:
            moment = stamp(at + timedelta(hours=hours))
            event = {"kind": kind, "happened_at": moment} | told
            api.post(f"/takedowns/{reference}/events", event)


def _stories() -> Iterator[tuple[str, float, dict[str, Any], Story]]:
    ago = count(60, 37)
    for _ in range(12):
        yield "youtube", next(ago), {}, []
    for number in range(12):
        yield "x", next(ago), {}, [(SAID, 2.5 * number + 1, REFUSED)]
    for number in range(9):
        yield "tiktok", next(ago), {}, [(SAID, number + 1, REMOVED)]
    for number in range(10):
        yield "facebook", next(ago), {}, [(SAID, 6 * number + 1, REMOVED)] if number < 8 else []
    for number in range(11):
        end = ("withdrawn", 30, {"reason": "A double."}) if number < 3 else (SEEN, 40, GONE)
        yield "discord", next(ago), {}, [end]
    for facts, story in MIXED:
        yield "instagram", next(ago) + 170, facts, story
    yield "other", 5, {}, []
