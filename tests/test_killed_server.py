"""A server that was killed loses nothing it had answered for, and does nothing twice."""

import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app import main
from app.kit import settings as settings_of
from tests.serving import Server, made_ready, serving

KILLS = 3
CALLERS = 6


class Caseworker:
    """Logs one takedown after the other until nobody answers any more."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.numbers = count()
        self.answered: dict[str, str] = {}
        self.unanswered: list[str] = []

    def work(self, server: Server) -> None:
        try:
            for case_ref in list(self.unanswered):
                self.log(server, case_ref)
            while True:
                self.log(server, f"{self.name}-{next(self.numbers)}")
        except httpx2.TransportError:
            pass

    def log(self, server: Server, case_ref: str) -> None:
        if case_ref not in self.unanswered:
            self.unanswered.append(case_ref)
        reference = logged(server, case_ref)
        self.unanswered.remove(case_ref)
        self.answered[case_ref] = reference


def logged(server: Server, case_ref: str) -> str:
    body = {
        "case_ref": case_ref,
        "category": "csam",
        "platform": "other",
        "urls": [f"https://zz-fixture.example/{case_ref}"],
        "explanation": "Assessed by a trained analyst.",
    }
    key = {"Idempotency-Key": f"key of {case_ref}"}
    answer = server.client.post("/takedowns", json=body, headers=key)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


@pytest.mark.parametrize(
    "address", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
def test_what_was_answered_is_there_once_after_every_kill(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder, database_url=address)
    caseworkers = [Caseworker(f"C{number}") for number in range(CALLERS)]
    for _ in range(KILLS):
        with (
            serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server,
            ThreadPoolExecutor(CALLERS) as pool,
        ):
            at_work = [pool.submit(caseworker.work, server) for caseworker in caseworkers]
            time.sleep(0.5)
            server.process.send_signal(signal.SIGKILL)
        assert [ended.result() for ended in at_work] == [None] * CALLERS

    with serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server:
        open_ended = [case for caseworker in caseworkers for case in caseworker.unanswered]
        answered = {case: logged(server, case) for case in open_ended}
        for caseworker in caseworkers:
            answered |= caseworker.answered
        found = listed(server)
    assert len(open_ended) == CALLERS < len(answered)
    assert found == answered
    parts = main.context(settings_of.read(folder, database_url=address))
    with parts.database.read() as unit:
        assert list(main.proof(unit, parts.desk)) == []
    parts.database.close()


def listed(server: Server) -> dict[str, str]:
    """Every takedown by its case, which has exactly one."""
    rows: list[Any] = []
    cursor = ""
    while cursor is not None:
        page = server.client.get(f"/takedowns?limit=100{cursor}").json()
        rows += page["data"]
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    assert set(Counter(row["case_ref"] for row in rows).values()) == {1}
    return {row["case_ref"]: row["reference"] for row in rows}
