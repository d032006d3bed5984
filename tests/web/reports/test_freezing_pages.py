"""A report is frozen on its page, and shown as it was kept."""

import hashlib

import pytest

from app.context import Context
from app.reports import archive, drafts
from tests.api_client import ApiClient
from tests.databases import Story
from tests.factories import ManualClock
from tests.sample_record import facts, populate, submit
from tests.web.reports.manager import (
    begin,
    confirm_cells,
    freeze,
    frozen,
    hidden,
    links,
    words,
    write,
    write_all,
)
from tests.web.web_client import WebClient, error_summary

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def manager(parts: Context) -> WebClient:
    """Somebody who reports on takedowns in every stage."""
    return WebClient.signed_in(parts, "manager")


def logged(api: ApiClient, url: str) -> str:
    return str(api.post("/takedowns", facts("C-9", url))["reference"])


def versions(parts: Context) -> int:
    with parts.database.read() as unit:
        return len(archive.versions(unit, 1))


def test_nothing_is_frozen_while_something_is_to_be_corrected(
    parts: Context, manager: WebClient
) -> None:
    report = begin(manager)
    with parts.database.read() as unit:
        version = str(drafts.report(unit, 1).version)

    answer = manager.post(f"{report}/versions", version=version, confirm="on")

    assert (answer.status_code, versions(parts)) == (422, 0)
    assert error_summary(answer) == "A cell counts one: make sure that nobody can be recognised."
    assert [address for address, _ in links(answer, "#")][:7] == [
        "#main", "#checks", "#checks", "#checks", "#texts", "#figures", "#preview",
    ]  # fmt: skip
    assert "A required heading is empty." in words(answer)
    assert 'data-testid="freeze"' not in answer.text


@pytest.mark.parametrize(
    ("told", "status", "said"),
    [
        ({}, 422, "Confirm what follows from it."),
        ({"confirm": "on", "version": "3"}, 409, "This changed since the page was loaded, "
         "and nothing was done. Look at it as it is now."),
    ],
)  # fmt: skip
def test_a_freeze_is_confirmed_on_the_page_as_it_is_now(
    parts: Context, manager: WebClient, told: dict[str, str], status: int, said: str
) -> None:
    report = begin(manager)
    write_all(manager, report)
    confirm_cells(manager, report)
    asked = {"version": hidden(manager, report, "version")} | told

    answer = manager.post(f"{report}/versions", **asked)

    assert (answer.status_code, error_summary(answer)) == (status, said)
    assert versions(parts) == 0


def test_a_freeze_that_was_pressed_twice_makes_one_version(
    parts: Context, manager: WebClient
) -> None:
    report = begin(manager)
    write_all(manager, report)
    confirm_cells(manager, report)
    asked = {"version": hidden(manager, report, "version"), "confirm": "on"}

    answers = [manager.post(f"{report}/versions", **asked) for _ in range(2)]

    there = f"{report}/versions/1?said=report_frozen"
    assert [manager.at(answer) for answer in answers] == [there, there]
    assert versions(parts) == 1


def test_a_frozen_version_hands_out_the_bytes_that_were_kept(
    parts: Context, manager: WebClient
) -> None:
    report = frozen(manager)
    page = manager.get(f"{report}/versions/1")

    handed = {
        address: manager.get(address).content
        for address, _ in links(page, f"{report}/versions/1/en/")
    }

    with parts.database.read() as unit:
        [version] = archive.versions(unit, 1)
        kept = {
            f"{report}/versions/1/en/{form}": archive.frozen_form(
                unit, 1, 1, form=form, language="en"
            ).content
            for form in (address.rpartition("/")[2] for address in handed)
        }
    assert handed == kept
    assert f"{report}/versions/1/en/csv" in handed
    assert words(page).count(version.sha256) == 1
    assert hashlib.sha256(handed[f"{report}/versions/1/en/json"]).hexdigest() == version.sha256
    assert "Its forms are kept as they were." in words(page)


def test_a_correction_makes_another_version_that_says_what_changed(
    manager: WebClient, api: ApiClient, clock: ManualClock
) -> None:
    report = frozen(manager)
    unchanged = words(manager.get(report))
    clock.advance(0.1)
    submit(api, logged(api, "https://x.com/zz/status/17900001"), no_ticket=True)
    write(manager, report, "training", "How we see to it twice a year.")
    listed = words(manager.get("/reports"), "reports")
    confirm_cells(manager, report)

    answer = freeze(manager, report)

    assert "Nothing changed since: a correction would make version 2." in unchanged
    assert "Version 1 frozen on 4 Mar 2026, changed since" in listed
    assert manager.at(answer) == f"{report}/versions/2?said=report_frozen"
    page = manager.get(f"{report}/versions/2")
    assert "How we see to [removed: training.] [inserted: it twice a year.]" in words(page)
    assert "Notices and items by action of the provider Pending Notices 1 2" in words(
        page, "difference"
    )
    assert 'data-testid="difference"' not in manager.get(f"{report}/versions/1").text


def test_the_rows_of_a_version_are_those_of_its_freeze(
    parts: Context, manager: WebClient, api: ApiClient, clock: ManualClock
) -> None:
    report = frozen(manager)
    cell = "table=other_basis.provider&row=total&column=notices"
    clock.advance(1)
    made = logged(api, "https://x.com/zz/status/17900001")
    submit(api, made, no_ticket=True)
    manager = WebClient.signed_in(parts, "manager")

    now, then = (manager.get(f"{report}/rows?{cell}{of}").text for of in ("", "&version=1"))

    assert (made in now, made in then) == (True, False)
    assert now.count("request-row") == then.count("request-row") + 1
    tables = manager.get(f"{report}/versions/1/tables")
    assert all("version=1" in address for address, _ in links(tables, rf"{report}/rows\?"))


def test_the_web_page_of_the_preview_is_what_a_freeze_would_keep(manager: WebClient) -> None:
    report = begin(manager)
    write_all(manager, report)
    confirm_cells(manager, report)

    preview = manager.get(f"{report}/preview/en")
    freeze(manager, report)

    assert preview.content == manager.get(f"{report}/versions/1/en/html").content
    policy = preview.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert manager.get(f"{report}/preview/de").status_code == 404


def test_the_preview_says_in_short_what_the_numbers_say(manager: WebClient) -> None:
    report = begin(manager)

    page = manager.get(f"{report}/preview")

    assert (
        "In short These days were not over when this was counted: the numbers are those until then."
        " In this period we sent no notice as a trusted flagger."
    ) in words(page)
    assert links(page, f"{report}/preview/") == [(f"{report}/preview/en", "English")]
