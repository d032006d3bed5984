"""A client for Takedown Tracker: one file to copy into your own system; needs Python 3.11, httpx.

    with Tracker("http://127.0.0.1:8000", token) as tracker:
        url = "https://x.com/zzfixture/status/1790000000000000001"
        takedown = tracker.create("CASE-1", "csam_ai", [url], explanation="Assessed by an analyst.")
        tracker.submit(takedown["reference"], ticket_id="T-1")
        tracker.record(takedown["reference"], "decided", outcome="removed", ground="law")
        for event in tracker.events(after=0):
            ...  # keep event["id"]; go on from there the next time

What fails for a moment is tried again with the same Idempotency-Key, so nothing is done twice;
`follow` tries for ever. Whatever else is refused is raised as a `Problem`. Lists are read page by
page as they are looped over. Every call of `/openapi.json` has a method here.
"""

import random
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple, Self, TypedDict, Unpack, cast
from urllib.parse import quote, urlencode

import httpx

PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
LONGEST_ASKED_SECONDS = 120.0  # a longer Retry-After is not waited for


class Facts(TypedDict, total=False):
    """What may be told of a takedown beside its case and category; moments are RFC 3339."""

    platform: str  # only to create one whose URL does not tell it
    locators: list[dict[str, str]]  # only to create one of items without a URL; needs platform
    external_ref: str | None
    explanation: str
    ai_generated: Literal["yes", "no", "suspected", "unknown"]
    sexual_extortion: bool | None
    person_is_minor: bool | None
    urgent: bool
    deadline_at: str | None
    reported_at: str | None
    court_order: bool
    language: Literal["en", "nl", "fr"]
    basis: Literal["article_22", "article_16", "voluntary", "take_it_down"] | None
    channel: str | None
    include_identity: bool | None
    authorised_by_person: bool
    conditions: list[str]  # codes of conditions of the category that were confirmed
    provider: str | None  # who runs a site, with platform `other`: a name
    recipient: str | None  # where a notice by hand goes: an https address or a mailbox
    report_again: bool


# Of what the tracker answers, only the fields most used: the rest stands in `/openapi.json`.
class Item(TypedDict):
    """One exact location; where it is, is None without the scope `content:read`."""

    id: int
    url: str | None
    kind: str
    account: str | None
    state: str
    platform_says: dict[str, str | None] | None
    we_saw: dict[str, str] | None
    gone_at: str | None


class Takedown(TypedDict):
    """What is asked of one platform, and how far it is."""

    reference: str
    case_ref: str
    external_ref: str | None
    platform: str
    product: str | None
    provider: str | None
    category: str
    stage: str
    whose_turn: str
    next_step: str
    due_at: str | None
    submitted_at: str | None
    receipt_at: str | None
    decided_at: str | None
    gone_at: str | None
    clocks: dict[str, float | None]
    ticket_ids: list[str] | None
    items: list[Item]
    missing: list[dict[str, str]]
    version: int


class Intake(TypedDict):
    """What became of pasted text: what is reported already or of no known platform is left out."""

    takedowns: list[Takedown]
    duplicates: list[dict[str, Any]]
    unrecognised: list[dict[str, str | None]]


class Event(TypedDict):
    """One line of a timeline; ids grow and have no gap."""

    id: int
    reference: str
    case_ref: str
    external_ref: str | None
    platform: str
    category: str
    kind: str
    happened_at: str
    recorded_at: str
    by: str
    items: list[int]
    data: dict[str, Any]
    voided_by: int | None


class Told(TypedDict):
    """What became of an event in one of many takedowns: `problem` is None where it was recorded."""

    reference: str
    status: int
    event: Event | None
    problem: dict[str, Any] | None


class Fault(NamedTuple):
    """One thing wrong with what was sent: where (JSON pointer), which rule, how to mend it."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """The tracker's refusal (RFC 9457); `code` is stable, `detail` is for people."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status = status
        self.code: str = body.get("code", "unknown")
        self.detail: str = body.get("detail", "")
        self.faults = [Fault(**fault) for fault in body.get("errors", ())]
        self.references: list[str] = body.get("references", [])
        self.request_id: str = body.get("request_id", "")
        super().__init__(f"{status} {self.code}: {self.detail}")


class NotAllowed(Problem):
    """401 or 403: the token is unknown, or lacks a scope."""


class NotFound(Problem):
    """404: nothing goes by that name."""


class Conflict(Problem):
    """409: it is there already (see `references`), or not allowed now."""


class Stale(Problem):
    """412 or 428: it was changed since that version was read, or no version was named."""


class Refused(Problem):
    """422: what was sent breaks a rule; `faults` name each place."""


class Unavailable(Problem):
    """429 or 5xx, after every attempt."""


KINDS: dict[int, type[Problem]] = {
    401: NotAllowed, 403: NotAllowed, 404: NotFound, 409: Conflict, 412: Stale, 422: Refused,
    428: Stale, 429: Unavailable,
}  # fmt: skip


class Tracker:
    """Calls a tracker; a network that fails in every attempt raises httpx.TransportError."""

    def __init__(
        self,
        address: str,
        token: str,
        *,
        attempts: int = 6,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(10.0, read=60.0),
            transport=transport,
        )
        self._attempts = attempts
        self._sleep = sleep

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def create(
        self,
        case_ref: str,
        category: str,
        urls: Sequence[str] = (),
        *,
        key: str | None = None,
        **facts: Unpack[Facts],
    ) -> Takedown:
        """Log one takedown of one platform, product or site; Conflict where it is reported already.

        Keep a `key` of your own to repeat the call also after a restart of yours.
        """
        body = {"case_ref": case_ref, "category": category, "urls": list(urls), **facts}
        return cast(Takedown, self._post("/takedowns", body, key))

    def intake(
        self,
        case_ref: str,
        category: str,
        text: str | None = None,
        *,
        urls: Sequence[str] = (),
        dry_run: bool = False,
        key: str | None = None,
        **facts: Unpack[Facts],
    ) -> Intake:
        """Turn a text or `urls` into one takedown per platform or product.

        A dry run only shows them.
        """
        pasted = {"urls": list(urls)} if text is None else {"text": text}
        body = {"case_ref": case_ref, "category": category, **pasted, **facts}
        return cast(Intake, self._post(f"/intakes{'?dry_run=true' * dry_run}", body, key))

    def recognise(self, text: str) -> dict[str, Any]:
        """Look which links a text holds and what is reported already; stores nothing."""
        return cast(dict[str, Any], self._call("POST", "/recognise", {"text": text}))

    def takedown(self, reference: str) -> Takedown:
        """Read one takedown."""
        return cast(Takedown, self._call("GET", _path(reference)))

    def takedowns(self, **filters: Any) -> Iterator[Takedown]:
        """Read takedowns, the newest first: `takedowns(platform="x", overdue=True)`."""
        return self._pages("/takedowns", filters)

    def search(self, **sought: str) -> Iterator[dict[str, Any]]:
        """Find takedowns by url, account, ticket_id, case_ref or text; `matched` says why."""
        return self._pages("/takedowns/search", {}, sought)

    def case(self, case_ref: str) -> dict[str, Any]:
        """Read the takedowns of a case and what of it is still online."""
        return cast(dict[str, Any], self._call("GET", f"/cases/{quote(case_ref)}"))

    def amend(self, reference: str, version: int, **facts: Any) -> Takedown:
        """Change facts of a draft as it was read; Stale where it was changed meanwhile."""
        tag = {"If-Match": f'"v{version}"'}
        return cast(Takedown, self._call("PATCH", _path(reference), facts, headers=tag))

    def change(self, reference: str, decide: Callable[[Takedown], dict[str, Any]]) -> Takedown:
        """Change facts of a draft by what it says, reading it again where it was changed meanwhile.

        `decide` returns the facts to change, from the takedown as it stands.
        """
        for attempt in range(1, self._attempts + 1):
            read = self.takedown(reference)
            try:
                return self.amend(reference, read["version"], **decide(read))
            except Stale:
                if attempt == self._attempts:
                    raise
        raise ValueError("a tracker needs at least one attempt")

    def notice(self, reference: str, **which: str) -> dict[str, Any]:
        """Read the filled notice as it would be sent now; `channel`, `language`, `purpose`."""
        return cast(dict[str, Any], self._call("GET", _path(reference, "/notice") + _query(which)))

    def edit_notice(self, reference: str, fields: dict[str, str], **which: str) -> dict[str, Any]:
        """Keep own words for fields of a notice, until it is sent."""
        body = {"fields": fields, **which}
        return cast(dict[str, Any], self._call("PUT", _path(reference, "/notice"), body))

    def discard_edits(self, reference: str, **which: str) -> None:
        """Take back the own words of a notice."""
        self._call("DELETE", _path(reference, "/notice") + _query(which))

    def send_notice(
        self, reference: str, purpose: str, *, key: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Tell that a person sent a reminder, complaint or withdrawal by form."""
        body = {"purpose": purpose, "how": "form", **more}
        return cast(dict[str, Any], self._post(_path(reference, "/notices"), body, key))

    def notices(self, reference: str) -> Iterator[dict[str, Any]]:
        """Read the notices of a takedown as they went out."""
        return self._pages(_path(reference, "/notices"), {})

    def frozen_notice(self, reference: str, number: int) -> dict[str, Any]:
        """Read one notice as it went out."""
        return cast(dict[str, Any], self._call("GET", _path(reference, f"/notices/{number}")))

    def submit(
        self, reference: str, *, ticket_id: str | None = None, key: str | None = None, **more: Any
    ) -> Takedown:
        """Tell that a person sent the notice; without a `ticket_id` the platform gave none.

        `more` may be channel, language, happened_at.
        """
        ticket = {"ticket_id": ticket_id} if ticket_id else {"no_ticket": True}
        body = {"how": "form", **ticket, **more}
        return cast(Takedown, self._post(_path(reference, "/submission"), body, key))

    def record(self, reference: str, kind: str, *, key: str | None = None, **data: Any) -> Event:
        """Record what happened: `record(r, "seen", availability="gone")`."""
        body = {"kind": kind, **data}
        return cast(Event, self._post(_path(reference, "/events"), body, key))

    def record_all(
        self, references: Sequence[str], kind: str, *, key: str | None = None, **data: Any
    ) -> list[Told]:
        """Record the same event in up to 100 takedowns; look at each answer's `problem`."""
        body = {"references": list(references), "kind": kind, **data}
        return cast(list[Told], self._post("/events/bulk", body, key)["results"])

    def timeline(self, reference: str) -> Iterator[Event]:
        """Read what happened to one takedown, in order of recording."""
        return self._pages(_path(reference, "/events"), {})

    def events(self, after: int = 0, **filters: Any) -> Iterator[Event]:
        """Read every event recorded since the one with the id `after`, and end.

        `kind` and `reference`, one or a list, leave out all others.
        """
        while page := self._page(after, wait=0, **filters):
            yield from page
            after = page[-1]["id"]

    def follow(self, after: int = 0, *, wait: int = 30) -> Iterator[Event]:
        """Read on for ever; keep the last id to go on from there after a restart of yours.

        A tracker that restarts, is slow or cannot be reached is asked again until it answers, after
        pauses that grow to half a minute; only a refusal ends it, like that of a revoked token.
        """
        while True:
            for event in self._page(after, wait=wait, is_patient=True):
                yield event
                after = event["id"]

    def head(self) -> dict[str, Any]:
        """Read the head of the event chain, to keep it elsewhere."""
        return cast(dict[str, Any], self._call("GET", "/integrity/head"))

    def platforms(self) -> Iterator[dict[str, Any]]:
        """Read what is known of every platform."""
        return self._pages("/platforms", {})

    def platform(self, slug: str) -> dict[str, Any]:
        """Read what is known of one platform."""
        return cast(dict[str, Any], self._call("GET", f"/platforms/{quote(slug, safe='')}"))

    def categories(self) -> Iterator[dict[str, Any]]:
        """Read the categories with their labels."""
        return self._pages("/categories", {})

    def response_times(self, **question: Any) -> dict[str, Any]:
        """Read how fast platforms answer: `response_times(by="month", from_="2026-01-01")`."""
        path = f"/metrics/response-times{_query(question)}"
        return cast(dict[str, Any], self._call("GET", path))

    def response_times_csv(self, **question: Any) -> str:
        """Read the same as a table (CSV)."""
        path = f"/metrics/response-times{_query(question)}"
        return cast(str, self._call("GET", path, headers={"Accept": "text/csv"}))

    def curve(self, **question: Any) -> dict[str, Any]:
        """Read one clock to draw it: `curve(clock="gone", platform="x")`."""
        return cast(dict[str, Any], self._call("GET", f"/metrics/curve{_query(question)}"))

    def comparison(self, **question: Any) -> dict[str, Any]:
        """Set each platform beside all others: `comparison(clock="gone", category="csam")`."""
        return cast(dict[str, Any], self._call("GET", f"/metrics/comparison{_query(question)}"))

    def reports(self, **days: str) -> Iterator[dict[str, Any]]:
        """Read the reports whose days lie within `from_` and `to`, the newest days first."""
        return self._pages("/reports", days)

    def report(self, number: int) -> dict[str, Any]:
        """Read a report as it is worked on, with the `document` it would be frozen as now."""
        return cast(dict[str, Any], self._call("GET", f"/reports/{number}"))

    def begin_report(
        self, kind: str, from_: str, to: str, *, key: str | None = None
    ) -> dict[str, Any]:
        """Begin a report: `begin_report("article_22", "2026-01-01", "2027-01-01")`."""
        body = {"kind": kind, "from": from_, "to": to}
        return cast(dict[str, Any], self._post("/reports", body, key))

    def amend_report(self, number: int, version: int, **changed: Any) -> dict[str, Any]:
        """Change `texts`, `figures` or `languages`, or name the cells of one as `confirmed`."""
        tag = {"If-Match": f'"v{version}"'}
        path = f"/reports/{number}"
        return cast(dict[str, Any], self._call("PATCH", path, changed, headers=tag))

    def report_checks(self, number: int) -> dict[str, Any]:
        """Read what is to be looked at before the freeze."""
        return cast(dict[str, Any], self._call("GET", f"/reports/{number}/checks"))

    def freeze_report(self, number: int, version: int, *, key: str | None = None) -> dict[str, Any]:
        """Freeze a report as its next version; Refused while something blocks it."""
        tag = {"If-Match": f'"v{version}"'}
        path = f"/reports/{number}/freeze"
        frozen = self._call("POST", path, key=key or str(uuid.uuid4()), headers=tag)
        return cast(dict[str, Any], frozen)

    def frozen_report(self, number: int, version: int) -> dict[str, Any]:
        """Read the numbers and words of a report as they were frozen."""
        return cast(dict[str, Any], self._call("GET", f"/reports/{number}/versions/{version}"))

    def report_file(
        self, number: int, version: int, media_type: str, *, language: str | None = None
    ) -> bytes:
        """Read a form of a frozen report: `report_file(1, 1, "application/pdf")`."""
        path = f"/reports/{number}/versions/{version}{_query({'language': language})}"
        return cast(bytes, self._call("GET", path, headers={"Accept": media_type}, is_file=True))

    def report_changes(self, number: int, version: int) -> dict[str, Any]:
        """Read what is different in a version against the one before it."""
        path = f"/reports/{number}/versions/{version}/diff"
        return cast(dict[str, Any], self._call("GET", path))

    def live(self) -> dict[str, Any]:
        """Ask whether the process answers."""
        return cast(dict[str, Any], self._call("GET", "/health/live"))

    def ready(self) -> dict[str, Any]:
        """Ask whether it can work; Unavailable where it cannot."""
        return cast(dict[str, Any], self._call("GET", "/health/ready"))

    def _page(
        self, after: int, *, wait: int, is_patient: bool = False, **filters: Any
    ) -> list[Event]:
        path = f"/events{_query({'after': after, 'limit': 100, 'wait': wait, **filters})}"
        return cast(list[Event], self._call("GET", path, is_patient=is_patient)["data"])

    def _pages(self, path: str, filters: dict[str, Any], body: Any = None) -> Iterator[Any]:
        """Read a list to its end; a cursor goes with the same filters and body only."""
        asked = {"limit": 100, **filters}
        while True:
            page = self._call("GET" if body is None else "POST", path + _query(asked), body)
            yield from page["data"]
            if page["next_cursor"] is None:
                return
            asked["cursor"] = page["next_cursor"]

    def _post(self, path: str, body: dict[str, Any], key: str | None) -> Any:
        return self._call("POST", path, body, key or str(uuid.uuid4()))

    def _call(
        self,
        method: str,
        path: str,
        body: Any = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        *,
        is_patient: bool = False,
        is_file: bool = False,
    ) -> Any:
        """Call until there is an answer that will not change by waiting; patience has no end."""
        headers = {**(headers or {}), **({"Idempotency-Key": key} if key is not None else {})}
        attempt = 0
        while True:
            attempt += 1
            is_last = attempt >= self._attempts and not is_patient
            pause = min(LONGEST_PAUSE_SECONDS, PAUSE_SECONDS * 2 ** min(attempt - 1, 10))
            pause *= random.uniform(0.5, 1.0)  # noqa: S311 - spreads callers, guards nothing
            try:
                answer = self._http.request(method, path, json=body, headers=headers)
            except httpx.TransportError:
                if is_last:
                    raise
            else:
                if answer.is_success:
                    return answer.content if is_file else _read(answer)
                problem = _problem(answer)
                if is_last or not _is_passing(problem):
                    raise problem
                pause = min(_asked_pause(answer) or pause, LONGEST_ASKED_SECONDS)
            self._sleep(pause)


def _path(reference: str, part: str = "") -> str:
    return f"/takedowns/{quote(reference, safe='')}{part}"


def _query(values: dict[str, Any]) -> str:
    """Write filters as a query; a list with commas between, `from_` for Python's own word."""
    told = {name.rstrip("_"): _text(value) for name, value in values.items() if value is not None}
    return f"?{urlencode(told)}" if told else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, list | tuple) else str(value)


def _read(answer: httpx.Response) -> Any:
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    return answer.json() if is_json else answer.text


def _problem(answer: httpx.Response) -> Problem:
    is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    body = answer.json() if is_problem else {"detail": answer.reason_phrase}
    kind = Unavailable if answer.is_server_error else KINDS.get(answer.status_code, Problem)
    return kind(answer.status_code, body)


def _is_passing(problem: Problem) -> bool:
    """Tell whether waiting may help: it is too much or too early, or something there is broken."""
    return problem.status >= 500 or problem.status in (408, 429) or problem.code == "in_flight"


def _asked_pause(answer: httpx.Response) -> float | None:
    """Return how many seconds the tracker asks to wait: Retry-After is a number or a date."""
    asked = answer.headers.get("retry-after", "")
    if asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
