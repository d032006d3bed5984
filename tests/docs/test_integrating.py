"""The case system of docs/integrating.md, over a network and a server that fail it."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.api import problem_types
from app.context import Context
from app.kit.settings import ROOT
from docs.client.takedown_tracker import Conflict, Tracker
from tests.docs.test_client import LosesAnswers, on_sqlite

PAGE = (ROOT / "docs/integrating.md").read_text("utf-8")
URL = "https://x.com/zzfixture/status/179000000000000000"


def case_system(tracker: Tracker) -> Any:
    """Take the page at its word."""
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    words: dict[str, Any] = {"Conflict": Conflict}
    exec(example, words)
    return words["CaseSystem"](tracker)


@contextmanager
def served(parts: Context, port: int) -> Iterator[None]:
    config = uvicorn.Config(main.create_app(parts), port=port, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


class Slow(LosesAnswers):
    """A network that loses answers, and gives up on the first calls before they arrive."""

    waits = 2

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.waits:
            self.waits -= 1
            raise httpx.ReadTimeout("too slow", request=request)
        return super().handle_request(request)


@on_sqlite
def test_it_survives_restarts_lost_answers_and_a_slow_server(parts: Context) -> None:
    with parts.database.write() as unit:
        token = access.add_token(unit, "case system", SCOPES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    network = Slow(2)

    def pause(_: float) -> None:
        time.sleep(0.3)

    with Tracker(f"http://127.0.0.1:{port}", token, transport=network, sleep=pause) as tracker:
        mine = case_system(tracker)
        with served(parts, port):
            mine.report(1, "csam_ai", f"{URL}1", "Assessed.")
            mine.report(2, "csam_ai", f"{URL}2", "Assessed.")
            tracker.submit(mine.references[1])
            mine.catch_up()
        again = meanwhile(lambda: mine.report(1, "csam_ai", f"{URL}1", "Assessed."))
        with served(parts, port):  # it was away when that call began
            again.join()
            mine.report(3, "csam_ai", f"{URL}1", "Assessed.")  # reported already
            tracker.record(mine.references[1], "decided", outcome="removed")
            mine.catch_up()
            logged = [event["reference"] for event in tracker.events(kind="logged")]

    assert mine.news == [("CASE-1", "submitted"), ("CASE-1", "decided")]
    assert logged == [mine.references[1], mine.references[2]]
    assert mine.references[3] == mine.references[1]


def meanwhile(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.1)
    return thread


def test_every_code_the_page_names_is_one() -> None:
    known = {*problem_types.KINDS, *problem_types.fault_codes()}
    named = set(re.findall(r"\b4\d\d `([a-z_]+)`", PAGE))

    assert len(named) > 4
    assert named - known == set()
