"""Every table that pages hand out: typed, framed, in the reader's words, nothing toxic in it."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import func, select

from app.accounts import audit
from app.accounts.audit import Wanted
from app.context import Context
from app.kit.languages import Language
from app.metrics.figure_tables import TABLES
from app.takedowns.models import events, takedowns
from app.web.shell import downloads, labels
from tests.api.factories import begun
from tests.api_client import ApiClient
from tests.databases import Story
from tests.examples import TRANSLATED_FIRST, first_quickly
from tests.factories import ManualClock
from tests.sample_record import populate
from tests.web.pages import pages
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
# What stands in the place of a path's names, and what is asked where something must be.
ASKED: dict[str, list[str]] = {
    "/metrics": [f"?table={name}" for name in TABLES],
    "/metrics/rows": ["?figure=gone", "?figure=complaints", "?figure=takedowns"],
    "/platforms/instagram/": ["open", "refused"],
    "/inbox/since-last-visit/": ["decisions", "came_back", "replies"],
    "/reports/1/rows": ["?table=article_22.provider&row=total&column=items"],
    "/takedowns/{reference}/": ["timeline", "locations", "notices"],
    "/inbox": ["?turn=us", "?turn=all", "?turn=platform&platform=instagram"],
}
TOXIC = ("http", "C7aB2cD3", "zz.fixture", "trained analyst", "Third picture", "our rules")
# The tables of requests and of people: that they were taken away is written down.
OF_REQUESTS = {
    "takedowns", "inbox", "open at a platform", "refused at a platform", "since the last visit",
    "drafts", "report rows", "timeline",
}  # fmt: skip
WITHOUT_TICKETS = {"people", "tokens", "figure rows", "locations", "notices"}
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
CODES = {code for codes in labels.CODES.values() for code in codes if CODE.fullmatch(code)}
# What becomes of a person's own file: tests/web/imports.
OWN_CELLS = {"/imports/{number}/faults.xlsx", "/imports/{number}/known.xlsx"}
# The table of all numbers names them by their path in the API.
PATHS = "/metrics.xlsx?table=numbers"


def told(api: ApiClient, clock: ManualClock) -> None:
    populate(api, clock)
    begun(api)


@pytest.fixture
def past() -> Story:
    return told


def addresses(parts: Context) -> Iterator[str]:
    """The address of every table in its first form, with what it must be asked."""
    with parts.database.read() as unit:
        longest = (
            select(takedowns.c.reference)
            .join(events, events.c.takedown_id == takedowns.c.id)
            .group_by(takedowns.c.reference)
            .order_by(func.count().desc(), takedowns.c.reference)
        )
        reference = str(unit.connection.scalar(longest.limit(1)))
    paths = sorted({page.path for page in pages() if page.path.endswith(".xlsx")} - OWN_CELLS)
    for path in paths:
        base = path.removesuffix(".xlsx").replace("{slug}", "instagram")
        base = re.sub(r"\{(figure|arrived|table)\}", "", base.replace("{report_id}", "1"))
        for asked in ASKED.get(base, [""]):
            here = base.replace("{reference}", reference)
            yield f"{here}.xlsx{asked}" if "?" in asked or not asked else f"{here}{asked}.xlsx"


def fetched(visitor: WebClient, address: str) -> tuple[Worksheet, list[list[str]]]:
    """A table in both forms."""
    workbook = visitor.client.get(address)
    assert (address, workbook.status_code) == (address, 200)
    text = visitor.client.get(address.replace(".xlsx", ".csv")).text.removeprefix("\ufeff")
    [sheet] = load_workbook(io.BytesIO(workbook.content)).worksheets
    separator = ";" if ";" in text.splitlines()[0] else ","
    return sheet, list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize("language", first_quickly(TRANSLATED_FIRST))
def test_every_table_is_typed_framed_in_the_readers_words_and_without_what_is_toxic(
    parts: Context, language: Language
) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    visitor.client.headers["Accept-Language"] = language

    for address in addresses(parts):
        sheet, (names, *lines) = fetched(visitor, address)
        headings, *rows = sheet.values
        assert len(set(headings)) == len(names), address
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions), address
        assert len(rows) == len(lines), address
        assert [one for one in TOXIC if one in f"{rows}{lines}"] == [], address
        for line, row in zip(lines, rows, strict=True):
            for name, told, value in zip(names, line, row, strict=True):
                assert says(told, value, language), (address, name, told, value)
                if isinstance(value, str) and address != PATHS:
                    assert not CODES & set(value.split("; ")), (address, name, value)


def says(told: str, value: object, language: Language) -> bool:
    """Tell whether a workbook's cell says what the CSV's does, in its own way."""
    if value is None or told == "":
        return value is None and told == ""
    if isinstance(value, bool):
        return told == str(value).lower()
    if isinstance(value, datetime) and len(told) > len("2026-01-01"):
        return language == "en" or told == str(value)
    if isinstance(value, date):
        return told == value.date().isoformat() if isinstance(value, datetime) else False
    if isinstance(value, int | float):
        decimal = "." if language == "en" else ","
        return float(told.replace(decimal, ".")) == pytest.approx(value, rel=1e-14)
    return True  # a text: the code of the CSV in words, or the same


def test_what_tells_of_requests_or_people_stands_in_the_audit_log(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    for address in addresses(parts):
        visitor.client.get(address)

    with parts.database.read() as unit:
        entries = audit.page(unit, Wanted(action="exported"), before=None, limit=200)

    found = {str(one.detail["what"]): one.detail for one in entries}
    assert set(found) == OF_REQUESTS | WITHOUT_TICKETS
    assert {name for name, one in found.items() if one.get("tickets")} == OF_REQUESTS


def test_a_short_workbook_touches_no_file_and_a_long_one_holds_nothing_sealed(
    parts: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = WebClient.signed_in(parts, "manager")
    made: list[Any] = []
    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        whole = getattr(tempfile, name)
        monkeypatch.setattr(
            tempfile, name, lambda *a, whole=whole, **k: made.append(a) or whole(*a, **k)
        )

    short, _ = fetched(visitor, "/takedowns.xlsx")
    touched = len(made)
    monkeypatch.setattr(downloads, "IN_MEMORY", 2)
    long, (names, *_) = fetched(visitor, "/takedowns.xlsx")

    assert touched == 0
    assert made
    assert "T-" in str(list(short.values))
    assert "T-" not in str(list(long.values))
    assert (short.max_column, long.max_column) == (len(names), len(names) - 1)
