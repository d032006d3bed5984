"""How what went wrong is told, and what of it reaches the log."""

import logging
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.http.small_app import TOKEN, TROUBLES, make

HEADERS = {"Authorization": f"Bearer {TOKEN}", "X-Request-ID": "r-1"}
INTERNAL = {
    "type": "/problems/internal-error",
    "title": "Internal error",
    "status": 500,
    "detail": "Something failed here; the request id finds it in the server's log.",
    "code": "internal_error",
}
UNAVAILABLE = {
    "type": "/problems/unavailable",
    "title": "Unavailable",
    "status": 503,
    "detail": "The database cannot take this now; repeat the call with the same Idempotency-Key.",
    "code": "unavailable",
}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(make(), headers=HEADERS)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "problem",
            {
                "type": "/problems/no-version",
                "title": "No version",
                "status": 428,
                "detail": "Send If-Match.",
                "code": "no_version",
            },
        ),
        (
            "not_allowed_now",
            {
                "type": "/problems/not-allowed-now",
                "title": "Not allowed now",
                "status": 409,
                "detail": "Record the submission first.",
                "code": "not_allowed_now",
                "reason": "not_submitted",
            },
        ),
        (
            "conflict",
            {
                "type": "/problems/already-reported",
                "title": "Conflict",
                "status": 409,
                "detail": "It is reported.",
                "code": "already_reported",
                "references": ["TD-222222", "TD-333333"],
            },
        ),
        (
            "conflict_alone",
            {
                "type": "/problems/token-name-taken",
                "title": "Conflict",
                "status": 409,
                "detail": "Choose another name.",
                "code": "token_name_taken",
            },
        ),
        (
            "stale",
            {
                "type": "/problems/stale",
                "title": "Changed meanwhile",
                "status": 412,
                "detail": "It was changed meanwhile; read it again, decide again, and send its new "
                "ETag.",
                "code": "stale",
            },
        ),
        (
            "no_such_thing",
            {
                "type": "/problems/not-found",
                "title": "Not found",
                "status": 404,
                "detail": "Nothing goes by that name.",
                "code": "not_found",
            },
        ),
        (
            "refused",
            {
                "type": "/problems/unknown-scope",
                "title": "Not accepted",
                "status": 422,
                "detail": "No such scope.",
                "code": "unknown_scope",
                "errors": [{"pointer": "/scopes", "code": "unknown", "detail": "Look."}],
            },
        ),
        ("cannot_open", INTERNAL),
        ("unforeseen", INTERNAL),
        ("twice", INTERNAL),
        ("no_file", INTERNAL),
        ("database_fault", UNAVAILABLE),
        (
            "other_schema",
            {
                "type": "/problems/not-migrated",
                "title": "Not ready",
                "status": 503,
                "detail": "the database needs takedown migrate",
                "code": "not_migrated",
            },
        ),
        ("busy", UNAVAILABLE),
        ("not_kept", UNAVAILABLE),
        ("disk_full", UNAVAILABLE),
    ],
)
def test_each_trouble_is_told_as_one_problem(
    client: TestClient, name: str, body: dict[str, Any]
) -> None:
    answer = client.get(f"/api/v1/trouble/{name}?case_ref=A-1")

    instance = f"/api/v1/trouble/{name}"
    assert answer.json() == body | {"instance": instance, "request_id": "r-1"}
    assert answer.status_code == body["status"]
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("problem", "X-A", "b"),
        ("database_fault", "Retry-After", "5"),
        ("disk_full", "Retry-After", "5"),
    ],
)
def test_a_problem_brings_its_header(client: TestClient, name: str, field: str, value: str) -> None:
    assert client.get(f"/api/v1/trouble/{name}").headers[field] == value


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("unforeseen", "RuntimeError"),
        ("twice", "IntegrityError"),
        ("cannot_open", "CannotOpen"),
    ],
)
def test_the_log_names_kind_and_place_and_nothing_else(
    client: TestClient, caplog: pytest.LogCaptureFixture, name: str, kinds: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(f"/api/v1/trouble/{name}?case_ref=A-1")

    ((line, trace),) = [
        (record.getMessage(), record.exc_info)
        for record in caplog.records
        if record.name.startswith("app.")
    ]
    place = r"tests\.http\.small_app:\d+ in app\.http\.front:\d+"
    assert (re.sub(place, "PLACE", line), trace) == (f"{kinds} at PLACE, request r-1", None)


@pytest.mark.parametrize("name", ["database_fault", "other_schema"])
def test_of_a_fault_of_the_database_the_log_names_the_mend(
    client: TestClient, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    client.get(f"/api/v1/trouble/{name}")

    found = [record for record in caplog.records if record.name.startswith("app.")]
    assert [(record.getMessage(), record.exc_info) for record in found] == [
        (f"{TROUBLES[name]}, request r-1", None)
    ]


def test_a_refusal_is_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/api/v1/trouble/conflict")

    assert [record for record in caplog.records if record.name.startswith("app.")] == []


def test_a_slash_too_many_is_not_found_instead_of_redirected(client: TestClient) -> None:
    answer = client.get("/api/v1/takedowns/", follow_redirects=False)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("address", "instance"),
    [
        ("/api/v1/takedowns/TD-222222/x?q=1", "/api/v1/takedowns/TD-222222/x"),
        ("/api/v1/nothing%20here%2Fat%C3%A9<all>?q=1", "/api/v1/nothing"),
        ("/api/v1/x/%3Cscript%3E", "/api/v1/x/"),
        ("/api/v1/x/https://host.example/path", "/api/v1/x/https"),
        ("/api/v1/x/host.example/path", "/api/v1/x/host"),
        ("/api/v1/" + "a" * 300, "/api/v1/" + "a" * 192),
    ],
)
def test_the_instance_is_the_address_as_far_as_it_is_plain(
    client: TestClient, address: str, instance: str
) -> None:
    assert client.get(address).json()["instance"] == instance


def test_without_the_front_an_unforeseen_error_is_a_problem_all_the_same() -> None:
    app = make()
    app.user_middleware.clear()

    answer = TestClient(app, raise_server_exceptions=False).get("/api/v1/trouble/unforeseen")

    assert answer.json() == INTERNAL | {"instance": "/api/v1/trouble/unforeseen", "request_id": ""}
