"""A hand-over note stands on the row and on the request's page."""

import re

from app.context import Context
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
