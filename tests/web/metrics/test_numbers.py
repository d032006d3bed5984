"""Every number, table, curve and spreadsheet of the figures, worked out a second time."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from app import demo, main
from app.context import Context
from app.kit import settings as settings_of
from app.kit.clock import stamp, starting_at
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.fictional_year import FICTION
from tests.metrics.agreement import differences, timelines_in
from tests.metrics.oracle_2026_2 import Timeline, curve
from tests.web.metrics import figures_oracle, odd_platforms
from tests.web.metrics.figures_oracle import Answer, Asked, Days
from tests.web.web_client import WebClient

KPI = re.compile(r'data-testid="kpi-([\w-]+)">(.*?)</div>', re.S)
COUNT = re.compile(r'<a href="/metrics/rows\?[^"]*">([\d,]+)</a>')
DATA = re.compile(r'<data value="([^"]*)">')
HOURS = (1, 2, 6, 24, 48, 72, 168, 1008)
STANDS = ("gone", "came_back", "refused", "restricted", "withdrawn", "open")
CLOCKS = ("gone", "receipt", "answer", "decision", "handling", "report_to_gone")
COMPARED = ("platform", "takedowns", "share_24h", "others_24h", "share_7d", "others_7d", "verdict",
            "strata_left_out")  # fmt: skip
Question = dict[str, str]
DEMO_QUESTIONS: list[Question] = [
    {},
    {"from": "2026-10-01", "until": "2026-11-03", "platform": "instagram", "basis": "article_22"},
    {"from": "2026-06-01", "until": "2026-12-31", "compare_from": "2025-12-01",
     "compare_until": "2026-05-31"},
    {"urgent": "false", "platform": "x"},
    *({"platform": one} for one in ("instagram", "x", "discord")),
    *({"category": one} for one in ("csam", "ncii_adult")),
    {"basis": "article_22"},
    {"urgent": "true"},
    {"period": "last_year"},
    {"until": "2026-01-01"},
    {"from": "2026-11-01"},
]  # fmt: skip
ODD_QUESTIONS: list[Question] = [
    {"from": "2020-01-01"},
    {"period": "this_quarter", "compare": "previous"},
    {"from": "2026-02-01", "until": "2026-02-28", "platform": "instagram"},
    *({"platform": one, "from": "2020-01-01"} for one in ("instagram", "discord", "x", "tiktok")),
]
DAYS: dict[tuple[str, int], Days] = {
    ("this_quarter", 3): (date(2026, 1, 1), date(2026, 3, 31)),
    ("last_year", 11): (date(2025, 1, 1), date(2025, 12, 31)),
    ("last_12_months", 11): (date(2025, 11, 4), date(2026, 11, 3)),
    ("last_12_months", 3): (date(2025, 3, 3), date(2026, 3, 2)),
}
# What each is set beside where nothing else is asked, written out by hand.
BEFORE: dict[Days, Days] = {
    (date(2026, 1, 1), date(2026, 3, 31)): (date(2025, 10, 1), date(2025, 12, 31)),
    (date(2026, 2, 1), date(2026, 2, 28)): (date(2026, 1, 1), date(2026, 1, 31)),
    (date(2025, 11, 4), date(2026, 11, 3)): (date(2024, 11, 4), date(2025, 11, 3)),
    (date(2025, 1, 1), date(2025, 12, 31)): (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2026, 10, 1), date(2026, 11, 3)): (date(2026, 8, 28), date(2026, 9, 30)),
    (date(2026, 6, 1), date(2026, 12, 31)): (date(2025, 12, 1), date(2026, 5, 31)),
}


@pytest.fixture
def year_parts(year: Path, tmp_path: Path) -> Iterator[Context]:
    """The fictional year, not served."""
    shutil.copytree(year, tmp_path / "data")
    parts = main.context(settings_of.read(tmp_path / "data", **FICTION), starting_at(demo.NOW))
    yield parts
    parts.database.close()


@pytest.mark.slow
def test_all_numbers_of_the_fictional_year_are_those_of_a_second_reckoning(
    year_parts: Context,
) -> None:
    check(year_parts, demo.NOW, DEMO_QUESTIONS)


@pytest.mark.parametrize(
    "questions",
    [  # the first four are each answered in another way
        pytest.param(ODD_QUESTIONS[:4], id="some"),
        pytest.param(ODD_QUESTIONS, id="all", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_all_numbers_of_odd_platforms_are_those_of_a_second_reckoning(
    parts: Context, api: ApiClient, clock: ManualClock, questions: list[Question]
) -> None:
    odd_platforms.tell(api, clock.now)

    check(parts, clock.now, questions)


def check(parts: Context, as_of: datetime, questions: list[Question]) -> None:
    """Compare every answer to every question with what is reckoned; all faults at once."""
    visitor = WebClient.signed_in(parts, "manager")
    known = timelines_in(parts.database)
    wrong = {}
    for question in questions:
        for name, found, expected in answers(visitor, known, as_of, question):
            told = differences(found, expected)
            wrong |= {f"{urlencode(question)} {name}{path}": both for path, both in told.items()}

    assert wrong == {}


Finding = tuple[str, Any, Any]  # what it is, what is shown, what should be


def answers(
    visitor: WebClient, known: list[Timeline], as_of: datetime, question: Question
) -> Iterator[Finding]:
    """Everything a page and its spreadsheets say, each beside what it should say."""
    query = urlencode(question | {"as_of": stamp(as_of)})
    page = visitor.get(f"/metrics?{query}").text
    sheets = {
        name: sheet(visitor.get(f"/metrics.csv?table={name}&{query}").text)
        for name in ("numbers", "key_figures", "clocks", "curve", "platforms", "comparison",
                     "trend")
    }  # fmt: skip
    span = days(question, as_of)
    terms: Answer = {
        name: question[name] for name in ("platform", "category", "basis") if name in question
    }
    if "urgent" in question:
        terms["urgent"] = question["urgent"] == "true"
    everyone = Asked(known, as_of, **{k: v for k, v in terms.items() if k != "platform"})
    asked = Asked(known, as_of, **terms)
    group = asked.groups(span).get("all")
    if group is None:
        yield (
            "nothing",
            [DATA.findall(block) for _, block in KPI.findall(page) if DATA.search(block)],
            [],
        )
        return
    yield "numbers.csv", path_values(sheets["numbers"]), flat(group)
    yield from the_key_figures(sheets["key_figures"], group, before_of(asked, question, span))
    yield from the_page(page, sheets, group)
    yield from the_groups(sheets, everyone, asked, span=span)
    yield from the_curves(sheets["curve"], known, everyone, span=span)


def the_key_figures(
    lines: list[dict[str, str]], group: Answer, before: Answer | None
) -> Iterator[Finding]:
    """The figures at the top, and what they are set beside."""
    was = dict(figures_oracle.key_figures(before)) if before else {}
    for (key, should), line in zip(ordered(group), lines, strict=True):
        told = {
            "value": value(line["value"]),
            "ci": limits(line["low"], line["high"]),
            "counted": value(line["counted"]) if should["counted"] is not None else None,
            "of": value(line["of"]),
            "requests": value(line["requests"]),
            "small": line["small"] == "true",
        }
        yield f"key_figures.csv {line['figure']}", told, should
        compared = key in was and key not in figures_oracle.NEVER_COMPARED
        earlier = was[key]["value"] if compared else None
        yield f"{key} before", value(line["before"]), earlier
        change = [value(line[f"difference{end}"]) for end in ("", "_low", "_high")]
        expected = figures_oracle.change(key, should, was[key]) if compared else None
        yield f"{key} difference", change, list(expected or (None, None, None))


def ordered(group: Answer) -> list[tuple[str, Answer]]:
    """In the order of the page."""
    found = dict(figures_oracle.key_figures(group))
    order = ("time-to-gone", "gone-24h", "gone-72h", "gone-7d", "gone-by-target", "receipt-24h",
             "answer", "decision-24h", "decision-7d", "answered-by-target", "silent-7d", "refused",
             "came-back", "handling", "report-to-gone")  # fmt: skip
    return [(key, found[key]) for key in order]


def the_page(
    page: str, sheets: dict[str, list[dict[str, str]]], group: Answer
) -> Iterator[Finding]:
    """What stands on the page is what its spreadsheets say."""
    blocks = dict(KPI.findall(page))
    open_items, came_back = group["stands"]["open"], group["stands"]["came_back"]
    running = [open_items, came_back] if came_back else []
    yield "what runs adds up", group["gone"]["censored"], open_items + came_back
    for line in sheets["key_figures"]:
        block = blocks[line["figure"]].partition(">was ")[0]
        counts = [value(line[name]) for name in ("counted", "of", "running") if line[name]]
        shown = [float(text.replace(",", "")) for text in COUNT.findall(block)]
        is_told = line["small"] == "false" and line["of"] != "0"
        expected = counts if is_told else counts[:2] if line["of"] != "0" else []
        if is_told and figures_oracle.CLOCKS.get(line["figure"], ("",))[0] == "gone":
            expected += running
        yield f"kpi {line['figure']} counts", shown, expected
        told = re.search(r'class="value[^"]*"><data value="([^"]*)">', block)
        yield f"kpi {line['figure']}", told and float(told[1]), value(line["value"])
    [row] = re.findall(r'data-testid="standings".*?<tbody>(.*?)</tbody>', page, re.S)
    stands = [group["stands"][name] for name in STANDS]
    yield (
        "standings",
        [int(text.replace(",", "")) for text in COUNT.findall(row)],
        [
            *stands,
            sum(stands),
        ],
    )
    [table] = re.findall(r'data-testid="clocks".*?<tbody>(.*?)</tbody>', page, re.S)
    rows = re.findall(r"<tr.*?</tr>", table, re.S)
    names = ("n", "events", "competing", "censored", "unknown_start", "not_recorded")
    yield (
        "clocks",
        [[int(text.replace(",", "")) for text in COUNT.findall(row)] for row in rows],
        [[group[clock][name] for name in names] for clock in CLOCKS],
    )
    yield (
        "clocks.csv",
        [value(line["median_hours"]) for line in sheets["clocks"]],
        [group[clock]["median_hours"] for clock in CLOCKS],
    )


def the_groups(
    sheets: dict[str, list[dict[str, str]]], everyone: Asked, asked: Asked, *, span: Days
) -> Iterator[Finding]:
    """What is told of each platform, even where the page is about one, and of each month."""
    platforms = everyone.groups(span, "platform")
    told = {line["platform"]: line for line in sheets["platforms"]}
    yield (
        "platforms.csv",
        {key: counts(line) for key, line in told.items()},
        {key: standings(group) for key, group in platforms.items()},
    )
    for key, group in platforms.items():
        by = group["gone"]["share_by"]
        small = group["takedowns"] < 10
        yield (
            f"shares of {key}",
            [value(told[key][f"share_{hours}h"]) for hours in HOURS],
            [
                None if small or by[str(hours)] is None else by[str(hours)]["share"]
                for hours in HOURS
            ],
        )
    yield (
        "comparison.csv",
        [compared(line) for line in sheets["comparison"]],
        [
            {name: one[name] for name in COMPARED}
            | {"ci": [*(one["difference_7d"]["ci"] or (None, None))]}
            for one in everyone.comparison(span)
        ],
    )
    months = asked.groups(span, "month")
    trend = {line["month"]: line for line in sheets["trend"]}
    yield "months", sorted(months.keys() - trend.keys()), []
    yield (
        "trend.csv",
        {key: counts(trend[key]) for key in months},
        {key: standings(group) for key, group in months.items()},
    )


def compared(line: dict[str, str]) -> Answer:
    """A line of the comparison; its interval apart."""
    shares = {name: value(line[name]) for name in ("share_24h", "others_24h", "share_7d",
                                                   "others_7d")}  # fmt: skip
    return {
        "platform": line["platform"],
        "takedowns": value(line["requests"]),
        **shares,
        "verdict": line["verdict"],
        "strata_left_out": value(line["strata_left_out"]),
        "ci": [value(line["low_7d"]), value(line["high_7d"])],
    }


def the_curves(
    lines: list[dict[str, str]], known: list[Timeline], everyone: Asked, *, span: Days
) -> Iterator[Finding]:
    """Every step of every curve that is drawn."""
    steps: dict[str, list[list[float | None]]] = {}
    for line in lines:
        told = [value(line[name]) for name in ("hours", "share", "at_risk", "gone")]
        steps.setdefault(line["platform"], []).append(told)
    for key, found in steps.items():
        question = everyone._question(span) | ({} if key == "all" else {"platform": key})
        should = curve(known, question, "gone")["steps"]
        expected = [[one[name] for name in ("hours", "share", "at_risk", "events")]
                    for one in should]  # fmt: skip
        yield f"curve of {key}", found, expected


def before_of(asked: Asked, question: Question, span: Days) -> Answer | None:
    if span not in BEFORE:
        return None
    return asked.before(span, BEFORE[span])


def days(question: Question, as_of: datetime) -> Days:
    """The days a question is about, written out by hand for those that have a name."""
    first, last = question.get("from"), question.get("until")
    if first or last:
        return (
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
        )
    return DAYS[question.get("period", "last_12_months"), as_of.month]


def flat(told: Any, path: str = "") -> dict[str, Any]:
    """Leaves by dotted path; what is not told has no value to compare."""
    if isinstance(told, dict):
        pairs = told.items()
    elif isinstance(told, list | tuple):
        pairs = {str(place): part for place, part in enumerate(told)}.items()
    else:
        return {} if told is None else {path: told}
    found: dict[str, Any] = {}
    for name, part in pairs:
        if name != "key":
            found |= flat(part, f"{path}.{name}" if path else name)
    return found


def path_values(lines: list[dict[str, str]]) -> dict[str, Any]:
    flags = {"true": True, "false": False}
    return {
        line["figure"]: flags[line["value"]] if line["value"] in flags else value(line["value"])
        for line in lines
        if line["value"]
    }


def standings(group: Answer) -> list[int]:
    return [group["takedowns"], group["items"], *(group["stands"][name] for name in STANDS)]


def counts(line: dict[str, str]) -> list[float | None]:
    return [value(line[name]) for name in ("requests", "items", *STANDS)]


def limits(low: str, high: str) -> list[float | None] | None:
    found = [value(low), value(high)]
    return None if found == [None, None] else found


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def value(text: str) -> float | None:
    return float(text) if text else None
