"""Reports over the API: worked on by several, checked, frozen, handed out byte for byte."""

import hashlib
import json
from typing import Any

import pytest

from app.kit.database import Database
from app.kit.languages import Language
from app.reports import freezing
from app.reports.vocabularies import Heading
from tests.api.factories import (
    amended,
    begun,
    confirmed,
    faults,
    frozen,
    kind_of,
    record,
    submitted,
    written,
)
from tests.api_client import ApiClient
from tests.factories import ManualClock

YEAR = {"kind": "article_22", "from": "2026-01-01", "to": "2027-01-01"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANY = {"If-Match": "*"}


@pytest.fixture
def report(api: ApiClient) -> str:
    """A report of the year over one takedown, ready but for its cells of one."""
    submitted(api)
    address = begun(api)
    written(api, address)
    return address


def codes(api: ApiClient, report: str) -> list[str]:
    return [finding["code"] for finding in api.get(f"{report}/checks")["findings"]]


def cells(document: dict[str, Any], name: str) -> dict[tuple[str, str], int]:
    [table] = [one for one in document["tables"] if one["id"] == name]
    return {
        (row, column): value
        for row, values in zip(table["rows"], table["values"], strict=True)
        for column, value in zip(table["columns"], values, strict=True)
        if value
    }


def test_a_report_is_begun_with_the_words_of_the_last_one(api: ApiClient) -> None:
    last = begun(api, **{"from": "2025-01-01", "to": "2026-01-01"})
    amended(api, last, texts={"funding": {"nl": "Giften."}}, figures={"judged_illegal": 7})

    answer = api.request("POST", "/reports", YEAR)

    told = answer.json()
    assert (answer.status_code, answer.headers["ETag"]) == (201, 'W/"v1"')
    assert answer.headers["Location"] == f"/api/v1/reports/{told['id']}"
    assert (told["kind"], told["from"], told["to"]) == ("article_22", "2026-01-01", "2027-01-01")
    assert (told["created_by"], told["languages"]) == ("token:case system", ["en", "nl", "fr"])
    assert told["texts"]["funding"] == {"en": "", "nl": "Giften.", "fr": ""}
    assert told["figures"]["judged_illegal"] is None
    assert (told["confirmed"], told["confirmed_at"], told["versions"]) == ([], None, [])


def test_days_that_run_backwards_and_words_nobody_knows_are_refused(api: ApiClient) -> None:
    backwards = YEAR | {"to": "2026-01-01"}
    assert faults(api.request("POST", "/reports", backwards)) == [("/to", "ends_too_early")]
    assert faults(api.request("POST", "/reports", {"kind": "article_23"})) == [
        ("/kind", "not_one_of"),
        ("/from", "required"),
        ("/to", "required"),
    ]
    found = api.request("GET", "/reports?from=2026-02-01&to=2026-01-01")
    assert faults(found) == [("/query/to", "ends_too_early")]
    wrong = {
        "texts": {"weather": {"en": "Fine."}, "funding": {"de": "Spenden."}},
        "figures": {"reports_received": -1, "judged_illegal": "7"},
        "languages": ["nl", "nl"],
        "confirmed": [{"table": "x", "row": "y"}],
    }
    answer = api.request("PATCH", begun(api), wrong, **ANY)
    assert sorted(faults(answer)) == [
        ("/confirmed/0/column", "required"),
        ("/figures/judged_illegal", "wrong_type"),
        ("/figures/reports_received", "out_of_range"),
        ("/languages", "twice"),
        ("/texts/funding/de", "not_one_of"),
        ("/texts/weather", "not_one_of"),
    ]


def test_the_list_has_pages_and_is_narrowed_to_days(api: ApiClient) -> None:
    for year in (2024, 2025, 2026):
        for _ in range(2):
            begun(api, **{"from": f"{year}-01-01", "to": f"{year + 1}-01-01"})
    found, path = list[int](), "/reports?limit=4"
    first = api.get(path)
    begun(api, **{"from": "2027-01-01", "to": "2028-01-01"})
    second = api.get(f"{path}&cursor={first['next_cursor']}")
    found = [one["id"] for page in (first, second) for one in page["data"]]

    assert found == [6, 5, 4, 3, 2, 1]
    assert second["next_cursor"] is None
    assert [one["id"] for one in api.get("/reports?from=2025-01-01&to=2026-01-01")["data"]] == [
        4,
        3,
    ]
    assert api.get("/reports?from=2025-01-02&to=2026-01-01")["data"] == []
    other = api.request("GET", f"/reports?from=2025-01-01&cursor={first['next_cursor']}")
    assert kind_of(other) == (422, "/problems/bad-cursor")


def test_only_what_is_named_changes(api: ApiClient, report: str) -> None:
    changed = amended(
        api, report, texts={"funding": {"fr": " Dons. "}}, figures={"passed_to_police": 3}
    )
    again = amended(api, report, figures={"judged_illegal": 9}, languages=["fr", "en"])

    assert changed["texts"]["funding"] == {
        "en": "As our charter says.",
        "nl": "As our charter says.",
        "fr": "Dons.",
    }
    assert again["texts"] == changed["texts"]
    assert again["figures"] == {
        "reports_received": None,
        "judged_illegal": 9,
        "passed_to_police": 3,
    }
    assert again["languages"] == ["en", "fr"]
    assert (changed["version"], again["version"]) == (3, 4)
    assert amended(api, report)["version"] == 4


def test_whoever_read_an_older_version_changes_and_freezes_nothing(
    api: ApiClient, report: str
) -> None:
    tag = api.request("GET", report).headers["ETag"]
    confirmed(api, report)
    late = {"texts": {"funding": {"en": "Something else."}}}

    assert kind_of(api.request("PATCH", report, late)) == (428, "/problems/if-match-required")
    assert kind_of(api.request("PATCH", report, late, **{"If-Match": tag})) == (
        412,
        "/problems/stale",
    )
    freeze = f"{report}/freeze"
    assert kind_of(api.request("POST", freeze)) == (428, "/problems/if-match-required")
    assert kind_of(api.request("POST", freeze, **{"If-Match": tag})) == (412, "/problems/stale")
    now = api.request("GET", report)
    assert now.json()["texts"]["funding"]["en"] == "As our charter says."
    assert api.post(freeze, None, **{"If-Match": now.headers["ETag"]})["number"] == 1


def test_what_blocks_is_told_with_its_place_and_refuses_the_freeze(api: ApiClient) -> None:
    reference = submitted(api)
    report = begun(api)
    amended(api, report, languages=["nl"])
    amended(api, report, texts={one: {"nl": "Zie het charter."} for one in Heading})
    amended(
        api, report, texts={"funding": {"nl": "Giften; zie ons.hotline.be"}, "training": {"nl": ""}}
    )
    amended(api, report, texts={"procedures": {"nl": "Bel 0470 12 34 56."}})

    told = api.get(f"{report}/checks")

    found = [(one["code"], one["heading"], one["language"]) for one in told["findings"]]
    assert found[0] == ("span_not_over", None, None)
    assert found[-3:] == [
        ("host_name", "funding", "nl"),
        ("empty_heading", "training", "nl"),
        ("personal_data", "procedures", "nl"),
    ]
    [cell] = [one for one in told["findings"] if one["cell"] == {
        "table": "other_basis.action", "row": "pending", "column": "notices"
    }]  # fmt: skip
    assert (cell["blocks"], cell["requests"], cell["references"]) == (True, 1, [reference])
    assert told["ready"] is False
    answer = api.request("POST", f"{report}/freeze", **ANY)
    assert kind_of(answer) == (422, "/problems/report-not-ready")
    blocking = [
        (f"/findings/{place}", one["code"])
        for place, one in enumerate(told["findings"])
        if one["blocks"]
    ]
    assert faults(answer) == blocking
    assert api.get(report)["versions"] == []


def test_cells_of_one_are_confirmed_in_one_act(
    api: ApiClient, report: str, clock: ManualClock
) -> None:
    clock.advance(1)
    assert "cell_of_one" in codes(api, report)

    confirmed(api, report)

    told = api.get(report)
    assert codes(api, report) == ["span_not_over"]
    assert told["confirmed_by"] == "token:case system"
    assert told["confirmed_at"] == "2026-03-02T10:00:00Z"
    assert {"table": "other_basis.action", "row": "pending", "column": "items"} in told["confirmed"]
    assert amended(api, report, confirmed=[])["confirmed"] == []
    assert "cell_of_one" in codes(api, report)


def test_a_cell_is_asked_of_again_when_another_request_stands_in_it(
    api: ApiClient, report: str, clock: ManualClock
) -> None:
    confirmed(api, report)
    first = api.get("/takedowns")["data"][0]["reference"]
    place = {"table": "other_basis.action", "row": "pending", "column": "notices"}
    clock.advance(1)

    record(api, first, "decided", outcome="removed")
    second = submitted(api, report_again=True)

    [found] = [one for one in api.get(f"{report}/checks")["findings"] if one["cell"] == place]
    assert (found["blocks"], found["references"]) == (True, [second])
    assert place in api.get(report)["confirmed"]
    confirmed(api, report)
    assert codes(api, report) == ["span_not_over"]


def test_what_was_recorded_since_the_checks_is_not_confirmed(
    api: ApiClient, report: str, clock: ManualClock
) -> None:
    looked_at = api.get(f"{report}/checks")
    place = {"table": "other_basis.action", "row": "pending", "column": "notices"}
    first = api.get("/takedowns")["data"][0]["reference"]
    clock.advance(1)
    record(api, first, "decided", outcome="removed")
    second = submitted(api, report_again=True)

    amended(api, report, confirmed=looked_at["cells_of_one"], as_of=looked_at["as_of"])

    [found] = [one for one in api.get(f"{report}/checks")["findings"] if one["cell"] == place]
    assert (found["blocks"], found["references"]) == (True, [second])
    for more in ({"confirmed": [place]}, {}):
        answer = api.request("PATCH", report, {"as_of": "2026-04-02T00:00:00Z"} | more, **ANY)
        assert faults(answer) == [("/as_of", "in_the_future")]
    amended(api, report, confirmed=[place])
    assert place not in [one["cell"] for one in api.get(f"{report}/checks")["findings"]]


def test_only_what_counts_one_can_be_confirmed(api: ApiClient, report: str) -> None:
    cell = api.get(f"{report}/checks")["cells_of_one"][0]
    many = {"table": "other_basis.action", "row": "removed", "column": "notices"}

    answer = api.request("PATCH", report, {"confirmed": [cell, many]}, **ANY)

    assert faults(answer) == [("/confirmed/1", "not_one_of")]
    assert api.get(report)["confirmed"] == []


def test_a_kind_without_texts_takes_none(api: ApiClient) -> None:
    report = begun(api, kind="campaign")

    answer = api.request("PATCH", report, {"texts": {"funding": {"nl": "Zie x.be"}}}, **ANY)

    assert faults(answer) == [("/texts", "unknown")]


@pytest.mark.parametrize("language", list(Language))
def test_personal_data_is_found_however_it_is_spelled(api: ApiClient, language: Language) -> None:
    report = begun(api)
    texts = dict.fromkeys(Language, "As we do it.")
    for said in (
        "+32\u00a0470\u202f12\u00a034\u200b\u00a056",
        "85.07.30-033.28",
        "jan\uff20janssens.example",
    ):
        amended(api, report, texts={"training": texts | {language: said}})

        found = api.get(f"{report}/checks")["findings"]
        of_texts = [(one["code"], one["language"]) for one in found if one["heading"] == "training"]
        assert ("personal_data", language) in of_texts


def test_a_version_is_first_in_the_first_language_it_was_frozen_in(
    api: ApiClient, report: str
) -> None:
    amended(api, report, languages=["fr"])
    frozen(api, report)
    amended(api, report, languages=["en", "fr"])

    answer = api.request("GET", f"{report}/versions/1", Accept="text/html")

    assert answer.status_code == 200
    assert '<html lang="fr">' in answer.text


def test_references_are_for_who_may_read_takedowns(
    api: ApiClient, api_with: Any, report: str
) -> None:
    reference = api.get("/takedowns")["data"][0]["reference"]
    limited = api_with("reports:read", "reports:write")

    open_to_all = json.dumps(api.get(f"{report}/checks"))
    told = limited.get(f"{report}/checks")

    assert reference in open_to_all
    assert told["masked"] is True
    assert {one["references"] for one in told["findings"]} == {None}
    assert max(one["requests"] for one in told["findings"]) == 1
    seen = [limited.get(path) for path in (report, "/reports")]
    seen += [told, frozen(limited, report), limited.get(f"{report}/versions/1")]
    assert reference not in json.dumps(seen)


def test_a_frozen_report_is_handed_out_byte_for_byte(
    api: ApiClient, report: str, clock: ManualClock
) -> None:
    version = frozen(api, report)
    path = f"{report}/versions/1"
    before = api.request("GET", path)
    document = api.get(report)["document"]

    clock.advance(3)
    reference = api.get("/takedowns")["data"][0]["reference"]
    record(api, reference, "decided", outcome="removed")
    amended(api, report, texts={"funding": {"en": "Something else."}})

    after = api.request("GET", path)
    assert after.content == before.content
    assert before.json() == document
    assert hashlib.sha256(before.content).hexdigest() == version["sha256"]
    assert before.headers["ETag"] == f'"{version["sha256"]}"'
    assert before.headers["Content-Disposition"] == (
        'attachment; filename="report-article_22-2026-v1.json"'
    )
    assert api.get(report)["document"] != document
    assert api.get(report)["versions"] == [version]


def test_accept_chooses_the_form_and_language_its_text(api: ApiClient, report: str) -> None:
    frozen(api, report)
    path = f"{report}/versions/1"

    table = api.request("GET", f"{path}?language=nl", Accept="text/csv")

    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["ETag"] == f'"{hashlib.sha256(table.content).hexdigest()}"'
    assert table.headers["Content-Disposition"].endswith('-v1-nl.csv"')
    assert "other_basis.action,pending,notices,1" in table.text
    for kind in ("image/png", "text/csv;q=0", "text/plain, application/xml"):
        refused = api.request("GET", path, Accept=kind)
        assert kind_of(refused) == (406, "/problems/not-acceptable"), kind
        assert XLSX in refused.json()["detail"]
    for missing in ("versions/2", "versions/0", "versions/01", "versions/x", "versions/1/diff"):
        assert kind_of(api.request("GET", f"{report}/{missing}"))[0] == 404, missing
    amended(api, report, languages=["fr"])
    assert api.request("GET", f"{path}?language=nl", Accept="text/csv").content == table.content
    frozen(api, report)
    second = f"{report}/versions/2"
    assert api.request("GET", second, Accept="text/csv").status_code == 200
    gone = api.request("GET", f"{second}?language=nl", Accept="text/csv")
    assert kind_of(gone) == (404, "/problems/not-found")


def test_every_form_that_was_kept_can_be_read(api: ApiClient, report: str) -> None:
    frozen(api, report)

    kinds = {"html": "text/html", "pdf": "application/pdf", "csv": "text/csv", "xlsx": XLSX}
    for form in freezing.RENDERERS:
        for language in Language:
            path = f"{report}/versions/1?language={language}"
            answer = api.request("GET", path, Accept=kinds[form])
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].endswith(f'-v1-{language}.{form}"')


def test_what_a_caller_holds_is_not_sent_again(api: ApiClient, report: str) -> None:
    frozen(api, report)
    path = f"{report}/versions/1"
    kinds = ("application/json", "text/html", "text/csv")
    tags = {kind: api.request("GET", path, Accept=kind).headers["ETag"] for kind in kinds}

    for kind, tag in tags.items():
        for held in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            again = api.request("GET", path, Accept=kind, **{"If-None-Match": held})
            assert (again.status_code, again.content) == (304, b""), held
            assert again.headers["ETag"] == tag
    for held in ('"x"', 'W/"v1"', tags["text/csv"]):
        answer = api.request("GET", path, **{"If-None-Match": held})
        assert (answer.status_code, answer.headers["ETag"]) == (200, tags[kinds[0]])
    refused = api.request("GET", path, **{"If-None-Match": "v1"})
    assert kind_of(refused) == (400, "/problems/malformed-header")
    missing = api.request("GET", f"{report}/versions/2", **{"If-None-Match": "*"})
    assert missing.status_code == 404


def test_a_later_correction_makes_a_second_version_and_tells_the_difference(
    api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    clock.advance(2)
    said = record(api, reference, "decided", outcome="removed", ground="terms")
    report = begun(api)
    written(api, report)
    frozen(api, report)
    clock.advance(1)
    replacement = {"outcome": "refused", "ground": "law"}
    record(api, reference, "corrected", voids=said["id"], replacement=replacement)
    amended(api, report, texts={"funding": {"nl": "Giften."}}, figures={"judged_illegal": 5})

    second = frozen(api, report)

    found = api.get(f"{report}/versions/2/diff")
    assert second["number"] == 2
    assert (found["number"], found["against"]) == (2, 1)
    assert found["texts"] == [
        {
            "heading": "funding",
            "language": "nl",
            "before": "As our charter says.",
            "after": "Giften.",
        }
    ]
    assert found["figures"] == [{"figure": "judged_illegal", "before": None, "after": 5}]
    of_actions = {
        (one["row"], one["column"], one["before"], one["after"])
        for one in found["cells"]
        if one["table"] == "other_basis.action"
    }
    assert of_actions == {
        ("removed", "notices", 1, 0),
        ("removed", "items", 1, 0),
        ("refused", "notices", 0, 1),
        ("refused", "items", 0, 1),
    }
    first = api.get(f"{report}/versions/1")
    assert cells(first, "other_basis.action_ground")["removed", "terms"] == 1
    assert kind_of(api.request("GET", f"{report}/versions/1/diff"))[0] == 404


def test_a_freeze_is_done_once_for_a_key(api: ApiClient, report: str, clock: ManualClock) -> None:
    confirmed(api, report)
    headers = {"If-Match": "*", "Idempotency-Key": "freeze-2026"}
    first = api.request("POST", f"{report}/freeze", **headers)
    amended(api, report, texts={"funding": {"en": ""}})  # could not be frozen again
    clock.advance(1)

    again = api.request("POST", f"{report}/freeze", **headers)

    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == f"/api/v1{report}/versions/1"
    assert len(api.get(report)["versions"]) == 1


def test_nothing_is_found_under_a_number_nobody_gave(api: ApiClient) -> None:
    for number in ("1", "0", "01", "x", "9" * 30):
        for path in ("", "/checks", "/versions/1", "/versions/1/diff"):
            answer = api.request("GET", f"/reports/{number}{path}")
            assert kind_of(answer) == (404, "/problems/not-found"), (number, path)
        for method, path in (("PATCH", ""), ("POST", "/freeze")):
            answer = api.request(method, f"/reports/{number}{path}", {}, **ANY)
            assert kind_of(answer) == (404, "/problems/not-found"), (number, path)


def test_nothing_of_a_case_stands_in_any_answer(
    api: ApiClient, database: Database, clock: ManualClock
) -> None:
    canaries = ("zz-canary-case", "zzcanary", "ZZ-TICKET-99", "canary explanation")
    reference = submitted(
        api,
        case_ref=canaries[0],
        urls=[f"https://www.instagram.com/{canaries[1]}/"],
        explanation=canaries[3],
    )
    clock.advance(1)
    record(api, reference, "receipt_confirmed", automatic=True, ticket_id=canaries[2])
    record(api, reference, "noted", text=canaries[3])
    report = begun(api)
    written(api, report)
    frozen(api, report)
    frozen(api, report)
    paths = ("", "/checks", "/versions/1", "/versions/2/diff")

    seen = json.dumps([api.get(f"{report}{path}") for path in paths])
    seen += api.request("GET", f"{report}/versions/1", Accept="text/csv").text

    for secret in (*canaries, "instagram.com"):
        assert secret not in seen
