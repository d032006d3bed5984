"""A working day over the API, call by call: what the contract's examples are recorded from.

`python -m tests.api.recording > app/api/examples.json` renews them.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from starlette.testclient import TestClient

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.kit import settings as settings_of
from app.reports.vocabularies import Heading
from tests.api.factories import FACTS, OTHER_POST_URL, POST_URL, UNKNOWN_URL, VIDEO_URL
from tests.api_client import ApiClient
from tests.factories import ManualClock

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CURSOR = "YzI6n4bQgYhMfWWaMTU"
NAMES = ("TD-7K3M9Q", "TD-2H8RVX", "TD-W4NJ5C", "TD-5P9XQA")
NOBODY = "TD-222222"
DRAWN = re.compile(r"TD-[2-9A-HJ-NP-Z]{6}")
FORM = {"how": "form", "ticket_id": "IG-20260302-17"}
CHANGED = {"deadline_at": "2026-03-03T18:00:00+01:00", "urgent": True}
WRITTEN = {
    "languages": ["en"],
    "texts": {heading: {"en": "As our charter says."} for heading in Heading},
    "figures": {"reports_received": 4012, "judged_illegal": 977},
}


class Step(NamedTuple):
    """One call of the day: which operation, what was sent, what came back."""

    operation_id: str
    name: str
    request: Any
    answer: Any


def day(api: ApiClient, clock: ManualClock) -> Iterator[Step]:
    """Work through the day; every operation of the contract comes at least once."""

    step = partial(_step, api)
    yield step("getLive", "GET", "/health/live")
    yield step("getReady", "GET", "/health/ready")
    yield step("listPlatforms", "GET", "/platforms?limit=1")
    yield step("getPlatform", "GET", "/platforms/x")
    yield step("listCategories", "GET", "/categories?limit=1")
    yield step("recognise", "POST", "/recognise", {"text": f"Seen: {POST_URL} and {UNKNOWN_URL}"})
    logged = step("createTakedown", "POST", "/takedowns", FACTS | {"urls": [POST_URL]}, "by_url")
    yield logged
    yield step(
        "createTakedown",
        "POST",
        "/takedowns",
        FACTS | {"platform": "discord", "locators": [{"account": "zz_fixture", "server_id": "7"}]},
        "by_locator",
    )
    pasted = f"{POST_URL}\n{OTHER_POST_URL}\n{UNKNOWN_URL}"
    yield step("createIntake", "POST", "/intakes", FACTS | {"text": pasted}, "text")
    yield step("createIntake", "POST", "/intakes", FACTS | {"urls": [VIDEO_URL]}, "urls")
    reference = logged.answer.json()["reference"]
    path = f"/takedowns/{reference}"
    yield step("getTakedown", "GET", path)
    yield step("amendTakedown", "PATCH", path, CHANGED)
    yield step("getNotice", "GET", f"{path}/notice")
    edits = {"purpose": "first", "fields": {"explanation": "Our analyst assessed it."}}
    yield step("editNotice", "PUT", f"{path}/notice", edits)
    yield step("discardNoticeEdits", "DELETE", f"{path}/notice")
    yield step("submitTakedown", "POST", f"{path}/submission", FORM)
    clock.advance(20)
    refused = {"kind": "decided", "outcome": "refused", "ground": "terms", "reason": "No breach."}
    decided = step("recordEvent", "POST", f"{path}/events", refused, "decided")
    yield decided
    corrected = {
        "kind": "corrected",
        "voids": decided.answer.json()["id"],
        "replacement": {"outcome": "geo_restricted", "scope": ["BE"]},
    }
    yield step("recordEvent", "POST", f"{path}/events", corrected, "corrected")
    seen = {"kind": "seen", "availability": "live", "vantage": "NL", "items": [1]}
    yield step("recordEvent", "POST", f"{path}/events", seen, "seen")
    further = {"purpose": "complaint", "how": "form", "reason": "It is unlawful everywhere."}
    yield step("sendNotice", "POST", f"{path}/notices", further)
    yield step("listNotices", "GET", f"{path}/notices?limit=1")
    yield step("getFrozenNotice", "GET", f"{path}/notices/1")
    yield step("listEvents", "GET", f"{path}/events?limit=2")
    yield step("followEvents", "GET", "/events?after=4&limit=2")
    yield step("listTakedowns", "GET", "/takedowns?platform=instagram&limit=1")
    yield step("searchTakedowns", "POST", "/takedowns/search", {"url": POST_URL})
    yield step("getCase", "GET", f"/cases/{FACTS['case_ref']}")
    noted = {"kind": "noted", "text": "Asked by telephone."}
    several = {"references": [reference, NOBODY], **noted}
    yield step("recordEvents", "POST", "/events/bulk", several)
    yield step("getHead", "GET", "/integrity/head")
    _ten_answered(api, clock)
    yield step("getResponseTimes", "GET", "/metrics/response-times?platform=x")
    yield step("getCurve", "GET", "/metrics/curve?platform=x")
    yield step("getComparison", "GET", "/metrics/comparison?platform=x")
    yield from _reported(api)


def _step(
    api: ApiClient, operation_id: str, method: str, path: str, body: Any = None, name: str = ""
) -> Step:
    is_bound = method == "PATCH" or path.endswith("/freeze")
    answer = api.request(method, path, body, **({"If-Match": "*"} if is_bound else {}))
    return Step(operation_id, name or operation_id, body, answer)


def _reported(api: ApiClient) -> Iterator[Step]:
    """Make the report of a month, and freeze it twice."""
    step = partial(_step, api)
    march = {"kind": "article_22", "from": "2026-03-01", "to": "2026-04-01"}
    report = f"/reports/{api.post('/reports', march)['id']}"
    yield step("createReport", "POST", "/reports", march | {"kind": "campaign"})
    yield step("listReports", "GET", "/reports?from=2026-01-01&to=2027-01-01")
    yield step("amendReport", "PATCH", report, WRITTEN, "words")
    yield step("getReport", "GET", report)
    checked = step("checkReport", "GET", f"{report}/checks")
    yield checked
    told = checked.answer.json()
    confirmed = {"confirmed": told["cells_of_one"], "as_of": told["as_of"]}
    yield step("amendReport", "PATCH", report, confirmed, "cells")
    yield step("freezeReport", "POST", f"{report}/freeze")
    yield step("getReportVersion", "GET", f"{report}/versions/1")
    received = {"figures": {"reports_received": 4013}}
    yield step("amendReport", "PATCH", report, received, "figures")
    yield step("freezeReport", "POST", f"{report}/freeze")
    yield step("diffReportVersion", "GET", f"{report}/versions/2/diff")


def _ten_answered(api: ApiClient, clock: ManualClock) -> None:
    """Let a platform remove ten posts, so that there are figures."""
    for number in range(10):
        urls = [f"https://x.com/zzfixture/status/179000000000000000{number}"]
        new = api.post("/takedowns", FACTS | {"urls": urls})["reference"]
        api.post(f"/takedowns/{new}/submission", {"how": "form", "no_ticket": True})
        clock.advance(number)
        removed = {"kind": "decided", "outcome": "removed", "ground": "law"}
        api.post(f"/takedowns/{new}/events", removed)


def examples(steps: Iterator[Step]) -> dict[str, Any]:
    """Turn the day into examples by operation: the bodies sent, and the first answer."""
    found: dict[str, Any] = {}
    for step in steps:
        example = found.setdefault(step.operation_id, {})
        if step.request is not None:
            example.setdefault("requests", {})[step.name] = step.request
        if step.answer.content:
            example.setdefault("answer", step.answer.json())
    return found


def settled(text: str) -> str:
    """Give what is drawn at random the same name each time."""
    drawn = dict.fromkeys(one for one in DRAWN.findall(text) if one != NOBODY)
    names = dict(zip(drawn, [*NAMES, *drawn][: len(drawn)], strict=True))
    text = DRAWN.sub(lambda found: names.get(found.group(), NOBODY), text)
    text = re.sub(r"\bYzI6[A-Za-z0-9_-]+", CURSOR, text)
    text = re.sub(r"\b[0-9a-f]{32}\b", DIGEST[:32], text)
    return re.sub(r"\b[0-9a-f]{64}\b", DIGEST, text)


def run() -> None:
    """Print the examples of a fresh, fictional hotline."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of.read(
            Path(folder),
            organisation_name="Fictional Hotline",
            organisation_email="notices@hotline.example",
        )
        clock = ManualClock()
        parts = main.context(settings, clock)
        with parts.database.write() as unit:
            token = access.add_token(unit, "case system", SCOPES)
        with TestClient(main.create_app(parts)) as client:
            found = examples(day(ApiClient(client, token), clock))
        parts.database.close()
    sys.stdout.write(settled(json.dumps(found, indent=1, ensure_ascii=False)) + "\n")


if __name__ == "__main__":
    run()
