"""A hand-over note stands on the row and on the request's page."""

import re

import pytest

from app.context import Context
from app.web.shell import unsent_forms
from app.web.shell.forms import Form
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.web.web_client import WebClient

NOTE = re.compile(r'data-testid="handover">(.*?)</(?:tr|p)>', re.DOTALL)


def notes(visitor: WebClient, path: str) -> list[str]:
    found = NOTE.findall(visitor.get(path).text)
    return [" ".join(re.sub(r"<[^>]*>", "", one).split()) for one in found]


def test_what_is_left_for_a_colleague_is_read_by_them(api: ApiClient, parts: Context) -> None:
    here = f"/takedowns/{logged(api)['reference']}"
    visitor, colleague = WebClient.signed_in(parts), WebClient.signed_in(parts, "admin")
    visitor.get(here)
    visitor.post(f"{here}/handover", handover="They <call> back at four.")

    for path in ("/inbox", here):
        [note] = notes(colleague, path)
        assert note.startswith("Left by ")
        assert note.endswith(": They &lt;call&gt; back at four.")
    visitor.post(f"{here}/handover", handover="")
    assert notes(colleague, "/inbox") == notes(colleague, here) == []


@pytest.mark.parametrize(
    "leak",
    ["https://sub.example.com/a", "seen on example.com", "a@hotline.example", "0470 12 34 56"],
)
def test_what_is_masked_elsewhere_is_refused_and_stays_typed(
    api: ApiClient, parts: Context, leak: str
) -> None:
    here = f"/takedowns/{logged(api)['reference']}"
    visitor = WebClient.signed_in(parts)
    visitor.post(f"{here}/handover", handover="Call back.")

    answer = visitor.post(f"{here}/handover", handover=f"Look: {leak}")

    assert answer.status_code == 422
    assert answer.text.count("Leave out links, addresses and personal data") == 2
    assert re.search(
        rf'<details open>\s*<summary>[^<]*hand-over.*?value="Look: {leak}"', answer.text, re.S
    )
    [note] = notes(visitor, "/inbox")
    assert note.endswith(": Call back.")


def test_what_was_typed_for_a_session_that_had_ended_is_shown_again(
    api: ApiClient, parts: Context
) -> None:
    path = f"/takedowns/{logged(api)['reference']}/handover"
    unsent = unsent_forms.sealed(parts.database, path, Form([("handover", "Call back.")]))

    answer = WebClient.signed_in(parts).post(path, unsent=unsent)

    assert answer.status_code == 422
    assert re.search(
        r'<details open>\s*<summary>[^<]*hand-over.*?value="Call back."', answer.text, re.S
    )
