"""An export shows what the API shows: everything, and content only to who may read it."""

import csv
import io
import json
from typing import Any

import pytest

from app.kit.database import Database
from app.sheets import exporting
from app.takedowns import list_columns, listing
from tests.api_client import ApiClient
from tests.databases import Story, nothing
from tests.factories import EIGHT_LINKS, ManualClock
from tests.hostile_inputs import payloads

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def eight_links(api: ApiClient, clock: ManualClock) -> list[str]:
    """Tell of eight takedowns, one of them answered; returns their references."""
    told = {"case_ref": "CASE-1", "category": "csam_ai", "explanation": "Assessed."}
    logged = api.post("/intakes", told | {"text": "\n".join(EIGHT_LINKS)})["takedowns"]
    references = [takedown["reference"] for takedown in logged]
    first = f"/takedowns/{references[0]}"
    api.post(f"{first}/submission", {"how": "form", "ticket_id": "T-1"})
    clock.advance(1)
    decided = {"kind": "decided", "outcome": "removed", "reason": "Against the rules."}
    api.post(f"{first}/events", decided)
    return references


@pytest.fixture
def past(request: pytest.FixtureRequest) -> Story:
    return eight_links if "eight" in request.fixturenames else nothing


@pytest.fixture
def eight(told: list[str]) -> list[str]:
    return told


def table(database: Database, *, content: bool) -> list[dict[str, str]]:
    text = "".join(exporting.everything(database, "csv", content=content))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def document(database: Database, *, content: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        "".join(exporting.everything(database, "json", content=content))
    )
    return found


@on_sqlite
def test_an_empty_database_gives_an_empty_table_and_an_empty_list(database: Database) -> None:
    assert table(database, content=True) == []
    assert document(database, content=True) == []


def test_the_table_has_a_row_for_each_takedown(database: Database, eight: list[str]) -> None:
    rows = table(database, content=True)

    assert [row["reference"] for row in rows] == eight
    told = {
        "case_ref": "CASE-1", "external_ref": "", "urgent": "false", "stage": "decided",
        "receipt_hours": "", "decision_hours": "1.0", "items": "1", "item_states": "gone",
        "item_outcomes": "removed", "ticket_ids": "T-1", "explanation": "Assessed.",
    }  # fmt: skip
    assert {name: rows[0][name] for name in told} == told
    assert [row["item_outcomes"] for row in rows[1:]] == ["."] * 7
    assert {row["urls"].partition("?")[0] for row in rows} == {
        link.partition("?")[0] for link in EIGHT_LINKS
    }


@on_sqlite
@pytest.mark.parametrize("content", [True, False])
def test_the_document_is_what_the_api_shows_timelines_included(
    database: Database, api: ApiClient, api_with: Any, eight: list[str], content: bool
) -> None:
    reader = api if content else api_with("takedowns:read")

    found = document(database, content=content)

    assert found == [
        reader.get(f"/takedowns/{reference}")
        | {"events": reader.get(f"/takedowns/{reference}/events")["data"]}
        for reference in eight
    ]


@on_sqlite
def test_without_content_no_address_account_or_text_is_shown(
    database: Database, eight: list[str]
) -> None:
    written = "".join(
        piece
        for form in exporting.FORMS
        for piece in exporting.everything(database, form, content=False)
    )

    secrets = ["http", "zzfixture", "zz.fixture", "zz-fixture", "Assessed", "Against", "C7aB2cD3"]
    assert [secret for secret in secrets if secret in written] == []


@on_sqlite
def test_no_cell_starts_a_formula_and_no_row_breaks(database: Database, api: ApiClient) -> None:
    texts = [text for text in payloads("csv") if text.strip()]
    for number, text in enumerate(texts):
        api.post(
            "/takedowns",
            {
                "case_ref": "CASE-1",
                "category": "csam_ai",
                "explanation": text,
                "urls": [f"https://x.com/zz/status/179000000000000000{number}"],
            },
        )

    rows = table(database, content=True)

    dangerous = tuple("=+-@＝＋－＠")
    assert [row["explanation"] for row in rows] == [
        f"'{text}" if text.lstrip("'").startswith(dangerous) else text
        for text in map(str.strip, texts)
    ]
    assert {len(row) for row in rows} == {len(list_columns.names(content=True))}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_it_is_written_some_at_a_time(
    database: Database, eight: list[str], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(exporting.everything(database, form, content=True))

    monkeypatch.setattr(listing, "CHUNK", 3)

    assert list(exporting.everything(database, form, content=True)) == whole
    assert len(whole) == len(eight) + 1


def test_where_a_notice_went_is_content_and_its_product_is_not(
    database: Database, api: ApiClient
) -> None:
    told = {"case_ref": "CASE-1", "category": "csam_ai", "explanation": "Assessed."}
    site = {"platform": "other", "urls": ["https://zz-fixture.example/1"], "provider": "A B.V."}
    api.post("/takedowns", told | site | {"recipient": "abuse@zz-fixture.example"})
    api.post("/takedowns", told | {"urls": ["https://www.google.be/search?q=zz"]})

    whole = table(database, content=True)
    masked = table(database, content=False)

    assert [(row["product"], row["provider"]) for row in masked] == [
        ("", "A B.V."),
        ("search", "Google Ireland Limited"),
    ]
    assert [row["recipient"] for row in whole] == ["abuse@zz-fixture.example", ""]
    assert "recipient" not in masked[0]
