"""The page of a request says countries, channels and who told what in words."""

import pytest

from app.context import Context
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.sample_record import facts
from tests.web.web_client import WebClient

URL = "https://www.instagram.com/p/C7aB2cD3eF1/"


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("from Belgium", "Netherlands", "by the case system")),
        ("nl", ("vanuit België", "Nederland", "door het dossiersysteem")),
        ("fr", ("Belgique", "Pays-Bas", "par le système de dossiers")),
    ],
)
def test_countries_channel_and_teller_are_named(
    parts: Context, api: ApiClient, clock: ManualClock, language: str, words: tuple[str, ...]
) -> None:
    reference = api.post("/takedowns", facts("C-1", URL, channel="dsa"))["reference"]
    address = f"/takedowns/{reference}"
    api.post(f"{address}/submission", {"how": "form", "no_ticket": True})
    clock.advance(1)
    decided = {"kind": "decided", "outcome": "geo_restricted", "scope": ["BE", "NL"]}
    api.post(f"{address}/events", decided)
    api.post(f"{address}/events", {"kind": "seen", "availability": "live", "vantage": "BE"})
    visitor = WebClient.signed_in(parts)
    visitor.get(f"/language/{language}")

    page = visitor.get(address).text
    told, _, proof = page.partition('data-testid="proof"')

    channel = parts.workspace.catalogue.platforms["instagram"].channel("dsa")
    assert channel is not None
    for said in (*words, channel.label[language]):
        assert said in told
    for code in ("token:", ">dsa<", "· BE, NL"):
        assert code not in told.partition("<main")[2]
    assert "token:" in proof
