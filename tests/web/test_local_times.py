"""Wherever a page takes a local time: one that never was is refused, one that came twice asks."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from app.context import Context
from app.kit.languages import Language
from app.web.shell.rendering import WEB
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.sample_record import facts
from tests.web.conftest import OpenPage, Site
from tests.web.factories import submitted, timeline_of
from tests.web.page_checks import violations
from tests.web.web_client import WebClient, error_summary

SKIPPED = "The clock was put forward that night: this time did not exist. Correct it."
TWICE = "The clock was put back that night: this time came twice. Say which."
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


class Place(NamedTuple):
    """A form, its field of a local time, and what else it needs; `is_ahead`: of a time to come."""

    path: str
    field: str
    more: Mapping[str, str]
    is_ahead: bool = False


NEW = {"case_ref": "C-9", "category": "csam", "paste": "https://youtu.be/aB3dE5fG7hE"}
PLACE = {"do": "add", "locator-platform": "snapchat", "locator-account": "zz.fixture"}
PLACES = {
    "the end of a threat": Place("/takedowns/new", "deadline_at", NEW),
    "the report to us": Place("/takedowns/new", "reported_at", NEW),
    "content without a link": Place("/takedowns/new", "locator-occurred_at", PLACE),
    "the facts of a draft": Place("/takedowns/{draft}/facts", "reported_at", {
        "version": "1", "case_ref": "C-1", "category": "csam", "ai_generated": "unknown",
        "language": "en", "basis": "article_16",
    }),
    "a submission": Place("/takedowns/{draft}/notice/submission", "happened_at", {
        "no_ticket": "1",
    }),
    "a reply": Place("/takedowns/{sent}/act/reply", "reply-happened_at", {
        "reply-kind": "receipt_confirmed",
    }),
    "a look": Place("/takedowns/{sent}/act/check", "check-happened_at", {"check-item-1": "gone"}),
    "a reminder": Place("/takedowns/{sent}/notice/submission", "happened_at", {
        "purpose": "reminder",
    }),
    "a correction": Place("/takedowns/{sent}/events/{number}", "happened_at", {"why": "Mistyped."}),
    "a request put aside": Place("/takedowns/{sent}/wait", "wait-until", {}, is_ahead=True),
    "many put aside": Place("/inbox/bulk/apply", "until", {
        "action": "wait", "reference": "{sent}",
    }, is_ahead=True),
}  # fmt: skip


@pytest.fixture
def names(api: ApiClient, clock: ManualClock) -> dict[str, Any]:
    """A draft and a takedown that was submitted, long ago."""
    clock.now = datetime(2024, 11, 1, 9, tzinfo=UTC)
    urls = [f"https://www.instagram.com/p/C7aB2cD3eF{number}/" for number in range(2)]
    draft, sent = (api.post("/takedowns", facts("C-1", one))["reference"] for one in urls)
    how = {"how": "form", "no_ticket": True}
    api.post(f"/takedowns/{sent}/submission", how)
    number = api.post(f"/takedowns/{sent}/events", {"kind": "noted", "text": "x"})["id"]
    clock.now = NOW
    return {"draft": draft, "sent": sent, "number": number}


def inputs(page: str, field: str) -> list[tuple[str, str]]:
    """The fields of this name or its offset: what each holds, and whether it is chosen."""
    found = re.findall(rf'<input[^>]* name="{field}(-offset)?"[^>]*>', page)
    whole = re.findall(rf'<input[^>]* name="{field}(?:-offset)?"[^>]*>', page)
    values = [re.search(r'value="([^"]*)"', one) for one in whole]
    return [
        (kind, html.unescape(value[1]) if value else "")
        for kind, value in zip(found, values, strict=True)
    ]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("story", PLACES)
def test_a_local_time_is_refused_or_asked_about_and_stays_as_it_was_typed(
    parts: Context, names: dict[str, Any], story: str
) -> None:
    place = PLACES[story]
    never, twice = ("2027-03-28T02:30", "2027-10-31T02:30") if place.is_ahead else (
        "2025-03-30T02:30", "2025-10-26T02:30",
    )  # fmt: skip
    visitor = WebClient.signed_in(parts, "manager")
    path = place.path.format(**names)
    more = {name: value.format(**names) for name, value in place.more.items()}

    def sent(**fields: str) -> Any:
        return visitor.post(path, **more, **fields)

    skipped, asked = sent(**{place.field: never}), sent(**{place.field: twice})
    taken = sent(**{place.field: twice, f"{place.field}-offset": "+01:00"})

    assert (skipped.status_code, error_summary(skipped)) == (422, SKIPPED)
    assert inputs(skipped.text, place.field) == [("", never)]
    assert (asked.status_code, error_summary(asked)) == (422, TWICE)
    assert inputs(asked.text, place.field) == [
        ("", twice), ("-offset", "+02:00"), ("-offset", "+01:00"),
    ]  # fmt: skip
    assert taken.status_code == 303, error_summary(taken)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_every_local_time_of_a_form_is_told_at_once(parts: Context, clock: ManualClock) -> None:
    clock.now = NOW
    times = {"deadline_at": "2027-03-28T02:30", "reported_at": "2026-10-25T02:30"}

    answer = WebClient.signed_in(parts).post("/takedowns/new", **NEW, **times)

    fields = re.findall(r'<li><a href="#(\w+)">', answer.text)
    assert (answer.status_code, fields) == (422, ["deadline_at", "reported_at"])


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_figures_ask_which_of_two_moments_is_meant(
    parts: Context, names: dict[str, Any]
) -> None:
    visitor = WebClient.signed_in(parts, "manager")

    def asked(query: str) -> Any:
        return visitor.get(f"/metrics?{query}")

    skipped, twice = asked("as_of=2026-03-29T02:30"), asked("as_of=2026-10-25T02:30")
    one = asked("as_of=2026-10-25T02:30&as_of-offset=%2B01:00")

    assert [error_summary(answer) for answer in (skipped, twice, one)] == [SKIPPED, TWICE, ""]
    assert inputs(twice.text, "as_of") == [
        ("", "2026-10-25T02:30"), ("-offset", "+02:00"), ("-offset", "+01:00"),
    ]  # fmt: skip
    assert "2026-10-25T01:30:00Z" in one.text


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_later_of_two_is_kept_when_other_facts_change(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    clock.now = NOW
    timeline_of = facts("C-1", "https://youtu.be/aB3dE5fG7hE") | {
        "reported_at": "2026-10-25T02:30:00+01:00"
    }
    reference = api.post("/takedowns", timeline_of)["reference"]
    visitor = WebClient.signed_in(parts, "manager")
    page = visitor.get(f"/takedowns/{reference}/facts").text
    chosen = re.findall(r'name="reported_at-offset" value="([^"]*)" checked', page)

    fields = {
        "version": "1", "case_ref": "C-2", "category": "csam", "ai_generated": "unknown",
        "language": "en", "basis": "article_16", "reported_at": "2026-10-25T02:30",
        "reported_at-offset": html.unescape(chosen[0]),
    }  # fmt: skip
    answer = visitor.post(f"/takedowns/{reference}/facts", **fields)

    assert answer.status_code == 303, error_summary(answer)
    found = api.get(f"/takedowns/{reference}")
    assert (found["case_ref"], found["reported_at"]) == ("C-2", "2026-10-25T01:30:00Z")


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_correction_may_choose_the_other_of_two(
    parts: Context, api: ApiClient, names: dict[str, Any]
) -> None:
    noted = {"kind": "noted", "text": "x", "happened_at": "2025-10-26T00:30:30Z"}
    number = api.post(f"/takedowns/{names['sent']}/events", noted)["id"]
    visitor = WebClient.signed_in(parts, "manager")
    visitor.get(f"/takedowns/{names['sent']}")
    path = f"/takedowns/{names['sent']}/events/{number}"
    at = {"happened_at": "2025-10-26T02:30", "why": "Mistyped."}

    visitor.post(path, **at, **{"happened_at-offset": "+01:00"})

    events = api.get(f"/takedowns/{names['sent']}/events")["data"]
    assert [one["happened_at"] for one in events if one["kind"] == "corrected"] == [
        "2025-10-26T01:30:00Z"
    ]


def test_local_times_are_typed_into_one_kind_of_field() -> None:
    typing = {
        path.relative_to(WEB).as_posix().replace("/templates/", "/", 1)
        for path in WEB.glob("*/templates/**/*.html")
        if "datetime-local" in path.read_text("utf-8")
    }

    assert typing == {"shell/parts/forms.html", "shell/parts/notice_forms.html"}


@pytest.mark.parametrize("language", Language)
def test_which_of_the_two_is_chosen_on_the_page(
    site: Site, open_page: OpenPage, language: str
) -> None:
    reference = submitted(site, hours_ago=24 * 30)
    page = open_page(site, f"/takedowns/{reference}?act=escalate", language=language)

    page.fill("#escalate-text", "Called them.")
    page.select_option("#escalate-to", "coordinator")
    page.fill("#escalate-happened_at", "2026-10-25T02:30")
    page.click("#act-escalate button.primary")
    expect(page.locator("[data-testid=error-summary] a")).to_have_attribute(
        "href", "#escalate-happened_at"
    )
    choices = page.locator("[name=escalate-happened_at-offset]")
    kept = (page.input_value("#escalate-text"), page.input_value("#escalate-happened_at"))
    found = (choices.count(), violations(page))
    choices.nth(1).check()
    page.click("#act-escalate button.primary")
    page.wait_for_url("**?said=escalate*")

    assert kept == ("Called them.", "2026-10-25T02:30")
    assert found == (2, [])
    assert timeline_of(site, reference)[-1][0] == "escalated"
    assert page.locator("time[datetime='2026-10-25T01:30:00Z']").count() >= 1
