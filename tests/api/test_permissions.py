"""Who may call what: nothing is open by oversight, and what is missing is named."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.accounts import audit
from app.accounts.audit import Wanted
from app.accounts.permissions import SCOPES
from app.api import application
from app.api.dependencies import Needs
from app.kit.database import Database
from tests.api_client import ApiClient

WRITERS = {"takedowns:write"}
READERS = {"takedowns:read"}
RECORDERS = {"events:write"}
VIEWERS = {"metrics:read"}
REPORT_READERS = {"reports:read"}
REPORT_WRITERS = {"reports:write"}
PERMISSIONS: dict[tuple[str, str], set[str]] = {
    ("POST", "/recognise"): READERS,
    ("POST", "/intakes"): WRITERS,
    ("POST", "/takedowns"): WRITERS,
    ("GET", "/takedowns"): READERS,
    ("POST", "/takedowns/search"): READERS,
    ("GET", "/takedowns/{reference}"): READERS,
    ("PATCH", "/takedowns/{reference}"): WRITERS,
    ("GET", "/takedowns/{reference}/notice"): READERS,
    ("PUT", "/takedowns/{reference}/notice"): WRITERS,
    ("DELETE", "/takedowns/{reference}/notice"): WRITERS,
    ("POST", "/takedowns/{reference}/submission"): RECORDERS,
    ("POST", "/takedowns/{reference}/events"): RECORDERS,
    ("GET", "/takedowns/{reference}/events"): READERS,
    ("GET", "/takedowns/{reference}/notices"): READERS,
    ("POST", "/takedowns/{reference}/notices"): RECORDERS,
    ("GET", "/takedowns/{reference}/notices/{number}"): READERS,
    ("GET", "/cases/{case_ref}"): READERS,
    ("GET", "/events"): READERS,
    ("POST", "/events/bulk"): RECORDERS,
    ("GET", "/platforms"): READERS,
    ("GET", "/platforms/{slug}"): READERS,
    ("GET", "/categories"): READERS,
    ("GET", "/metrics/response-times"): VIEWERS,
    ("GET", "/metrics/curve"): VIEWERS,
    ("GET", "/metrics/comparison"): VIEWERS,
    ("GET", "/reports"): REPORT_READERS,
    ("POST", "/reports"): REPORT_WRITERS,
    ("GET", "/reports/{id}"): REPORT_READERS,
    ("PATCH", "/reports/{id}"): REPORT_WRITERS,
    ("GET", "/reports/{id}/checks"): REPORT_READERS,
    ("POST", "/reports/{id}/freeze"): REPORT_WRITERS,
    ("GET", "/reports/{id}/versions/{n}"): REPORT_READERS,
    ("GET", "/reports/{id}/versions/{n}/diff"): REPORT_READERS,
    ("GET", "/integrity/head"): READERS,
    ("GET", "/health/live"): set(),
    ("GET", "/health/ready"): set(),
}


def needed(route: Any) -> set[str]:
    needs = [found.call for found in route.dependant.dependencies]
    return {scope for need in needs if isinstance(need, Needs) for scope in need.scopes}


def asked(api: ApiClient, method: str, path: str, **headers: str) -> Any:
    address = path.replace("{reference}", "TD-222222").replace("{number}", "1")
    address = address.replace("{id}", "1").replace("{n}", "1")
    address = address.replace("{slug}", "x").replace("{case_ref}", "CASE-1")
    body = {} if method in ("POST", "PUT", "PATCH") else None
    return api.client.request(method, f"/api/v1{address}", json=body, headers=headers)


def declared(app: FastAPI) -> dict[tuple[str, str], set[str]]:
    """The scopes that each call of an application needs."""
    return {
        (method, context.path_format.removeprefix("/api/v1")): needed(context)
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.methods or ()
    }


def test_every_call_declares_what_it_needs() -> None:
    assert declared(application.build()) == PERMISSIONS


def test_a_call_left_open_is_seen() -> None:
    app = application.build()
    app.add_api_route("/api/v1/backdoor", lambda: None, methods=["DELETE"])

    assert declared(app) == PERMISSIONS | {("DELETE", "/backdoor"): set()}


def test_who_nobody_knows_may_do_nothing(api: ApiClient) -> None:
    for headers in ({}, {"Authorization": "Bearer tdk_unknown"}, {"Authorization": "Basic dGRr"}):
        for (method, path), scopes in PERMISSIONS.items():
            answer = asked(api, method, path, **headers)

            assert (answer.status_code == 401) == bool(scopes), (method, path)
            assert ("www-authenticate" in answer.headers) == bool(scopes)


def test_a_missing_scope_is_named_before_anything_else_is_looked_at(
    api: ApiClient, api_with: Any
) -> None:
    for scope in sorted({scope for scopes in PERMISSIONS.values() for scope in scopes}):
        lacking = api_with(*(other for other in SCOPES if other != scope))

        for (method, path), scopes in PERMISSIONS.items():
            answer = asked(api, method, path, **lacking.headers)
            refused = answer.status_code == 403
            assert refused == (scope in scopes), (method, path, answer.text)
            if refused:
                assert answer.json()["type"] == "/problems/missing-scope"
                assert (answer.json()["scope"], scope in answer.json()["detail"]) == (scope, True)


def test_a_token_that_is_refused_something_stands_in_the_audit_log(
    api: ApiClient, api_with: Any, database: Database
) -> None:
    limited = api_with("takedowns:read")

    assert asked(api, "GET", "/metrics/curve", **limited.headers).status_code == 403

    with database.read() as unit:
        [entry] = audit.page(unit, Wanted(action="denied"), before=None, limit=2)
    detail = {"lack": "scope metrics:read", "page": "GET /metrics/curve"}
    assert (entry.by, entry.detail) == ("token:limited 1", detail)
