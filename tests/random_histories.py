"""Random stories told to the API, and what was told remembered beside it.

What the API refuses with 409 did not happen; nothing else may be refused.
"""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.kit.clock import stamp
from tests.api_client import ApiClient
from tests.factories import ManualClock

PLATFORMS = {
    "facebook": ("https://www.facebook.com/reel/1{:014}", "take_it_down"),
    "discord": ("https://discord.com/channels/546376974303151756/1011052216293328663/1{:018}", ""),
}
CATEGORIES = ("csam", "csam_ai", "ncii_adult", "deepfake_adult")
OUTCOMES = (
    "removed", "removed", "removed", "disabled", "account_suspended", "account_terminated",
    "refused", "refused", "geo_restricted", "geo_restricted", "age_restricted", "labelled",
    "demoted", "interaction_restricted", "already_gone", "already_gone", "other",
)  # fmt: skip
LOOKS = ("live", "live", "gone", "gone", "gone", "restricted", "unknown")
COUNTRIES = ("BE", "NL")
RETURNED = ("wrong_channel", "duplicate", "insufficient")
# How often each kind is told, before the submission and after it.
BEFORE = {"held": 4, "released": 9, "seen": 8, "noted": 1, "corrected": 4, "withdrawn": 1}
AFTER = {
    "decided": 32, "seen": 36, "receipt_confirmed": 9, "corrected": 26, "noted": 2, "held": 1,
    "information_requested": 3, "information_sent": 2, "reminded": 2, "complained": 2,
    "escalated": 2, "withdrawn": 1, "closed": 2, "reopened": 4, "unsent": 1,
}  # fmt: skip
HOUR = timedelta(hours=1)


class Entry(NamedTuple):
    """What was told; of a correction, what stands from then on (None: nothing)."""

    number: int
    kind: str
    happened_at: datetime
    content: dict[str, Any] | None
    voids: int | None = None


class History(NamedTuple):
    """One takedown: what it is called, how many items it has, and what was told of it."""

    reference: str
    platform: str
    items: int
    told: list[Entry]


class HistoryWriter:
    """Tells the API of many takedowns at once, entered late, out of order and corrected."""

    def __init__(
        self,
        api: ApiClient,
        clock: ManualClock,
        seed: int,
        most: int = 14,
        after: Mapping[str, int] = AFTER,
    ) -> None:
        self.api, self.clock = api, clock
        self.dice = random.Random(seed)
        self.tales: list[History] = []
        self.number = api.get("/integrity/head")["number"]
        self.most = most  # takedowns at once, before news are mostly of these
        self.after = dict(after)
        self.refused = 0

    def tell(self, steps: int) -> None:
        """Let this much happen."""
        for _ in range(steps):
            self.clock.now += self._pause()
            tale = self.dice.choice(self.tales) if self.tales else None
            drawn = self.dice.random()
            if tale is None or drawn < (0.25 if len(self.tales) < self.most else 0.04):
                self._log()
            elif drawn > 0.97:
                drafts = [t for t in self.tales if not self._submitted_at(t)]
                self._amend(self.dice.choice(drafts or self.tales))
            elif drawn > 0.94:
                self._notice(tale)
            elif self._submitted_at(tale):
                self._event(tale, self.after)
            elif self.dice.random() < 0.5:
                self._submit(tale)
            else:
                self._event(tale, BEFORE)
        self.clock.now += timedelta(microseconds=1)

    def adopt(self, reference: str) -> None:
        """Go on with a takedown that came about otherwise, from what the API tells of it."""
        row = self.api.get(f"/takedowns/{reference}")
        tale = History(reference, row["platform"], len(row["items"]), [])
        self.tales.append(tale)
        for event in self.api.get(f"/takedowns/{reference}/events")["data"]:
            about = {"items": event["items"]} if event["items"] else {}
            content = about if event["kind"] in ("logged", "submitted") else event["data"] | about
            moment = datetime.fromisoformat(event["happened_at"])
            tale.told.append(Entry(event["id"], event["kind"], moment, content))
            self.number = max(self.number, event["id"])

    def _pause(self) -> timedelta:
        """Mostly uneven, sometimes whole hours: what falls together must be told apart too."""
        if self.dice.random() < 0.3:
            return self.dice.randint(1, 3) * HOUR
        return timedelta(microseconds=self.dice.randrange(1, 4 * 3_600_000_000))

    def _log(self) -> None:
        [platform] = self.dice.choices(list(PLATFORMS), (3, 1))
        count = self.dice.choice((1, 1, 2, 3))
        address, basis = PLATFORMS[platform]
        body: dict[str, Any] = {
            "case_ref": f"CASE-{len(self.tales)}",
            "category": self.dice.choice(CATEGORIES),
            "urls": [address.format(self.dice.randrange(10**14)) for _ in range(count)],
            "explanation": "Assessed by a trained analyst.",
            "authorised_by_person": True,
        } | self._facts()
        if basis and self.dice.random() < 0.2:
            body["basis"] = basis
        self._logged(body)

    def _logged(self, body: dict[str, Any]) -> None:
        takedown = self.api.post("/takedowns", body)
        tale = History(takedown["reference"], takedown["platform"], len(takedown["items"]), [])
        self.tales.append(tale)
        self._remember(tale, "logged", self.clock.now, _moments(body))

    def _facts(self) -> dict[str, Any]:
        """Some of the facts on which numbers depend."""
        facts: dict[str, Any] = {}
        if self.dice.random() < 0.2:
            facts["urgent"] = True
        if self.dice.random() < 0.15:
            facts["court_order"] = self.dice.random() < 0.7
        if self.dice.random() < 0.3:
            facts["reported_at"] = stamp(self.clock.now - self.dice.random() * 50 * HOUR)
        if self.dice.random() < 0.2:
            facts["deadline_at"] = stamp(self.clock.now + self.dice.randint(-5, 40) * HOUR)
        return facts

    def _amend(self, tale: History) -> None:
        facts = self._facts() or {"urgent": False}
        answer = self.api.request(
            "PATCH", f"/takedowns/{tale.reference}", facts, **{"If-Match": "*"}
        )
        # What changes nothing is no event.
        if self._accepted(answer) and answer.json()["version"] > len(tale.told):
            self._remember(tale, "amended", self.clock.now, _moments(facts))

    def _submit(self, tale: History) -> None:
        happened_at = self._moment(tale) if self.dice.random() < 0.5 else None
        body = {"how": "form", "no_ticket": True} | _at(happened_at)
        answer = self.api.request("POST", f"/takedowns/{tale.reference}/submission", body)
        if self._accepted(answer):
            told = self.api.get(f"/takedowns/{tale.reference}/events?limit=100")["data"]
            *lost, last = [event for event in told if event["id"] > self.number]
            for event in lost:  # the basis was no longer held
                self._remember(tale, "amended", self.clock.now, event["data"]["facts"])
            assert (last["id"], last["kind"]) == (self.number + 1, "submitted")
            self._remember(tale, "submitted", happened_at, {})

    def _notice(self, tale: History) -> None:
        purpose = self.dice.choice(("reminder", "reminder", "complaint"))
        happened_at = self._moment(tale)
        body = {"purpose": purpose, "how": "form", "reason": "It is still there."}
        answer = self.api.request(
            "POST", f"/takedowns/{tale.reference}/notices", body | _at(happened_at)
        )
        if self._accepted(answer):
            kind = {"reminder": "reminded", "complaint": "complained"}[purpose]
            self._remember(tale, kind, happened_at, {})

    def _event(self, tale: History, kinds: dict[str, int]) -> None:
        [kind] = self.dice.choices(list(kinds), list(kinds.values()))
        if kind == "corrected":
            self._correct(tale)
            return
        happened_at = self._moment(tale)
        content = self._content(kind, tale)
        body = {"kind": kind} | content | _at(happened_at)
        answer = self.api.request("POST", f"/takedowns/{tale.reference}/events", body)
        if self._accepted(answer):
            assert answer.json()["id"] == self.number + 1
            self._remember(tale, kind, happened_at, content)

    def _correct(self, tale: History) -> None:
        wrong = self.dice.choice(tale.told)
        kind = _first(tale, wrong).kind
        old = _stood(tale, wrong)
        replacement: dict[str, Any] | None = None
        if kind in ("logged", "submitted") or self.dice.random() < 0.7:
            replacement = self._facts() if kind == "logged" else {}
            if kind not in ("logged", "submitted"):
                replacement |= self._content(kind, tale)
            if self.dice.random() < 0.4:
                replacement["happened_at"] = stamp(self._moment(tale) or self.clock.now)
        elif self.dice.random() < 0.1:
            replacement = {}
        moment, content = old.happened_at, None
        if replacement is not None:
            said = _moments(replacement)
            moment = said.pop("happened_at", moment)
            content = (old.content or {}) | said
        body = {"kind": "corrected", "voids": wrong.number, "replacement": replacement}
        answer = self.api.request("POST", f"/takedowns/{tale.reference}/events", body)
        before = None if wrong.content is None else _said(tale, old.happened_at, old.content)
        changes_nothing = before == (None if content is None else _said(tale, moment, content))
        if answer.status_code == 422:
            # Facts that nobody told have a value too, which the story does not know.
            assert answer.json()["code"] == "changes_nothing"
            assert changes_nothing or kind == "logged"
            self.refused += 1
        elif self._accepted(answer):
            assert answer.json()["id"] == self.number + 1
            assert not changes_nothing
            self._remember(tale, "corrected", moment, content, wrong.number)

    def _content(self, kind: str, tale: History) -> dict[str, Any]:
        """What is told of an event beside its moment."""
        dice = self.dice
        told: dict[str, Any] = {}
        if kind not in ("held", "released", "receipt_confirmed") and dice.random() < 0.5:
            told["items"] = sorted(
                dice.sample(range(1, tale.items + 1), dice.randint(1, tale.items))
            )
        match kind:
            case "decided":
                told["outcome"] = dice.choice(OUTCOMES)
                told["scope"] = dice.sample(COUNTRIES, dice.choice((0, 1, 1, 2)))
            case "seen":
                told["availability"] = dice.choice(LOOKS)
                if dice.random() < 0.7:
                    told["vantage"] = dice.choice(COUNTRIES)
            case "receipt_confirmed":
                told["automatic"] = dice.random() < 0.6
            case "held":
                told["reason"] = "police_first"
            case "escalated":
                told["to"] = dice.choice(("coordinator", "police", "out_of_court_body"))
            case "noted":
                told |= {"text": "Looked at again.", "accepted": dice.random() < 0.5}
            case "information_requested" | "information_sent":
                told["text"] = "Which one?"
        return told | self._returned(kind)

    def _returned(self, kind: str) -> dict[str, str]:
        """Why the platform sent the notice back, where it says so."""
        is_returned = kind in ("decided", "information_requested") and self.dice.random() < 0.15
        return {"returned_as": self.dice.choice(RETURNED)} if is_returned else {}

    def _moment(self, tale: History) -> datetime | None:
        """When something happened: now (None), some time ago, or just when something else did."""
        now, dice = self.clock.now, self.dice
        drawn = dice.random()
        if drawn < 0.25:
            return None
        if drawn < 0.28:
            return now + timedelta(seconds=dice.randint(0, 60))
        submitted_at = self._submitted_at(tale)
        if drawn < 0.5:
            moment = dice.choice(tale.told).happened_at
        elif submitted_at and drawn < 0.75:
            moment = submitted_at + dice.choice((-25, -24, -6, -1, 0, 1, 2, 6, 24, 168)) * HOUR
        else:
            start = (submitted_at or tale.told[0].happened_at) - 30 * HOUR
            moment = start + dice.random() * (now - start)
        return min(moment, now)

    def _submitted_at(self, tale: History) -> datetime | None:
        found = [e for e in tale.told if _first(tale, e).kind == "submitted"]
        return found[-1].happened_at if found and found[-1].content is not None else None

    def _accepted(self, answer: Any) -> bool:
        is_done = answer.status_code in (200, 201)
        # After the last item was withdrawn a notice has nothing left to name, and what was refused
        # whole is answered with a complaint.
        is_unfit = answer.status_code == 422 and any(
            reason in answer.text for reason in ("location_missing", "complaint_fits")
        )
        assert is_done or is_unfit or answer.status_code == 409, answer.text
        self.refused += not is_done
        return is_done

    def _remember(
        self,
        tale: History,
        kind: str,
        happened_at: datetime | None,
        content: dict[str, Any] | None,
        voids: int | None = None,
    ) -> None:
        now = self.clock.now
        self.number += 1
        moment = min(happened_at or now, now)
        tale.told.append(Entry(self.number, kind, moment, content, voids))


def _first(tale: History, entry: Entry) -> Entry:
    """The event at the beginning of a chain of corrections."""
    by_number = {e.number: e for e in tale.told}
    while entry.voids is not None:
        entry = by_number[entry.voids]
    return entry


def _stood(tale: History, entry: Entry) -> Entry:
    """What an entry said last, before it was taken back."""
    by_number = {e.number: e for e in tale.told}
    while entry.content is None and entry.voids is not None:
        entry = by_number[entry.voids]
    return entry


def _said(tale: History, moment: datetime, content: dict[str, Any] | None) -> dict[str, Any]:
    """All that an entry says, whichever way it is told: no item named is every item named."""
    items = {"items": list(range(1, tale.items + 1))}
    return {"happened_at": moment} | items | (content or {})


def _at(happened_at: datetime | None) -> dict[str, str]:
    return {} if happened_at is None else {"happened_at": stamp(happened_at)}


def _moments(told: dict[str, Any]) -> dict[str, Any]:
    """Read the moments among what was told."""
    names = ("happened_at", "reported_at", "deadline_at")
    return told | {n: datetime.fromisoformat(told[n]) for n in names if told.get(n)}
