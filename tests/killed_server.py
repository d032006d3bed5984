"""A server killed again and again while caseworkers log takedowns: what became of each."""

import signal
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import httpx2

from app import main, proof
from app.kit import settings as settings_of
from tests.server_process import AS_SERVED, Server, made_ready, serving

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


class Outcome(NamedTuple):
    """What callers were told of each case, how often nobody told them, and what is there."""

    answered: dict[str, str]
    unanswered: int
    found: dict[str, str]


def after_kills(
    folder: Path, address: str, kills: int, command: Sequence[str] = AS_SERVED, answers: int = 60
) -> Outcome:
    """Log takedowns while the server is killed again and again; ask once more where it was mute.

    Each kill comes once up to so many answers have been given, so that a slow machine is killed at
    work like a fast one.
    """
    token = made_ready(folder, database_url=address)
    dice = Random(kills)
    caseworkers = [Caseworker(f"C{number}") for number in range(CALLERS)]
    unanswered = told = 0
    for _ in range(kills):
        told += dice.randint(1, answers)
        with (
            serving(folder, token, command, TAKEDOWN_DATABASE_URL=address) as server,
            ThreadPoolExecutor(CALLERS) as pool,
        ):
            at_work = [pool.submit(caseworker.work, server) for caseworker in caseworkers]
            while known(caseworkers) < told and not all(work.done() for work in at_work):
                time.sleep(0.001)
            server.signal(signal.SIGKILL)
        assert [ended.result() for ended in at_work] == [None] * CALLERS
        unanswered += sum(len(caseworker.unanswered) for caseworker in caseworkers)
        told = known(caseworkers)

    with serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server:
        open_ended = [case for caseworker in caseworkers for case in caseworker.unanswered]
        answered = {case: logged(server, case) for case in open_ended}
        for caseworker in caseworkers:
            answered |= caseworker.answered
        return Outcome(answered, unanswered, listed(server))


def known(caseworkers: Sequence[Caseworker]) -> int:
    """How many takedowns they were told of."""
    return sum(len(caseworker.answered) for caseworker in caseworkers)


def faults(folder: Path, address: str) -> list[str]:
    parts = main.context(settings_of.read(folder, database_url=address))
    with parts.database.read() as unit:
        found = [str(fault) for fault in proof.faults(unit)]
    parts.database.close()
    return found


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
