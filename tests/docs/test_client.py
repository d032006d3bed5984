"""The client in docs/client against the real server, and against a network that fails."""

import re
import signal
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import uvicorn

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.api import application
from app.context import Context
from docs.client import takedown_tracker
from docs.client.takedown_tracker import Conflict, NotAllowed, NotFound, Refused, Tracker
from tests.factories import EIGHT_LINKS
from tests.server_process import free_port, made_ready, serving

URL = "https://x.com/zzfixture/status/1790000000000000001"
ADDRESS = "http://127.0.0.1:8000"
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


class Server(NamedTuple):
    """Where the tracker runs, and a token that may do everything."""

    url: str
    token: str


@pytest.fixture
def server(parts: Context) -> Iterator[Server]:
    with parts.database.write() as unit:
        token = access.add_token(unit, "case system", SCOPES)
    config = uvicorn.Config(main.create_app(parts), port=0, log_level="error", ws="none")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield Server(f"http://127.0.0.1:{port}", token)
    running.should_exit = True
    thread.join()


@on_sqlite
def test_the_example_of_the_client_works(server: Server) -> None:
    documentation = takedown_tracker.__doc__ or ""
    [example] = re.findall(r"\n\n(    with .*?)\n\n", documentation, re.DOTALL)
    kinds: list[str] = []
    words: dict[str, Any] = {"Tracker": Tracker, "token": server.token, "kinds": kinds}

    told = textwrap.dedent(example).replace(ADDRESS, server.url)
    exec(told.replace("...", 'kinds.append(event["kind"])'), words)

    assert kinds == ["logged", "submitted", "decided"]


@on_sqlite
def test_pasted_text_becomes_takedowns_with_notices(server: Server) -> None:
    text = "\n".join(EIGHT_LINKS)
    with Tracker(server.url, server.token) as tracker:
        shown = tracker.intake("CASE-1", "csam_ai", text, dry_run=True, explanation="Assessed.")
        made = tracker.intake("CASE-1", "csam_ai", text, explanation="Assessed.")
        first = made["takedowns"][0]["reference"]

        assert len(shown["takedowns"]) == len(made["takedowns"]) == 8
        assert tracker.notice(first)["ready"] is True
        assert tracker.takedown(first)["stage"] == "draft"


@on_sqlite
def test_refusals_are_raised_as_what_they_are(server: Server) -> None:
    with Tracker(server.url, server.token) as tracker:
        created = tracker.create("CASE-1", "csam_ai", [URL])
        with pytest.raises(Conflict) as reported:
            tracker.create("CASE-2", "csam_ai", [URL])
        with pytest.raises(Refused) as refused:
            tracker.create("a name", "csam_ai", [URL])
        with pytest.raises(NotFound):
            tracker.takedown("TD-222222")
    with Tracker(server.url, "tdk_nobody") as stranger, pytest.raises(NotAllowed) as unknown:
        stranger.takedown(created["reference"])

    assert (reported.value.code, reported.value.references) == (
        "already_reported",
        [created["reference"]],
    )
    assert [fault.pointer for fault in refused.value.faults] == ["/case_ref"]
    assert unknown.value.status == 401


@on_sqlite
def test_the_feed_goes_on_where_it_was_left_and_waits_for_news(server: Server) -> None:
    with Tracker(server.url, server.token) as tracker:
        reference = tracker.create("CASE-1", "csam_ai", [URL])["reference"]
        tracker.record(reference, "noted", text="Seen by a colleague.")
        known = [event["id"] for event in tracker.events()]
        later = threading.Timer(0.1, tracker.record, [reference, "held"], {"reason": "other"})
        later.start()

        news = next(tracker.follow(known[-1], wait=10))
        later.join()

        assert (known, news["id"], news["kind"]) == ([1, 2], 3, "held")
        assert [event["id"] for event in tracker.events(after=1)] == [2, 3]


class Listens(httpx.HTTPTransport):
    """A network that notes which calls of the contract go over it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[str] = set()
        self.names = {
            (method.upper(), re.compile(re.sub(r"\\{case_ref\\}", ".+", _pattern(path)))): name
            for path, calls in application.build().openapi()["paths"].items()
            for method, call in calls.items()
            if (name := call["operationId"])
        }

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        found = [
            name
            for (method, path), name in self.names.items()
            if method == request.method and path.fullmatch(request.url.path)
        ]
        self.heard |= {found[0]}
        return super().handle_request(request)


def _pattern(path: str) -> str:
    """Write a path of the contract as an expression; search is no reference, bulk no number."""
    return re.sub(r"\\\{(reference|slug|number|id|n)\\\}", "(?!search)[^/]+", re.escape(path))


@on_sqlite
def test_every_call_of_the_contract_has_a_method(server: Server) -> None:
    network = Listens()
    with Tracker(server.url, server.token, transport=network) as tracker:
        told = work_through(tracker)

    assert network.heard == set(network.names.values())
    assert told == WORKED


WORKED = {
    "amended": (True, 2),
    "found": 1,
    "listed": 3,
    "locators": "discord",
    "merged": 1,
    "noted": [201, 404],
    "edited": "Our analyst assessed it.",
    "notices": 1,
    "kinds": ["logged", "amended", "submitted", "noted"],
    "filtered": ["submitted"],
    "online": 2,
    "table": "key,label,takedowns",
    "figures": (0, "gone", ["too_early"]),
    "known": ("x", True, True),
    "health": ("live", "ready"),
    "reported": ([1], 41, 2, "table,row,column,value"),
    "head": 8,
}


def work_through(tracker: Tracker) -> dict[str, Any]:
    """Make every call once; returns what shows that each came back as what it is."""
    created = tracker.create("CASE-1", "csam_ai", [URL], explanation="Assessed.")
    reference = created["reference"]
    by_account = tracker.create(
        "CASE-1", "csam_ai", platform="discord", locators=[{"account": "zz_fixture"}]
    )
    tracker.intake("CASE-2", "csam_ai", urls=["https://www.instagram.com/p/C7aB2cD3eF4/"])
    amended = tracker.change(reference, lambda read: {"urgent": not read["urgent"]})
    edited = tracker.edit_notice(reference, {"explanation": WORKED["edited"]}, purpose="first")
    [words] = [one["value"] for one in edited["fields"] if one["id"] == "explanation"]
    tracker.discard_edits(reference, purpose="first")
    tracker.submit(reference)
    noted = tracker.record_all([reference, "TD-222222"], "noted", text="Asked by telephone.")
    table = tracker.response_times_csv(by="category", from_="2026-01-01")
    return {
        "amended": (amended["urgent"], amended["version"]),
        "found": len(list(tracker.search(url=URL))),
        "listed": len(list(tracker.takedowns(overdue=False, limit=2))),
        "locators": by_account["platform"],
        "merged": len(tracker.recognise(f"{URL} {URL}?s=20")["links"]),
        "noted": [one["status"] for one in noted],
        "edited": words,
        "notices": len(list(tracker.notices(reference))),
        "kinds": [one["kind"] for one in tracker.timeline(reference)],
        "filtered": [one["kind"] for one in tracker.events(kind=["submitted", "decided"])],
        "online": len(tracker.case("CASE-1")["still_online"]),
        "table": table[:19],
        "figures": (
            len(tracker.response_times(platform="tiktok")["groups"]),
            tracker.curve(clock="gone")["clock"],
            [one["verdict"] for one in tracker.comparison(platform="x")["platforms"]],
        ),
        "known": (
            tracker.platform("x")["slug"],
            len(list(tracker.platforms())) > 10,
            len(list(tracker.categories())) > 10,
        ),
        "health": (tracker.live()["status"], tracker.ready()["status"]),
        "reported": _reported(tracker),
        "head": _head(tracker, reference),
    }


def _reported(tracker: Tracker) -> tuple[list[int], int, int, str]:
    """Freeze a report twice, a figure given in between, and read it back."""
    report = tracker.begin_report("campaign", "2026-01-01", "2027-01-01")["id"]
    cells = tracker.report_checks(report)["cells_of_one"]
    confirmed = tracker.amend_report(report, 1, confirmed=cells)
    tracker.freeze_report(report, confirmed["version"])
    version = tracker.report(report)["version"]
    changed = tracker.amend_report(report, version, figures={"reports_received": 41})
    frozen = tracker.freeze_report(report, changed["version"])
    table = tracker.report_file(report, 1, "text/csv", language="nl").decode()
    assert tracker.frozen_report(report, 2)["kind"] == "campaign"
    [figure] = tracker.report_changes(report, 2)["figures"]
    listed = [one["id"] for one in tracker.reports(from_="2026-01-01")]
    return listed, figure["after"], frozen["number"], table.splitlines()[0]


def _head(tracker: Tracker, reference: str) -> int:
    """Read what is sealed last: the notices as they went out, and the head of the chain."""
    assert tracker.takedown(reference)["stage"] == "submitted"
    assert tracker.notice(reference, language="nl")["language"] == "nl"
    assert tracker.frozen_notice(reference, 1)["number"] == 1
    assert tracker.record(reference, "decided", outcome="refused")["kind"] == "decided"
    sent = tracker.send_notice(reference, "complaint", reason="It is unlawful.", no_ticket=True)
    assert sent["event"]["kind"] == "complained"
    return int(tracker.head()["number"])


@on_sqlite
def test_a_change_of_what_was_changed_meanwhile_is_made_anew(server: Server) -> None:
    with Tracker(server.url, server.token) as tracker:
        reference = tracker.create("CASE-1", "csam_ai", [URL])["reference"]
        read = list[int]()

        def decided(takedown: takedown_tracker.Takedown) -> dict[str, Any]:
            read.append(takedown["version"])
            if len(read) == 1:  # a colleague is faster
                tracker.amend(reference, 1, language="nl")
            return {"urgent": True}

        changed = tracker.change(reference, decided)
        with pytest.raises(takedown_tracker.Stale) as stale:
            tracker.amend(reference, 1, urgent=False)

    assert (read, changed["version"], stale.value.status) == ([1, 2], 3, 412)


class LosesAnswers(httpx.HTTPTransport):
    """A network that delivers every call but loses the answers to the first ones."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if self.count == 0:
            return answer
        self.count -= 1
        answer.read()
        raise httpx.ReadError("connection reset", request=request)


@on_sqlite
def test_a_lost_answer_does_nothing_twice(server: Server) -> None:
    pauses: list[float] = []
    lossy = LosesAnswers(2)
    with Tracker(server.url, server.token, transport=lossy, sleep=pauses.append) as tracker:
        created = tracker.create("CASE-1", "csam_ai", [URL])

        assert [event["reference"] for event in tracker.events()] == [created["reference"]]
    assert [0.25 <= pauses[0] <= 0.5, 0.5 <= pauses[1] <= 1.0, len(pauses)] == [True, True, 2]


def test_it_waits_as_long_as_it_is_asked_and_keeps_its_key() -> None:
    keys, pauses = [], list[float]()
    told = [
        httpx.Response(429, headers={"Retry-After": "7"}, json={}),
        httpx.Response(503, headers={"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}),
        httpx.Response(
            409,
            headers={"Content-Type": "application/problem+json", "Retry-After": "2"},
            json={"code": "in_flight"},
        ),
        httpx.Response(201, json={"id": 1}),
    ]

    def answered(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        return told[len(keys) - 1]

    network = httpx.MockTransport(answered)
    with Tracker(ADDRESS, "tdk_1", transport=network, sleep=pauses.append) as tracker:
        event = tracker.record("TD-222222", "reminded", key="of my own")

    assert (event["id"], keys) == (1, ["of my own"] * 4)
    assert (pauses[0], 0.5 <= pauses[1] <= 1.0, pauses[2]) == (7, True, 2)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (httpx.Response(503), takedown_tracker.Unavailable),
        (httpx.ConnectError("refused"), httpx.ConnectError),
    ],
)
def test_it_gives_up_after_its_attempts(
    answer: httpx.Response | Exception, raised: type[Exception]
) -> None:
    calls = []

    def answered(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        if isinstance(answer, Exception):
            raise answer
        return answer

    network = httpx.MockTransport(answered)
    tracker = Tracker(ADDRESS, "tdk_1", attempts=3, transport=network, sleep=lambda _: None)
    with tracker, pytest.raises(raised):
        tracker.takedown("TD-222222")

    assert calls == ["/api/v1/takedowns/TD-222222"] * 3


EVENT = {"id": 1, "kind": "logged"}
TROUBLES: list[httpx.Response | httpx.TransportError] = [
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("no route"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("closed without an answer"),
    httpx.ReadError("connection reset"),
    httpx.Response(408, json={}),
    httpx.Response(429, headers={"Retry-After": "7"}, json={}),
    httpx.Response(500, text="Internal Server Error"),
    httpx.Response(502, html="<h1>Bad Gateway</h1>"),
    httpx.Response(503, headers={"Retry-After": "86400"}),
    httpx.Response(200, json={"data": [], "next_cursor": None}),
]


def test_it_follows_through_any_trouble_with_growing_pauses() -> None:
    pauses, told = list[float](), [*TROUBLES, *TROUBLES]

    def answered(request: httpx.Request) -> httpx.Response:
        if not told:
            return httpx.Response(200, json={"data": [EVENT]})
        now = told.pop(0)
        if isinstance(now, Exception):
            raise now
        return httpx.Response(now.status_code, headers=now.headers, content=now.content)

    network = httpx.MockTransport(answered)
    with Tracker(ADDRESS, "tdk_1", attempts=2, transport=network, sleep=pauses.append) as tracker:
        event = next(tracker.follow())

    once = [0.5, 1, 2, 4, 8, 16, 7, 30, 30, 120]
    assert event == EVENT
    assert [
        longest / 2 <= pause <= longest for pause, longest in zip(pauses, once * 2, strict=True)
    ] == [True] * 20


@pytest.mark.parametrize("status", [401, 403, 422])
def test_a_refusal_ends_the_following(status: int) -> None:
    network = httpx.MockTransport(lambda _: httpx.Response(status, json={}))
    with (
        Tracker(ADDRESS, "tdk_1", transport=network) as tracker,
        pytest.raises(takedown_tracker.Problem) as refused,
    ):
        next(tracker.follow())

    assert refused.value.status == status


class Follower:
    """Follows the feed of a tracker in a thread of its own until it has read so many events."""

    def __init__(self, port: int, token: str, count: int) -> None:
        self.read: list[int] = []
        self._thread = threading.Thread(target=self._follow, args=[port, token, count])

    def __enter__(self) -> list[int]:
        self._thread.start()
        return self.read

    def __exit__(self, *_: object) -> None:
        self._thread.join(120)

    def _follow(self, port: int, token: str, count: int) -> None:
        with Tracker(f"http://127.0.0.1:{port}", token, sleep=lambda _: time.sleep(0.05)) as one:
            for event in one.follow(wait=5):
                self.read.append(event["id"])
                if len(self.read) == count:
                    return


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_it_follows_a_tracker_that_is_killed_and_restarted(
    tmp_path: Path, empty: Callable[[str], str], kind: str
) -> None:
    folder, address, port = tmp_path / "data", empty(kind), free_port()
    token = made_ready(folder, database_url=address)
    signs = [signal.SIGKILL, signal.SIGTERM, signal.SIGKILL, signal.SIGTERM]

    with Follower(port, token, 2 * len(signs)) as read:
        for number, sign in enumerate(signs):
            with serving(folder, token, port=port, TAKEDOWN_DATABASE_URL=address) as server:
                for part in ("a", "b"):
                    body = {"case_ref": f"C-{number}{part}", "category": "csam_ai"}
                    url = f"https://x.com/zzfixture/status/179000000000000{number}{ord(part):03}"
                    made = server.client.post("/takedowns", json={**body, "urls": [url]})
                    assert made.status_code == 201
                server.end(sign)

    assert read == list(range(1, 2 * len(signs) + 1))
