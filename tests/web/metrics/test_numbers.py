"""Every number, table, curve and spreadsheet of the figures, worked out a second time."""

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import zip_longest
from math import isclose
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app import demo, main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.context import Context
from app.kit import settings as settings_of
from app.kit.clock import stamp, starting_at
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.metrics.oracle import Takedown
from tests.web.conftest import FICTION
from tests.web.metrics import figures_oracle, odd_platforms
from tests.web.metrics.figures_oracle import Line, Number
from tests.web.web_client import WebClient

KPI = re.compile(r'data-testid="kpi-([\w-]+)">(.*?)</div>', re.S)
COUNT = re.compile(r'<a href="/metrics/rows\?[^"]*">(\d+)</a>')
DATA = re.compile(r'<data value="([^"]*)">')
HOURS = (1, 6, 24, 48, 72, 168, 1008)
DEMO_QUESTIONS: list[dict[str, str]] = [
    {},
    *({"platform": one} for one in ("instagram", "x", "snapchat", "discord", "youtube")),
    *({"category": one} for one in ("csam", "csam_ai", "sexual_extortion_minor", "ncii_adult")),
    *({"basis": one} for one in ("article_16", "article_22", "voluntary")),
    {"from": "2026-10-01", "until": "2026-10-31"},
    {"from": "2026-10-01", "until": "2026-11-03", "platform": "instagram", "basis": "article_22"},
    {"period": "this_quarter"},
    {"period": "last_year"},
    {"from": "2026-08-01", "until": "2026-08-31"},
    {"until": "2026-01-01"},
    {"from": "2026-11-01"},
]
ODD_QUESTIONS: list[dict[str, str]] = [
    {"from": "2020-01-01"},
    *({"platform": one, "from": "2020-01-01"} for one in odd_platforms.PLACES),
    {"category": "csam"},
    {"period": "this_quarter", "compare": "none"},
    {"period": "last_quarter"},
    {"from": "2026-02-01", "until": "2026-02-28", "platform": "instagram"},
]
DAYS = {
    ("this_quarter", 11): (date(2026, 10, 1), date(2026, 12, 31)),
    ("last_year", 11): (date(2025, 1, 1), date(2025, 12, 31)),
    ("last_12_months", 11): (date(2025, 11, 4), date(2026, 11, 3)),
    ("this_quarter", 3): (date(2026, 1, 1), date(2026, 3, 31)),
    ("last_quarter", 3): (date(2025, 10, 1), date(2025, 12, 31)),
    ("last_12_months", 3): (date(2025, 3, 3), date(2026, 3, 2)),
}


@pytest.fixture
def year_parts(year: Path, tmp_path: Path) -> Iterator[Context]:
    """The fictional year, not served."""
    shutil.copytree(year, tmp_path / "data")
    parts = main.context(settings_of.read(tmp_path / "data", **FICTION), starting_at(demo.NOW))
    yield parts
    parts.database.close()


def test_all_numbers_of_the_fictional_year_are_those_of_a_second_reckoning(
    year_parts: Context,
) -> None:
    with year_parts.database.write() as unit:
        token = access.add_token(unit, "reader", SCOPES)
    api = ApiClient(TestClient(main.create_app(year_parts)), token)

    check(year_parts, api, demo.NOW, DEMO_QUESTIONS)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_all_numbers_of_odd_platforms_are_those_of_a_second_reckoning(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    odd_platforms.tell(api, clock.now)

    check(parts, api, clock.now, ODD_QUESTIONS)


def check(parts: Context, api: ApiClient, as_of: datetime, questions: list[dict[str, str]]) -> None:
    """Compare every answer to every question with what is reckoned; all faults at once."""
    visitor = WebClient.signed_in(parts, "manager")
    known = figures_oracle.told(api, as_of)
    wrong = {}
    for question in questions:
        for name, found, expected in answers(visitor, known, as_of, question):
            wrong |= differences(found, expected, f"{urlencode(question)} {name}")

    assert wrong == {}


def differences(one: Any, other: Any, path: str) -> dict[str, Any]:
    """Give what is not the same, numbers to the six digits of a spreadsheet, by where it is."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = {key: (one.get(key), other.get(key)) for key in one.keys() | other.keys()}
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = dict(enumerate(zip_longest(one, other)))
    elif isinstance(one, float) and isinstance(other, float):
        return {} if isclose(one, other, rel_tol=1e-5) else {path: (one, other)}
    else:
        return {} if one == other else {path: (one, other)}
    found: dict[str, Any] = {}
    for key, pair in pairs.items():
        found |= differences(*pair, f"{path}/{key}")
    return found


Finding = tuple[str, Any, Any]  # what it is, what is shown, what should be


def answers(
    visitor: WebClient, known: list[Takedown], as_of: datetime, question: dict[str, str]
) -> Iterator[Finding]:
    """Everything a page and its spreadsheets say, each beside what it should say."""
    query = urlencode(question | {"as_of": stamp(as_of)})
    page = visitor.get(f"/metrics?{query}").text
    sheets = {
        name: sheet(visitor.get(f"/metrics.csv?table={name}&{query}").text)
        for name in ("numbers", "curve", "platforms", "trend", "time")
    }
    first, last = days(question, as_of)
    terms = {name: question[name] for name in ("category", "basis") if name in question}
    inside = figures_oracle.within(known, first, last, **terms)
    chosen = [one for one in inside if question.get("platform") in (None, platform_of(one))]
    yield from the_row(page, sheets["numbers"], chosen if inside else None, as_of)
    if inside:
        yield from the_platforms(page, sheets, inside, as_of)
        yield from the_months(page, sheets["trend"], chosen, as_of)


def the_row(
    page: str, lines: list[dict[str, str]], chosen: list[Takedown] | None, as_of: datetime
) -> Iterator[Finding]:
    """The numbers at the top; none at all where nothing was submitted to anybody."""
    expected = figures_oracle.row(chosen or [], as_of)
    shown = {key: number(block) for key, block in KPI.findall(page)}
    small = figures_oracle.is_small(chosen or [])
    should = {key: on_page(one, small) for key, one in expected.items()}
    yield "row", shown, {} if chosen is None else should
    told = {one["figure"]: Number(value(one["value"]), counts_in(one)) for one in lines}
    yield "numbers.csv", told, expected


def on_page(number: Number, is_small: bool) -> Number:
    """Of few, a number tells how many of how many; of none, nothing can be told."""
    if number.counts[1] == 0:
        return Number(None, [])
    return Number(number.value, number.counts[:2] if is_small else number.counts)


def the_platforms(
    page: str, sheets: dict[str, list[dict[str, str]]], inside: list[Takedown], as_of: datetime
) -> Iterator[Finding]:
    """What is told of each platform: of every one, even where the page is about one of them."""
    groups = grouped(inside, platform_of)
    lines = {key: figures_oracle.line(group, as_of, HOURS) for key, group in groups.items()}
    shares = [f"gone_{hours}h" for hours in HOURS]
    told = {one["platform"]: sheet_line(one, shares) for one in sheets["platforms"]}
    yield "platforms.csv", told, {key: [*plain(one), *one.shares] for key, one in lines.items()}
    sides = {one: cells(row) for one, row in rows_of(page, "sides")}
    yield (
        "sides",
        sides,
        {
            key: (
                given(one.median, *(one.limits or ()), one.simple),
                [one.watched, one.gone, one.open, one.refused],
            )
            for key, one in lines.items()
        },
    )
    by_hour = rows_of(page, "curve")
    table = {one: cells(row) for one, row in by_hour if one}
    yield (
        "curve",
        table,
        {key: (given(*one.shares), [one.watched, *one.gone_by]) for key, one in lines.items()},
    )
    if "all" in {one["platform"] for one in sheets["curve"]}:
        everything = figures_oracle.line(inside, as_of, HOURS)
        told_of_all = cells(next(row for one, row in by_hour if not one))
        counts = [everything.watched, *everything.gone_by]
        yield "curve of all", told_of_all, (given(*everything.shares), counts)
    time = {one["platform"]: value(one["gone_median_hours"]) for one in sheets["time"]}
    yield "time.csv", time, {key: one.median for key, one in lines.items()}
    drawn = grouped(sheets["curve"], lambda one: one["platform"])
    for key in drawn.keys() & groups.keys():
        points = [(value(one["hours"]), value(one["share"])) for one in drawn[key]]
        yield f"curve of {key}", points, figures_oracle.steps(groups[key], as_of)
    large = [key for key, one in lines.items() if not one.is_small]
    yield "drawn", sorted(drawn.keys() & groups.keys()), large


def the_months(
    page: str, lines: list[dict[str, str]], chosen: list[Takedown], as_of: datetime
) -> Iterator[Finding]:
    """What is told month by month, empty months between the others included."""
    groups = grouped(chosen, lambda one: f"{figures_oracle.day_of(one):%Y-%m}")
    expected = [figures_oracle.line(groups.get(one["month"], []), as_of, HOURS) for one in lines]
    yield "trend.csv", [sheet_line(one) for one in lines], [plain(one) for one in expected]
    yield "months", groups.keys() - {one["month"] for one in lines}, set()
    yield (
        "trend",
        [cells(row) for _, row in rows_of(page, "trend")],
        [(given(one.median), [one.watched, one.gone]) for one in expected],
    )


def days(question: dict[str, str], as_of: datetime) -> tuple[date | None, date | None]:
    """The days a question is about, written out by hand for those that have a name."""
    first, last = (question.get(name) for name in ("from", "until"))
    if first or last:
        return first and date.fromisoformat(first), last and date.fromisoformat(last)  # type: ignore[return-value]
    return DAYS[question.get("period", "last_12_months"), as_of.month]


def number(block: str) -> Number:
    """Read one number of the row as it is shown."""
    before_the_other = block.partition(">was ")[0]
    counts = [int(count) for count in COUNT.findall(before_the_other)]
    found = re.search(r'class="value[^"]*"><data value="([^"]*)">', before_the_other)
    is_a_count = 'class="value"><a' in block
    shown = float(found[1]) if found else float(counts[0]) if is_a_count else None
    return Number(shown, counts)


def rows_of(page: str, chart: str) -> list[tuple[str, str]]:
    """Give the lines of a chart's table, each with the platform it is about."""
    [table] = re.findall(rf'data-testid="chart-{chart}-table".*?<tbody>(.*?)</tbody>', page, re.S)
    rows = re.findall(r"<tr.*?</tr>", table, re.S)
    return [((re.findall(r"[?;]platform=(\w+)", row) or [""])[0], row) for row in rows]


def cells(row: str) -> tuple[list[float], list[int]]:
    """Give the values and the counts of a line."""
    values = [float(text) for text in DATA.findall(row)]
    return values, [int(text) for text in COUNT.findall(row)]


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def sheet_line(one: dict[str, str], more: Sequence[str] = ()) -> list[float | None]:
    names = ["takedowns", "items", "gone", "not_gone", "refused", "median_hours"]
    return [value(one[name]) for name in (*names, "dsa_style_median_hours", *more)]


def plain(one: Line) -> list[float | None]:
    counts = (one.takedowns, one.watched, one.gone, one.open, one.refused)
    return [*map(float, counts), one.median, one.simple]


def counts_in(one: dict[str, str]) -> list[int]:
    return [int(one[name]) for name in ("counted", "of", "open") if one[name]]


def given(*values: float | None) -> list[float]:
    return [value for value in values if value is not None]


def value(text: str) -> float | None:
    return float(text) if text else None


def grouped(found: Iterable[Any], key_of: Callable[[Any], str]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for one in sorted(found, key=key_of):
        groups.setdefault(key_of(one), []).append(one)
    return groups


def platform_of(takedown: Takedown) -> str:
    assert takedown.terms is not None
    return str(takedown.terms["platform"])
