"""The client in docs/client against the real server, and against a network that fails."""

import re
import textwrap
import threading
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
import uvicorn

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.parts import Context
from docs.client import takedown_tracker
from docs.client.takedown_tracker import Conflict, NotAllowed, NotFound, Refused, Tracker
from tests.factories import EIGHT_LINKS

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
