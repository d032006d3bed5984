"""An explanation of nothing but invisible signs is blank, whichever way it comes in."""

import re
from pathlib import Path

import pytest

from app.context import Context
from tests.api_client import ApiClient
from tests.imports.conftest import Importer, bring_in  # noqa: F401 - a fixture
from tests.kit.test_texts import UNSEEN
from tests.sample_record import facts
from tests.web.web_client import WebClient

URL = "https://youtu.be/aB3dE5fG7hE"
BLANK = {name: text for name, text in UNSEEN.items() if "\x85" not in text}
# That each sign is invisible, tests/kit/test_texts.py tells at once; here matters the way in.
FEW = {"nothing", "a zero-width space", "a Hangul filler", "all of it"}
EACH = pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name in FEW else pytest.mark.slow)
        for name, text in BLANK.items()
    ],
)
SQLITE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def lacks(api: ApiClient, reference: str) -> list[str]:
    return [lack["field"] for lack in api.get(f"/takedowns/{reference}")["missing"]]


@SQLITE
@EACH
def test_the_api_refuses_it(api: ApiClient, text: str) -> None:
    reference = api.post("/takedowns", facts("C-1", URL))["reference"]
    fields = {"case_ref": "C-2", "category": "csam"}
    version = api.request("GET", f"/takedowns/{reference}").headers["ETag"]

    answers = [
        api.request("POST", "/takedowns", facts("C-2", URL) | {"explanation": text}),
        api.request("POST", "/intakes", {**fields, "text": URL, "explanation": text}),
        api.request(
            "PATCH", f"/takedowns/{reference}", {"explanation": text}, **{"If-Match": version}
        ),
        api.request("POST", f"/takedowns/{reference}/events", {"kind": "noted", "text": text}),
    ]

    told = [(one.status_code, [e["code"] for e in one.json()["errors"]]) for one in answers]
    assert told == [(422, ["blank"])] * 4


@SQLITE
@EACH
def test_the_page_takes_it_for_none(parts: Context, api: ApiClient, text: str) -> None:
    visitor = WebClient.signed_in(parts)
    fields = {"case_ref": "C-1", "category": "csam", "paste": URL, "explanation": text}

    logged = visitor.post("/takedowns/new", **fields).headers["location"]

    [reference] = re.findall(r"TD-\w{6}", logged)
    usual = api.get(f"/takedowns/{reference}")["explanation"]
    assert usual.startswith("Assessed by the hotline as:")


@SQLITE
@EACH
def test_an_import_takes_it_for_an_empty_cell(
    bring_in: Importer,  # noqa: F811
    api: ApiClient,
    text: str,
) -> None:
    [done] = bring_in({"case_ref": "C-1", "category": "csam", "url": URL, "explanation": text})

    assert done.outcome == "logged"
    assert lacks(api, done.holders[0]) == ["explanation"]


@SQLITE
@EACH
def test_a_notice_does_not_count_it_as_an_explanation(api: ApiClient, text: str) -> None:
    without = {name: value for name, value in facts("C-1", URL).items() if name != "explanation"}
    reference = api.post("/takedowns", without)["reference"]
    notice = api.get(f"/takedowns/{reference}/notice")
    asked = {"channel": notice["channel"]["id"], "language": "en", "purpose": "first"}
    [field] = [one["id"] for one in notice["fields"] if one["id"] == "explanation"]

    api.request("PUT", f"/takedowns/{reference}/notice", asked | {"fields": {field: text}})

    assert "explanation" in lacks(api, reference)


def test_every_text_is_trimmed_in_one_place() -> None:
    typed = [*Path("app/schemas").glob("*.py"), *Path("app/imports").glob("*.py")]

    strips = [path.name for path in typed if "strip_whitespace" in path.read_text("utf-8")]

    assert strips == []
