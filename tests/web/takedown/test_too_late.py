"""Whoever comes second is told who was first, and when."""

import re

import pytest

from app.context import Context
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
CONFLICT = re.compile(r'data-testid="conflict">(.*?)</p>', re.DOTALL)
TICKET = {"channel": "dsa", "language": "en", "purpose": "first", "no_ticket": "on"}


def conflict(page: str) -> str:
    """What the page says of it, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", "", CONFLICT.search(page)[1]).split())  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "first", "second", "what"),
    [
        ("act/hold", {"hold-reason": "other"}, {"hold-reason": "other"}, "Put on hold"),
        ("act/close", {"close-reason": "Done."}, {"close-reason": "Done."}, "Closed"),
        ("notice/submission", TICKET, TICKET, "Notice submitted"),
    ],
)
def test_a_second_of_the_same_names_the_first(
    parts: Context, api: ApiClient, path: str, first: dict[str, str], what: str,
    second: dict[str, str],
) -> None:  # fmt: skip
    page = f"/takedowns/{logged(api)['reference']}"
    one, other = WebClient.signed_in(parts, "manager"), WebClient.signed_in(parts)

    began = one.post(f"{page}/{path}", **first)
    name = re.search(r'<a href="/me">([^<]+)</a>', one.get("/inbox").text)
    late = other.post(f"{page}/{path}", **second)

    assert (began.status_code, late.status_code) == (303, 409)
    assert name is not None
    assert re.fullmatch(
        rf"Recorded last: {what}, by {name[1]}, \d+ \w+ \d+ \d\d:\d\d\.", conflict(late.text)
    )


def test_that_other_words_were_kept_is_said_but_by_nobody_of_whom_that_is_not_known(
    parts: Context, api: ApiClient
) -> None:
    page = f"/takedowns/{logged(api)['reference']}/notice"
    which = {name: TICKET[name] for name in ("channel", "language", "purpose")}
    one = WebClient.signed_in(parts, "manager")
    other = WebClient.signed_in(parts)
    shown = [visitor.post(f"{page}/words", **which).text for visitor in (one, other)]
    seen = [re.search(r'name="seen" value="([^"]*)"', text)[1] for text in shown]  # type: ignore[index]
    words = {"field-explanation": "Words of one's own."}

    first = one.post(f"{page}/edits", seen=seen[0], **which, **words)
    late = other.post(f"{page}/edits", seen=seen[1], **which, **words)

    assert (first.status_code, late.status_code) == (303, 409)
    said = r"Other words were kept \d+ \w+ \d+ \d\d:\d\d\. Yours are below\."
    assert re.fullmatch(said, conflict(late.text))
