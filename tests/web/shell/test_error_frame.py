"""What went wrong is told in the frame of whoever is signed in, and barely to anybody else."""

import pytest

from app.context import Context
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
