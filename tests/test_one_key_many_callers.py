"""One Idempotency-Key, used by many callers of two servers at once, does the work once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import main
from app.kit.database import Database
from app.parts import Context
from tests.callers import Caller

CALLERS = 50
BODY = {
    "case_ref": "C-1",
    "category": "csam",
    "urls": ["https://www.instagram.com/p/C7aB2cD3eF4/"],
    "explanation": "Assessed by a trained analyst.",
}


@pytest.fixture
def second(call: Caller, parts: Context, address: str) -> Iterator[Caller]:
    """The same caller at another server over the same database."""
    database = Database(address, parts.database.vault, parts.clock)
    with TestClient(
        main.create_app(Context(parts.settings, database, parts.clock, parts.desk))
    ) as client:
        caller = Caller(client, "")
        caller.headers = call.headers
        yield caller
    database.close()


def test_fifty_callers_with_one_key_make_one_takedown(call: Caller, second: Caller) -> None:
    start = Barrier(CALLERS)

    def ask(number: int) -> Any:
        start.wait()
        return (call, second)[number % 2]("POST", "/takedowns", BODY, **{"Idempotency-Key": "once"})

    with ThreadPoolExecutor(CALLERS) as pool:
        answers = list(pool.map(ask, range(CALLERS)))

    made = [answer.json()["reference"] for answer in answers if answer.status_code == 201]
    refused = [answer.json()["code"] for answer in answers if answer.status_code != 201]
    [takedown] = call.get("/takedowns")["data"]
    assert set(made) == {takedown["reference"]}
    assert set(refused) <= {"in_flight"}
    again = second("POST", "/takedowns", BODY, **{"Idempotency-Key": "once"})
    assert again.json()["reference"] == takedown["reference"]
    assert again.headers["Idempotent-Replayed"] == "true"
