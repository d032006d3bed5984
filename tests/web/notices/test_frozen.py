"""Pages show our own sentences whole and secrets not at all, before and after a notice went out."""

import pytest
from sqlalchemy import update

from app.context import Context
from app.notices import frozen
from app.notices.models import notices
from app.takedowns import queries, sealing
from tests.api_client import ApiClient
from tests.sample_record import facts
from tests.web.web_client import WebClient

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
# An account whose letters stand in our own name, and in our sentences.
TOLD = "https://x.com/fictional/status/1790000000000000099"
OURS = "Fictional Hotline"


@pytest.fixture
def reference(api: ApiClient) -> str:
    return str(api.post("/takedowns", facts("C-1", TOLD, include_identity=True))["reference"])


def sent(api: ApiClient, reference: str) -> str:
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    return f"/takedowns/{reference}/notices/1"


@on_sqlite
def test_a_handle_never_hides_letters_of_our_name(
    parts: Context, api: ApiClient, reference: str
) -> None:
    visitor = WebClient.signed_in(parts)

    card = visitor.get(f"/takedowns/{reference}").text
    frozen = visitor.get(sent(api, reference)).text

    for page in (card, frozen):
        assert OURS in page
        assert "1790000000000000099" not in page
        assert "fictional" not in page


@on_sqlite
def test_a_notice_that_does_not_tell_what_in_it_is_secret_is_hidden_whole(
    parts: Context, api: ApiClient, reference: str
) -> None:
    visitor = WebClient.signed_in(parts)
    page = sent(api, reference)
    with parts.database.write() as unit:
        row = queries.by_reference(unit, reference)
        [found] = frozen.all_of(unit, row)
        earlier = {name: words for name, words in found.words.items() if name != "masked"}
        [key] = sealing.keys(unit, [row.id]).values()
        sealed = sealing.seal_json(key, earlier, frozen.place(reference, 1))
        unit.connection.execute(update(notices).values(sealed=sealed))

    hidden, revealed = visitor.get(page).text, visitor.post(page).text

    assert '<p class="value">••••</p>' in hidden
    assert OURS not in hidden.partition("<main")[2]
    assert TOLD in revealed
