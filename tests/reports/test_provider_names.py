"""A provider's name that tells an address or anybody's data: refused at first, never printed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.kit.database import Database
from app.metrics import cohort_reading
from app.notices.filling import Workspace
from app.reports import checks, freezing, making
from app.reports.vocabularies import Check
from app.schemas.vocabularies import StatusChange
from app.takedowns import bases, facts, flagger_status
from app.takedowns.flagger_status import Change
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.reports.forms.reading import words_of
from tests.reports.frozen import begun, ready

YEAR = {"kind": "article_22", "from": "2026-01-01", "to": "2027-01-01"}
NAMED = {
    "Zz Fixture, tel. 0475 12 34 56": Check.PERSONAL_DATA,
    "forum.zz-fixture.example": Check.HOST_NAME,
    "Zz Fixture B.V.": None,
}


@pytest.fixture
def record(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An old record, from when such names were taken: the reference of each, by the name."""
    monkeypatch.setattr(facts, "refuse_provider", lambda *_: None)
    return {name: submitted(api, name) for name in NAMED for _ in range(10)}


def asked(provider: str) -> dict[str, Any]:
    return {
        "case_ref": "C-1", "category": "csam", "platform": "other", "provider": provider,
        "urls": [f"https://zz-fixture.example/{len(provider)}"], "recipient": "https://a.example/b",
        "explanation": "Assessed by a trained analyst.", "report_again": True,
    }  # fmt: skip


def submitted(api: ApiClient, provider: str) -> str:
    reference: str = api.post("/takedowns", asked(provider))["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    return reference


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_old_record_freezes_and_prints_no_such_name(
    record: dict[str, str], database: Database, workspace: Workspace, clock: ManualClock
) -> None:
    report = ready(database, workspace, begun(database))
    with database.read() as unit:
        as_of = cohort_reading.latest(database)
        made = making.make(unit, workspace, report, as_of=as_of)
        prepared = freezing.prepare(unit, workspace, report.id, as_of=as_of)

    found = checks.findings(
        report, made, clock.now.date(),
        host_endings=workspace.catalogue.host_endings,
    )  # fmt: skip

    assert {one.provider: one.check for one in found if one.provider} == {
        name: check for name, check in NAMED.items() if check
    }
    assert all(len(one.references) == 10 for one in found if one.provider)
    assert not any(one.blocks for one in found)
    table = made.document.table("other_basis.provider")
    assert {row: table.value(row, "notices") for row in table.rows} == {
        "Zz Fixture B.V.": 10, "unknown": 20, "total": 30,
    }  # fmt: skip
    assert {one.provider for one in made.document.times} == {None, "Zz Fixture B.V."}
    for (_, form), content in prepared.forms.items():
        words = words_of(form, content)
        assert "Zz Fixture B.V." in words
        assert "0475" not in words
        assert "forum.zz-fixture" not in words


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_who_may_not_read_takedowns_is_told_of_no_such_name(
    api: ApiClient, api_with: Callable[..., ApiClient], record: dict[str, str]
) -> None:
    report = f"/reports/{api.post('/reports', YEAR)['id']}"

    open_to_all, told = (one.get(f"{report}/checks") for one in (api, api_with("reports:read")))

    named = {one["provider"] for one in open_to_all["findings"] if one["provider"]}
    assert named == {name for name, check in NAMED.items() if check}
    assert {one["provider"] for one in told["findings"]} == {None}
    assert [one["code"] for one in told["findings"]] == [
        one["code"] for one in open_to_all["findings"]
    ]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "coordinator", ["BIPT, 02 226 88 88", "BIPT, +32\u00a0470\u202f12\u00a034\u00a056"]
)
def test_an_old_record_prints_no_such_name_of_a_coordinator(
    database: Database,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    coordinator: str,
) -> None:
    monkeypatch.setattr(flagger_status, "refuse_personal_data", lambda *_: None)
    for name in (coordinator, "BIPT (bipt.be)"):
        with database.write() as unit:
            award = Change(StatusChange.AWARDED, date(2026, 1, 1), name)
            bases.record_change(unit, award, by="somebody")
    report = begun(database)
    with database.read() as unit:
        made = making.make(unit, workspace, report, as_of=cohort_reading.latest(database))

    assert [one.coordinator for one in made.document.status] == ["", "BIPT (bipt.be)"]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", [name for name, check in NAMED.items() if check])
def test_such_a_name_is_refused_where_it_enters(api: ApiClient, name: str) -> None:
    answer = api.request("POST", "/takedowns", asked(name))

    assert [one["pointer"] for one in answer.json()["errors"]] == ["/provider"]
    assert name not in answer.text
