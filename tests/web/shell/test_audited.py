"""Whoever takes something out by a page, or is refused it, stands in the audit log."""

from typing import Any

import pytest

from app.accounts import audit
from app.accounts.audit import Wanted
from app.context import Context
from tests.api_client import ApiClient
from tests.sample_record import facts
from tests.web.web_client import WebClient

URL = "https://www.instagram.com/p/C7aB2cD3eF1/"
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def takedown(api: ApiClient) -> str:
    """The page of a submitted takedown."""
    reference = api.post("/takedowns", facts("C-1", URL))["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "ticket_id": "T-1"})
    return f"/takedowns/{reference}"


def written(parts: Context, *actions: str) -> list[tuple[str, str | None, Any]]:
    with parts.database.read() as unit:
        entries = audit.page(unit, Wanted(), before=None, limit=20)
    return [(e.action, e.reference, dict(e.detail)) for e in entries if e.action in actions]


@pytest.mark.parametrize(
    ("path", "detail", "copied"),
    [
        ("/items/1/copy", {"item": 1}, URL),
        ("/notice/copy?field=explanation", {"what": "notice", "field": "explanation"}, "C-1."),
        ("/notices/1/copy", {"what": "frozen notice"}, URL),
    ],
)
def test_what_is_copied_unseen_was_read(
    parts: Context, takedown: str, path: str, detail: dict[str, Any], copied: str
) -> None:
    answer = WebClient.signed_in(parts).post(takedown + path)

    assert copied in answer.text
    assert written(parts, "copied", "revealed") == [("copied", takedown.split("/")[2], detail)]


@pytest.mark.parametrize("path", ["/items/7/copy", "/notice/copy?field=none", "/notices/7/copy"])
def test_what_is_not_there_was_not_read(parts: Context, takedown: str, path: str) -> None:
    answer = WebClient.signed_in(parts).post(takedown + path)

    assert answer.status_code == 404
    assert written(parts, "copied") == []


def test_a_list_taken_away_is_an_export(parts: Context, takedown: str) -> None:
    answer = WebClient.signed_in(parts).get("/takedowns.csv")

    assert takedown.split("/")[2] in answer.text
    exported = {"what": "takedowns", "content": False, "tickets": True}
    assert written(parts, "exported") == [("exported", None, exported)]


@pytest.mark.parametrize(
    ("path", "page", "lack"),
    [
        ("/audit", "GET /audit", "right admin"),
        ("/admin/users/1", "GET /admin/users/{user_id}", "right admin"),
        ("{}/items/1/open", "GET /takedowns/{reference}/items/{number}/open", "mandate to view"),
    ],
)
def test_whoever_is_refused_something_stands_in_the_log(
    parts: Context, takedown: str, path: str, page: str, lack: str
) -> None:
    answer = WebClient.signed_in(parts, may_view=False).get(path.format(takedown))

    assert answer.status_code == 403
    assert written(parts, "denied") == [("denied", None, {"lack": lack, "page": page})]


@pytest.mark.parametrize(
    ("table", "tickets"), [("timeline", True), ("locations", False), ("notices", False)]
)
def test_a_table_of_one_request_is_an_export_of_that_one(
    parts: Context, takedown: str, table: str, tickets: bool
) -> None:
    answer = WebClient.signed_in(parts).get(f"{takedown}/{table}.csv")

    detail = {"what": table, "content": False, "tickets": tickets}
    assert ("T-1" in answer.text) == tickets
    assert URL not in answer.text
    assert written(parts, "exported") == [("exported", takedown.split("/")[2], detail)]


def test_a_table_that_is_not_there_is_none(parts: Context, takedown: str) -> None:
    visitor = WebClient.signed_in(parts)
    paths = (f"{takedown}/timelines.csv", "/takedowns/TD-222222/timeline.csv")

    assert [visitor.get(path).status_code for path in paths] == [404, 404]
    assert written(parts, "exported") == []
