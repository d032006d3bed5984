"""What went wrong is told in the frame of whoever is signed in, and barely to anybody else."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import TimeoutError as PoolExhausted

from app.context import Context
from app.kit.errors import DatabaseFault
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
FRAME = ('<nav aria-label="', 'class="languages"', 'href="/help"', 'action="/logout"')


def framed(page: str) -> set[bool]:
    return {part in page for part in FRAME}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/admin", 403),
        ("/nothing", 404),
        ("/takedowns/TD-222222", 404),
        ("/help/nothing", 404),
        ("/inbox?after=nonsense", 404),
        ("/inbox/bulk", 405),
    ],
)
def test_who_is_signed_in_keeps_menu_and_language(parts: Context, path: str, status: int) -> None:
    inside = WebClient.signed_in(parts).get(path)
    outside = WebClient(parts).get(path)

    assert (inside.status_code, framed(inside.text)) == (status, {True})
    assert framed(outside.text) == {False}
    assert path == "/admin" or f"next={path}" not in inside.text


def test_a_form_of_an_old_page_keeps_the_frame_and_leads_on_by_a_page_that_can_be_asked_for(
    parts: Context, api: ApiClient
) -> None:
    visitor = WebClient.signed_in(parts)
    visitor.csrf = "0" * 64
    answer = visitor.post(f"/takedowns/{logged(api)['reference']}/act/hold")

    assert (answer.status_code, framed(answer.text)) == (403, {True})
    assert 'href="/language/nl?next=/inbox"' in answer.text


def test_a_fault_of_ours_keeps_the_frame_and_gives_its_number(
    parts: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.help.entries.GROUPS", None)
    visitor = WebClient.signed_in(parts)
    visitor.client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    answer = visitor.get("/help")

    assert (answer.status_code, framed(answer.text)) == (500, {True})
    assert answer.headers["x-request-id"] in answer.text


@pytest.mark.parametrize("failure", [DatabaseFault("gone"), PoolExhausted()])
@pytest.mark.parametrize(("path", "status"), [("/takedowns", 503), ("/nothing", 404)])
def test_the_frame_needs_no_database(
    parts: Context, monkeypatch: pytest.MonkeyPatch, path: str, status: int, failure: Exception
) -> None:
    visitor = WebClient.signed_in(parts)
    times, read = iter(range(9)), parts.database.read

    @contextmanager
    def failing() -> Iterator[object]:
        if next(times):  # the first one looks who is there
            raise failure
        with read() as unit:
            yield unit

    monkeypatch.setattr(parts.database, "read", failing)
    answer = visitor.get(path)

    assert (answer.status_code, framed(answer.text)) == (status, {True})


@pytest.mark.parametrize("failure", [DatabaseFault("gone"), PoolExhausted()])
def test_where_nobody_can_be_recognised_the_page_has_no_frame(
    parts: Context, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    visitor = WebClient.signed_in(parts)

    def failing() -> None:
        raise failure

    monkeypatch.setattr(parts.database, "read", failing)
    answer = visitor.get("/nothing")

    assert (answer.status_code, framed(answer.text)) == (404, {False})
