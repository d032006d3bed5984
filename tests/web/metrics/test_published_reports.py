"""They say, we measured: a report is read, shown, kept, and then stands beside our figures."""

import html
import re
from typing import Any

import pytest

from app.accounts import audit
from app.context import Context
from app.kit.languages import Language
from app.transparency import kept
from app.transparency.layout import TOTAL
from tests.transparency.report_files import CSAM, MINORS, ROWS, as_csv, as_workbook, line, report
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import faults
from tests.web.web_client import WebClient, error_summary

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
PAGE = "/metrics/published"
NUMBERS = {
    TOTAL: ("1081646", "471", "349915", "423", "5.6", "12.3", "59375", "137", "32881", "63"),
    MINORS: ("89340", "27", "28884", "25"),
    CSAM: ("89340", "27", "28884", "25", "7.7", "1.2"),
}


def send(visitor: WebClient, content: bytes, name: str = "4_notices.csv", **fields: str) -> Any:
    data = {"csrf": visitor.csrf, "about": "tiktok"} | fields
    return visitor.client.post(PAGE, data=data, files={"file": (name, content, "text/csv")})


def shown_sha(visitor: WebClient) -> str:
    found = re.search(r'name="sha256" value="([0-9a-f]{64})"', visitor.get(f"{PAGE}/new").text)
    assert found
    return found[1]


def keep(visitor: WebClient, content: bytes, **fields: str) -> str:
    """Send a file and keep it; returns its page."""
    assert visitor.at(send(visitor, content, **fields)) == f"{PAGE}/new"
    answer = visitor.post(f"{PAGE}/new", sha256=shown_sha(visitor), keep="on")
    return visitor.at(answer).partition("?")[0]


@on_sqlite
@pytest.mark.parametrize("written", [as_csv, as_workbook])
def test_a_report_is_shown_before_it_is_kept_and_stands_beside_ours_then(
    parts: Context, written: Any
) -> None:
    visitor = WebClient.signed_in(parts, "manager")
    lines = report(NUMBERS)
    lines[1][5] = "6,564"
    content = written(lines)

    assert visitor.at(send(visitor, content, "C:\\reports\\4_notices.csv")) == f"{PAGE}/new"
    preview = visitor.get(f"{PAGE}/new").text

    assert f"{ROWS - 1} rows of {ROWS} are read. 1 is left out" in " ".join(preview.split())
    assert re.search(r"<q>6,564</q>.*A comma, space or apostrophe", preview, re.S)
    with parts.database.read() as unit:
        assert kept.every(unit) == []
    answer = visitor.post(f"{PAGE}/new", sha256=shown_sha(visitor), keep="on")
    address = visitor.at(answer).partition("?")[0]
    with parts.database.read() as unit:
        [one] = kept.every(unit)
        entry = audit.page(unit, audit.Wanted(None), before=None, limit=1)[0]
    assert (one.name, one.platform, one.service) == ("4_notices.csv", "tiktok", "Zzfixture")
    assert entry.action == "transparency_report_kept"
    assert entry.detail.keys() == {"platform", "sha256", "read"}
    assert (entry.detail["platform"], entry.detail["sha256"]) == ("tiktok", one.sha256)
    assert one.sha256 in visitor.get(address).text.replace("<wbr>", "")
    assert visitor.get(f"{address}/file").content == content
    for page in (PAGE, "/platforms/tiktok"):
        text = html.unescape(visitor.get(page).text)
        assert f"Zzfixture, 4_notices.csv (SHA-256 {one.sha256[:12]})" in text


@on_sqlite
def test_of_a_hopeless_file_the_first_faults_are_shown(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "manager")
    send(visitor, as_csv([line(f"NO_CODE_{number}") for number in range(600)]))

    text = visitor.get(f"{PAGE}/new").text

    assert text.count('data-testid="finding"') == 500
    assert "101 more are not shown here." in text  # and that codes of the Annex are missing


@on_sqlite
def test_what_is_sent_and_not_kept_leaves_nothing(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "manager")
    send(visitor, as_csv(report(NUMBERS)))

    answer = visitor.post(f"{PAGE}/new", sha256=shown_sha(visitor), forget="on")

    assert visitor.at(answer) == PAGE
    assert visitor.at(visitor.get(f"{PAGE}/new")) == PAGE
    with parts.database.read() as unit:
        assert kept.every(unit) == []


@on_sqlite
def test_only_the_file_that_was_shown_is_kept(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "manager")
    send(visitor, as_csv(report(NUMBERS)))
    shown = shown_sha(visitor)
    send(visitor, as_csv([line(TOTAL, "4")]))  # in another tab

    visitor.post(f"{PAGE}/new", sha256=shown, keep="on")

    with parts.database.read() as unit:
        assert kept.every(unit) == []


@on_sqlite
def test_a_correction_stands_instead_and_the_earlier_report_stays(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    first = keep(visitor, as_csv(report(NUMBERS)))
    assert keep(visitor, as_csv(report(NUMBERS))) == first  # the same file is kept once
    second = keep(
        visitor, as_csv(report(NUMBERS | {CSAM: ("89340", "27", "28884", "25", "7.7", "1.4")}))
    )

    text = visitor.get(f"{PAGE}?platform=tiktok").text

    assert first != second
    assert text.count(f'href="{first}"') == text.count(f'href="{second}"') == 1
    with parts.database.read() as unit:
        newest, oldest = kept.every(unit)
    assert text.count(f"SHA-256 {newest.sha256[:12]}") == 2  # all categories, and one of ours
    assert f"SHA-256 {oldest.sha256[:12]}" not in text


@on_sqlite
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\r\n", "no table of notices"),
        (as_csv([line(TOTAL)]).replace(b"Median", b"Mean"), "lacks columns"),
        ("é".encode("latin-1"), "not in UTF-8"),
        (as_csv([line(TOTAL), line(TOTAL, service="Another")]), "as the file names it"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(
    parts: Context, content: bytes, sentence: str
) -> None:
    visitor = WebClient.signed_in(parts, "manager")

    answer = send(visitor, content)

    assert answer.status_code == 422
    assert sentence in error_summary(answer)


@on_sqlite
def test_a_form_without_a_file_or_platform_asks_for_both(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "manager")

    answer = visitor.post(PAGE, about="unheard_of")

    assert answer.status_code == 422
    assert "Choose a platform from the list." in answer.text
    assert "Choose the file." in answer.text


@on_sqlite
def test_caseworkers_see_what_is_kept_and_send_nothing(parts: Context) -> None:
    address = keep(WebClient.signed_in(parts, "manager"), as_csv(report(NUMBERS)))
    visitor = WebClient.signed_in(parts, "caseworker")

    assert visitor.get(address).status_code == 200
    assert "multipart" not in visitor.get(PAGE).text
    assert send(visitor, as_csv(report(NUMBERS))).status_code == 403
    assert visitor.get(f"{PAGE}/new").status_code == 403
    assert visitor.get(f"{PAGE}/7000").status_code == 404


@pytest.mark.parametrize("language", Language)
def test_the_pages_are_accessible_whole_and_narrow(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, PAGE, "manager", language=language, width=320)
    lines = report(NUMBERS)
    lines[1][5] = "6,564"
    content = {"name": f"{language}.csv", "mimeType": "text/csv", "buffer": as_csv(lines)}
    page.select_option("#about", "tiktok")
    page.set_input_files("#file", [content])  # type: ignore[list-item]
    page.click("form[enctype] button")
    found = {page.url: faults(page)}
    page.click("button[name=keep]")
    found[page.url] = faults(page)
    page.goto(PAGE)
    found[page.url] = faults(page)

    assert {address: said for address, said in found.items() if said} == {}
    assert len(found) == 3
    assert page.locator("[data-testid=beside]").count() > 5
