"""A notice claims the status only while it is held: previewed, submitted, reminded, imported."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import proof
from app.context import Context
from app.imports import import_columns, importing, reading
from app.kit.clock import stamp
from app.notices import drafts, filling
from app.notices.request import Award
from app.takedowns import bases, queries
from app.takedowns.bases import Basis
from app.takedowns.flagger_status import Change
from tests.api_client import ApiClient
from tests.factories import START, ManualClock

AWARDED = Change("awarded", date(2026, 1, 1), "BIPT", decision="D-1")
URL = "https://www.instagram.com/p/C7aB2cD3eF1/"


@pytest.fixture(autouse=True)
def awarded(parts: Context) -> None:
    told(parts, AWARDED)


def told(parts: Context, *changes: Change) -> None:
    with parts.database.write() as unit:
        for change in changes:
            bases.record_change(unit, change, by="somebody")


def body(**more: Any) -> dict[str, Any]:
    return {
        "case_ref": "C-1", "category": "csam", "urls": [URL],
        "explanation": "Assessed by an analyst.",
    } | more  # fmt: skip


def suspended(parts: Context, clock: ManualClock) -> None:
    """Suspend the status from tomorrow on, and come to that day."""
    clock.advance(24)
    told(parts, Change("suspended", clock.now.date()))


def warned(notice: dict[str, Any]) -> list[str]:
    return [one["code"] for one in notice["warnings"] if one["code"] == "basis_fell_back"]


def kinds(api: ApiClient, reference: str) -> list[str]:
    return [event["kind"] for event in api.get(f"/takedowns/{reference}/events")["data"]]


def sent(api: ApiClient, reference: str, **more: Any) -> dict[str, Any]:
    told = {"how": "form", "no_ticket": True} | more
    answer: dict[str, Any] = api.post(f"/takedowns/{reference}/submission", told)
    return answer


def asked_for(parts: Context, reference: str) -> tuple[str, Award | None, bool]:
    with parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        request = filling.request_of(unit, parts.workspace, row)
    return request.basis, request.award, request.fell_back


def test_an_award_holds_on_every_platform_and_a_notice_knows_who_awarded_it(
    parts: Context, api: ApiClient
) -> None:
    reference = api.post("/takedowns", body())["reference"]

    assert asked_for(parts, reference) == ("article_22", Award("BIPT", "D-1"), False)
    assert api.get(f"/takedowns/{reference}")["basis"] == "article_22"
    assert warned(api.get(f"/takedowns/{reference}/notice")) == []


def test_a_platforms_own_record_names_no_authority(parts: Context, api: ApiClient) -> None:
    with parts.database.write() as unit:
        bases.record(unit, Basis("instagram", "article_22", date(2026, 2, 1), "", ()))
    reference = api.post("/takedowns", body())["reference"]

    assert asked_for(parts, reference) == ("article_22", Award(None, None), False)


def test_what_is_suspended_is_claimed_by_no_draft_and_warned_about(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    reference = api.post("/takedowns", body())["reference"]
    suspended(parts, clock)

    assert asked_for(parts, reference) == ("article_16", None, True)
    assert warned(api.get(f"/takedowns/{reference}/notice")) == ["basis_fell_back"]
    new = api.post("/takedowns", body(report_again=True))
    assert new["basis"] == "article_16"
    assert warned(api.get(f"/takedowns/{new['reference']}/notice")) == ["basis_fell_back"]


def test_asked_for_by_name_it_is_refused_while_it_is_suspended(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    suspended(parts, clock)

    answer = api.request("POST", "/takedowns", body(basis="article_22"))

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (
        422,
        "/basis",
        "basis_not_held",
    )
    assert error["detail"] == (
        "the status is suspended since 2026-03-03: once that is lifted, takedown basis resume"
        " --on DATE, or use article_16"
    )


def test_nobody_is_warned_where_no_status_was_ever_recorded_for_the_platform(
    parts: Context, api: ApiClient
) -> None:
    told(parts, AWARDED._replace(exceptions=("instagram",)))

    made = api.post("/takedowns", body())

    assert made["basis"] == "article_16"
    assert warned(api.get(f"/takedowns/{made['reference']}/notice")) == []


def test_a_basis_lost_before_the_submission_is_amended_first_so_that_all_agree(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    reference = api.post("/takedowns", body(basis="article_22"))["reference"]
    suspended(parts, clock)

    answer = sent(api, reference)

    events = api.get(f"/takedowns/{reference}/events")["data"]
    assert [event["kind"] for event in events] == ["logged", "amended", "submitted"]
    assert events[1]["data"] == {"facts": {"basis": "article_16"}}
    assert (answer["basis"], events[2]["data"]["basis"]) == ("article_16", "article_16")
    [frozen] = api.get(f"/takedowns/{reference}/notices")["data"]
    assert warned(frozen) == ["basis_fell_back"]
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


def test_a_basis_that_is_held_is_submitted_as_it_stands(api: ApiClient) -> None:
    reference = api.post("/takedowns", body())["reference"]

    assert sent(api, reference)["basis"] == "article_22"
    assert kinds(api, reference) == ["logged", "submitted"]


def test_a_submission_told_of_later_rests_on_what_was_held_on_its_day(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    early = api.post("/takedowns", body())["reference"]
    before = api.post("/takedowns", body(report_again=True))["reference"]
    suspended(parts, clock)

    while_held = sent(api, early, happened_at=stamp(START + timedelta(hours=1)))
    of_last_year = sent(api, before, happened_at="2025-12-31T12:00:00Z")

    assert (while_held["basis"], kinds(api, early)) == ("article_22", ["logged", "submitted"])
    assert of_last_year["basis"] == "article_16"


def test_what_was_submitted_keeps_its_basis_and_its_reminder_claims_none_that_is_lost(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    reference = api.post("/takedowns", body())["reference"]
    sent(api, reference)
    suspended(parts, clock)

    assert api.get(f"/takedowns/{reference}")["basis"] == "article_22"
    assert asked_for(parts, reference) == ("article_16", None, True)
    reminder = api.get(f"/takedowns/{reference}/notice?purpose=reminder")
    assert warned(reminder) == ["basis_fell_back"]


def test_a_channel_of_the_status_alone_is_not_kept_without_it(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    platform = parts.workspace.catalogue.platforms["instagram"]
    priority, *_ = [one for one in platform.channels if "article_16" not in one.bases
                    and "article_22" in one.bases]  # fmt: skip
    reference = api.post("/takedowns", body(channel=priority.id))["reference"]
    held = api.get(f"/takedowns/{reference}/notice")["channel"]["id"]
    suspended(parts, clock)
    drafts.reassess_all(parts.database, parts.workspace)

    lost = api.get(f"/takedowns/{reference}/notice")["channel"]["id"]

    serving = {one.id for one in platform.serving("article_16", "csam")}
    assert (held, lost in serving) == (priority.id, True)


@pytest.mark.parametrize(
    ("before", "after", "basis"),
    [
        ("impersonation", "csam", "article_22"),
        ("csam", "impersonation", "article_16"),
        ("csam", "csam_ai", "article_22"),
    ],
)
def test_the_default_follows_the_category_of_a_draft(
    api: ApiClient, before: str, after: str, basis: str
) -> None:
    reference = api.post("/takedowns", body(category=before))["reference"]

    amended = changed(api, reference, category=after)

    assert amended["basis"] == basis


def test_a_basis_chosen_by_name_stays_whatever_else_is_amended(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    chosen = api.post("/takedowns", body(basis="voluntary"))["reference"]
    lost = api.post("/takedowns", body(report_again=True))["reference"]
    suspended(parts, clock)

    assert changed(api, chosen, category="csam_ai")["basis"] == "voluntary"
    assert changed(api, lost, urgent=True)["basis"] == "article_22"
    told(parts, Change("resumed", clock.now.date()))
    assert asked_for(parts, lost) == ("article_22", Award("BIPT", "D-1"), False)


def changed(api: ApiClient, reference: str, **facts: Any) -> Any:
    answer = api.request("PATCH", f"/takedowns/{reference}", facts, **{"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("day", "basis", "outcome"),
    [
        ("2026-02-01", "", "article_22"),
        ("2025-12-01", "", "article_16"),
        ("2026-02-01", "article_22", "article_22"),
        ("2025-12-01", "article_22", "refused"),
    ],
)
def test_a_row_of_a_spreadsheet_rests_on_what_was_held_when_it_was_submitted(
    parts: Context, tmp_path: Path, day: str, basis: str, outcome: str
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "case_ref,category,url,explanation,basis,submitted_at\n"
        f"C-1,csam,{URL},Assessed.,{basis},{day}T10:00:00Z\n"
    )

    [done] = importing.bring_in(
        parts.database,
        parts.workspace,
        reading.table(reading.sheet(path, import_columns.KNOWN)),
    )

    found = done.outcome
    if done.outcome == "logged":
        with parts.database.read() as unit:
            found = queries.by_reference(unit, done.holders[0]).basis
    assert found == outcome


def test_recorded_history_is_never_changed_and_order_goes_by_number(
    parts: Context, clock: ManualClock
) -> None:
    with parts.database.write() as unit:
        bases.record(unit, Basis("tiktok", "article_16", date(2026, 1, 1), "", ()))
    clock.advance(-500)
    told(parts, AWARDED._replace(coordinator="VRM"))

    with parts.database.read() as unit:
        found = bases.records(unit, "tiktok")
        assert bases.history(unit) == [AWARDED, AWARDED._replace(coordinator="VRM")]
    assert [getattr(one, "coordinator", "own") for one in found] == ["BIPT", "own", "VRM"]
