"""Conditions of provisions that a caseworker confirmed: a fact of a takedown."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from app import proof
from app.context import Context
from app.imports import import_columns, importing, reading
from app.sheets import exporting
from app.takedowns import queries
from app.takedowns.models import takedowns
from tests.api_client import ApiClient

URL = "https://www.instagram.com/p/C7aB2cD3eF1/"


def body(**more: Any) -> dict[str, Any]:
    return {
        "case_ref": "C-1", "category": "grooming", "urls": [URL],
        "explanation": "Assessed by an analyst.",
    } | more  # fmt: skip


def changed(api: ApiClient, reference: str, **facts: Any) -> Any:
    answer = api.request("PATCH", f"/takedowns/{reference}", facts, **{"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def two(parts: Context, category: str = "grooming") -> list[str]:
    first, second = parts.workspace.catalogue.categories[category].conditions
    return [first, second]


def test_none_is_confirmed_unless_somebody_says_so(api: ApiClient) -> None:
    made = api.post("/takedowns", body())

    [logged] = api.get(f"/takedowns/{made['reference']}/events")["data"]
    assert (made["conditions"], logged["data"]["facts"]["conditions"]) == ([], [])


def test_they_stand_once_each_in_the_order_of_the_category(parts: Context, api: ApiClient) -> None:
    first, second = two(parts)

    made = api.post("/takedowns", body(conditions=[second, first, second]))
    taken_in = api.post("/intakes", {
        "case_ref": "C-1", "category": "grooming", "urls": [URL], "report_again": True,
        "conditions": [second],
    })  # fmt: skip

    [logged] = api.get(f"/takedowns/{made['reference']}/events")["data"]
    assert made["conditions"] == [first, second] == logged["data"]["facts"]["conditions"]
    assert [one["conditions"] for one in taken_in["takedowns"]] == [[second]]


@pytest.mark.parametrize(
    ("category", "mend"),
    [
        ("grooming", "use one of: {known}"),
        ("csam", "leave it out: this category has none"),
    ],
)
@pytest.mark.parametrize("path", ["/takedowns", "/intakes"])
def test_one_that_the_category_does_not_know_is_refused(
    parts: Context, api: ApiClient, path: str, category: str, mend: str
) -> None:
    answer = api.request("POST", path, body(category=category, conditions=["moon_is_full"]))

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/conditions/0")
    assert (error["code"], error["detail"]) == (
        "unknown_condition", mend.format(known=", ".join(two(parts))),
    )  # fmt: skip


def test_a_draft_can_be_amended(parts: Context, api: ApiClient) -> None:
    first, second = two(parts)
    reference = api.post("/takedowns", body())["reference"]

    assert changed(api, reference, conditions=[second, first])["conditions"] == [first, second]
    assert changed(api, reference, urgent=True)["conditions"] == [first, second]
    assert changed(api, reference, conditions=[second])["conditions"] == [second]
    assert changed(api, reference, conditions=[])["conditions"] == []
    events = api.get(f"/takedowns/{reference}/events")["data"]
    told = [event["data"]["facts"].get("conditions") for event in events]
    assert told == [[], [first, second], None, [second], []]
    refused = api.request(
        "PATCH", f"/takedowns/{reference}", {"conditions": ["x"]}, **{"If-Match": "*"}
    )
    assert refused.status_code == 422
    null = api.request(
        "PATCH", f"/takedowns/{reference}", {"conditions": None}, **{"If-Match": "*"}
    )
    assert null.status_code == 422


def test_another_category_drops_those_it_does_not_know(parts: Context, api: ApiClient) -> None:
    reference = api.post("/takedowns", body(conditions=two(parts)))["reference"]

    assert changed(api, reference, category="csam")["conditions"] == []


def test_a_spreadsheet_brings_them_in_and_gives_them_out(
    parts: Context, api: ApiClient, tmp_path: Path
) -> None:
    told = " ".join(two(parts))
    path = tmp_path / "rows.csv"
    path.write_text(f"case_ref,category,url,conditions\nC-1,grooming,{URL},{told}\n")

    [done] = importing.bring_in(
        parts.database,
        parts.workspace,
        reading.table(reading.sheet(path, import_columns.KNOWN)),
    )

    written = "".join(exporting.everything(parts.database, "csv", content=False))
    [row] = csv.DictReader(io.StringIO(written))
    assert (done.outcome, row["conditions"]) == ("logged", told)


def test_verify_finds_one_that_nobody_told(parts: Context, api: ApiClient) -> None:
    reference = api.post("/takedowns", body(conditions=two(parts)))["reference"]
    with parts.database.write() as unit:
        assert list(proof.faults(unit)) == []
        stored = unit.connection.scalar(text("SELECT conditions FROM takedowns"))
        unit.connection.execute(update(takedowns).values(conditions=("malice_or_profit",)))

    with parts.database.read() as unit:
        assert stored == " ".join(two(parts))
        assert queries.by_reference(unit, reference).conditions == ("malice_or_profit",)
        assert [(one.subject, one.detail) for one in proof.faults(unit)] == [
            (reference, "conditions is not what the timeline says")
        ]
