"""One Idempotency-Key, used by many callers of two servers at once, does the work once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import main
from app.context import Context
from app.kit.database import Database
from tests.api_client import ApiClient
from tests.broken import Unordered

CALLERS = 50
BODY = {
    "case_ref": "C-1",
    "category": "csam",
    "urls": ["https://www.instagram.com/p/C7aB2cD3eF4/"],
    "explanation": "Assessed by a trained analyst.",
}


@contextmanager
def server(api: ApiClient, parts: Context, database: Database) -> Iterator[ApiClient]:
    """The same caller at another server, over the same data."""
    try:
        app = main.create_app(Context(parts.settings, database, parts.clock, parts.workspace))
        with TestClient(app) as client:
            caller = ApiClient(client, "")
            caller.headers = api.headers
            yield caller
    finally:
        database.close()


@pytest.fixture
def second(api: ApiClient, parts: Context, address: str) -> Iterator[ApiClient]:
    database = Database(address, parts.database.vault, parts.clock)
    with server(api, parts, database) as caller:
        yield caller


def answered_at_once(callers: Sequence[ApiClient]) -> list[Any]:
    """The answers to one request, with one key, by many callers at once."""
    start = Barrier(len(callers))

    def ask(caller: ApiClient) -> Any:
        start.wait()
        return caller.request("POST", "/takedowns", BODY, **{"Idempotency-Key": "once"})

    with ThreadPoolExecutor(len(callers)) as pool:
        return list(pool.map(ask, callers))


def refusals(answers: Sequence[Any]) -> set[str]:
    """What was said instead of the one thing done, other than to ask again."""
    refused = {answer.json()["code"] for answer in answers if answer.status_code != 201}
    return refused - {"in_flight"}


def test_fifty_callers_with_one_key_make_one_takedown(api: ApiClient, second: ApiClient) -> None:
    answers = answered_at_once([api, second] * (CALLERS // 2))

    made = {answer.json()["reference"] for answer in answers if answer.status_code == 201}
    [takedown] = api.get("/takedowns")["data"]
    assert made == {takedown["reference"]}
    assert refusals(answers) == set()
    again = second.request("POST", "/takedowns", BODY, **{"Idempotency-Key": "once"})
    assert again.json()["reference"] == takedown["reference"]
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_servers_whose_writers_begin_at_once_are_found_to_fail(
    api: ApiClient, parts: Context, address: str
) -> None:
    api.get("/takedowns")  # so that the token's use is written down already
    with ExitStack() as both:
        callers = [
            both.enter_context(
                server(api, parts, Unordered(address, parts.database.vault, parts.clock))
            )
            for _ in range(2)
        ]

        assert refusals(answered_at_once(callers)) == {"unavailable"}
