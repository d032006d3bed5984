"""A small record in which everything occurs that can be stored."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from app.accounts import form_drafts, signing_in
from app.accounts.signing_in import NotSignedIn
from app.imports import kept as imports
from app.imports.plan import Plan
from app.kit import preferences
from app.kit.clock import stamp
from app.kit.database import Database
from app.kit.progress import silent
from app.platforms.recognition import Recognised, Recogniser, Unrecognised
from app.takedowns import assignments, handovers, reindexing, snoozes
from app.transparency import kept, reading
from app.transparency.kept import File
from app.transparency.layout import TOTAL
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.transparency.report_files import as_csv, line
from tests.users import EVERY_ROLE, PASSWORD, add_second_factor, add_user

POST = "https://www.instagram.com/p/{}/"
MESSAGE = {
    "account": "@zz.fixture",
    "message_id": "1413732588456181282",
    "description": "Third picture of the message.",
}
# What Aloe typed into a page and has not sent.
TYPED = {"text": POST.format("C7aB2cD3eH2"), "explanation": "Half a sentence, é"}

# What a platform published: a row that is right, and one that is not.
PUBLISHED = File("4_notices.csv", as_csv([line(TOTAL, "9", "4"), line(TOTAL, "9")[:9]]))


def populate(api: ApiClient, clock: ManualClock) -> list[str]:
    """Tell of takedowns in every stage, with edits, notices, tickets, texts and corrections."""
    made = [
        answered(api, clock),
        contested(api, clock),
        api.post("/takedowns", facts("C-3", POST.format("C7aB2cD3eF3")))["reference"],
        edited(api),
        held(api, clock),
        withdrawn(api, clock),
        by_locator(api),
        corrected(api, clock),
        by_hand(api),
        of_one_product(api),
    ]
    clock.advance(0.5)
    return made


def facts(case_ref: str, *urls: str, **more: Any) -> dict[str, Any]:
    return {
        "case_ref": case_ref,
        "category": "csam_ai",
        "urls": list(urls),
        "explanation": f"Assessed by a trained analyst, {case_ref}.",
    } | more


def answered(api: ApiClient, clock: ManualClock) -> str:
    """Two items: one gone and seen gone, one refused."""
    body = facts("C-1", POST.format("C7aB2cD3eF1"), POST.format("C7aB2cD3eG1"), external_ref="X-1")
    more = {"reported_at": stamp(clock.now), "urgent": True, "deadline_at": stamp(clock.now)}
    reference = api.post("/takedowns", body | more)["reference"]
    clock.advance(1)
    submit(api, reference, ticket_id="#TICKET 1")
    event = f"/takedowns/{reference}/events"
    clock.advance(1)
    api.post(event, {"kind": "receipt_confirmed", "automatic": True, "ticket_id": "AUTO-1"})
    api.post(event, {"kind": "decided", "outcome": "removed", "ground": "law", "items": [1]})
    clock.advance(3)
    api.post(event, {"kind": "seen", "availability": "gone", "vantage": "BE", "items": [1]})
    refusal = {"kind": "decided", "outcome": "refused", "reason": "Not against our rules."}
    api.post(event, refusal | {"items": [2]})
    api.post(event, {"kind": "noted", "text": "Spoke to them.", "accepted": True})
    return reference


def contested(api: ApiClient, clock: ManualClock) -> str:
    """Reminded, refused, complained: three frozen notices."""
    url = "https://www.tiktok.com/@zz.fixture/video/7312345678901234567"
    reference = api.post("/takedowns", facts("C-2", url, court_order=True))["reference"]
    submit(api, reference, no_ticket=True)
    clock.advance(30)
    notices = f"/takedowns/{reference}/notices"
    api.post(notices, {"purpose": "reminder", "how": "form", "ticket_id": "REM-2"})
    clock.advance(2)
    event = f"/takedowns/{reference}/events"
    question = {"kind": "information_requested", "text": "Which account?"}
    api.post(event, question | {"returned_as": "insufficient"})
    api.post(event, {"kind": "information_sent", "text": "The one in the link."})
    api.post(event, {"kind": "decided", "outcome": "refused"})
    api.post(notices, {"purpose": "complaint", "how": "form", "reason": "It is abuse material."})
    api.post(event, {"kind": "escalated", "to": "coordinator", "text": "No answer."})
    return reference


def edited(api: ApiClient) -> str:
    """A draft with amended facts and a caseworker's own words."""
    reference = api.post("/takedowns", facts("C-4", POST.format("C7aB2cD3eF4")))["reference"]
    amended = {"explanation": "Assessed again.", "urgent": True, "external_ref": "X-4"}
    api.request("PATCH", f"/takedowns/{reference}", amended, **{"If-Match": "*"})
    notice = api.get(f"/takedowns/{reference}/notice")
    field = next(f for f in notice["fields"] if f["value"] and f["id"] == "explanation")
    words = {"channel": notice["channel"]["id"], "fields": {field["id"]: "In my own words."}}
    assert api.request("PUT", f"/takedowns/{reference}/notice", words).status_code == 200
    return reference


def held(api: ApiClient, clock: ManualClock) -> str:
    reference = api.post("/takedowns", facts("C-5", POST.format("C7aB2cD3eF5")))["reference"]
    clock.advance(1)
    api.post(f"/takedowns/{reference}/events", {"kind": "held", "reason": "police_first"})
    return reference


def withdrawn(api: ApiClient, clock: ManualClock) -> str:
    body = facts("C-6", POST.format("C7aB2cD3eF6"), POST.format("C7aB2cD3eG6"))
    reference = api.post("/takedowns", body)["reference"]
    submit(api, reference, ticket_id="WD-6")
    clock.advance(1)
    event = {"kind": "withdrawn", "reason": "Asked by the person shown.", "items": [2]}
    api.post(f"/takedowns/{reference}/events", event)
    gone = {"purpose": "withdrawal", "how": "form", "reason": "No longer wanted."}
    api.post(f"/takedowns/{reference}/notices", gone)
    return reference


def by_locator(api: ApiClient) -> str:
    body = facts("C-7", platform="discord", locators=[MESSAGE, {"account": "zz.other"}])
    return str(api.post("/takedowns", body)["reference"])


def corrected(api: ApiClient, clock: ManualClock) -> str:
    """Its submission, its ticket, a decision and a reminder were entered wrongly."""
    body = facts("C-8", "https://x.com/zzfixture/status/1790000000000000001")
    reference = api.post("/takedowns", body)["reference"]
    submitted = submit(api, reference, ticket_id="WRONG-8")
    clock.advance(5)
    event = f"/takedowns/{reference}/events"
    correction = {"kind": "corrected", "voids": submitted, "replacement": {"ticket_id": "RIGHT-8"}}
    api.post(event, correction | {"reason": "Copied the wrong one."})
    reminder = {"purpose": "reminder", "how": "form", "no_ticket": True}
    unsent = api.post(f"/takedowns/{reference}/notices", reminder)["event"]["id"]
    api.post(event, {"kind": "corrected", "voids": unsent, "replacement": None})
    wrong = api.post(event, {"kind": "decided", "outcome": "refused", "reason": "Typed wrongly."})
    replacement = {"outcome": "geo_restricted", "scope": ["BE"], "reason": "Typed rightly."}
    api.post(event, {"kind": "corrected", "voids": wrong["id"], "replacement": replacement})
    api.post(event, {"kind": "seen", "availability": "live", "vantage": "NL"})
    return reference


def by_hand(api: ApiClient) -> str:
    """A site we do not know: who runs it and where the notice goes were looked up, one anew."""
    url = {"url": "https://forum.zz-fixture.example/thread/7", "place": "image 3"}
    told = {"provider": "Fixture Hosting B.V.", "recipient": "https://zz-fixture.example/abuse"}
    body = facts("C-9", platform="other", urls=[url], external_ref="X-1", **told)
    reference = api.post("/takedowns", body)["reference"]
    amended = {"recipient": "abuse@zz-fixture.example"}
    api.request("PATCH", f"/takedowns/{reference}", amended, **{"If-Match": "*"})
    submit(api, reference, ticket_id="OT-9")
    return reference


def of_one_product(api: ApiClient) -> str:
    url = "https://drive.google.com/file/d/1ZzFixtureAaaaBbbbCcccDdddEeee/view"
    return str(api.post("/takedowns", facts("C-10", url, external_ref="X-1"))["reference"])


def submit(api: ApiClient, reference: str, **how: Any) -> int:
    """Submit a takedown and return the number of the event."""
    api.post(f"/takedowns/{reference}/submission", {"how": "form"} | how)
    return int(api.get(f"/takedowns/{reference}/events")["data"][-1]["id"])


class LaterRules(Recogniser):
    """Rules of a later day: they know each content by another identity, each account by another."""

    def __init__(self, before: Recogniser, digest: str = "later") -> None:
        self.before = before
        self.digest = digest
        self.read = 0

    def other(self, text: str, *, now: datetime) -> Recognised | Unrecognised:
        return self.before.other(text, now=now)

    def recognise(self, text: str, *, now: datetime) -> Recognised | Unrecognised:
        self.read += 1
        found = self.before.recognise(text, now=now)
        if isinstance(found, Unrecognised):
            return found
        account = found.account and f"{found.account}.later"
        return found._replace(content_id=f"{found.content_id} later", account=account)


def settle_in(database: Database, recogniser: Recogniser) -> None:
    """Let Aloe join, sign in, take two takedowns, change a setting, type, and mistype elsewhere.

    Rules of a later day have recognised every stored address anew.
    """
    reindexing.run(database, LaterRules(recogniser), silent)
    aloe = add_user(database, role="admin")
    factor = add_second_factor(database, aloe)
    step = signing_in.by_password(
        database, aloe.email, PASSWORD, network_address="192.0.2.7", second_factor_roles=EVERY_ROLE
    )
    signing_in.by_code(database, step.token, factor.codes[0], network_address="192.0.2.7")
    with suppress(NotSignedIn):
        signing_in.by_password(
            database, aloe.email, "wrong", network_address="192.0.2.8", second_factor_roles=()
        )
    with database.write() as unit:
        assignments.assign(unit, 1, aloe.id)
        handovers.leave(unit, 1, aloe.id, text="Call them back.")
        snoozes.put_aside(unit, 2, aloe.id, until=unit.clock() + timedelta(days=3))
        preferences.write(unit, {"targets": {"instagram": {"gone_hours": 12}}})
        form_drafts.keep(unit, aloe.id, "new", values=TYPED)
        imports.begin(unit, aloe.id, content=b"Link;Soort", plan=Plan("rows.csv", ()))
        read = reading.read(PUBLISHED.content)
        kept.keep(unit, PUBLISHED, read, platform="tiktok", service="Zzfixture", by=aloe.name)
