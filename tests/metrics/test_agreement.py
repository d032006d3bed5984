"""Every figure of random histories is the one that the oracle of the definition reckons.

The oracle reads the book and shares no line with the application; numbers are equal to 1e-9.
"""

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from app.context import Context
from app.kit.clock import SKEW, stamp
from app.metrics import cohort_reading, figures
from app.metrics.counting import Group, group_of
from app.metrics.periods import Period
from app.metrics.questions import Question, micros_of
from app.metrics.vocabularies import ClockName
from tests import imported_rows
from tests.api_client import ApiClient
from tests.examples import later
from tests.factories import ManualClock
from tests.metrics import oracle_2026_2 as oracle
from tests.metrics.agreement import as_cells, differences, timelines_in, without
from tests.metrics.oracle_2026_2.answers import STANDS
from tests.random_histories import AFTER, CATEGORIES, OUTCOMES, HistoryWriter

ZONE = "Europe/Brussels"
HOUR = timedelta(hours=1)
GROUPINGS = ("all", "platform", "provider", "category", "month", "basis")
# What the oracle calls the rows of a figure; it counts items.
ROWS = {
    **{name: name for name in STANDS},
    "items": "items",
    "already_gone": "already_gone",
    "court_ordered": "court_ordered",
    "still_up": "claimed_removed_still_up",
}
Asked = dict[str, Any]


@pytest.mark.parametrize(
    ("address", "seed"),
    [("sqlite", 2), later("sqlite", 7), later("postgresql", 5)],
    indirect=["address"],
)
def test_figures_are_those_of_the_oracle(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int, tmp_path: Path
) -> None:
    writer = HistoryWriter(api, clock, seed, most=45)
    tell(writer, parts, tmp_path, steps=170)

    check(writer, parts, questions=2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 112))
def test_figures_are_those_of_the_oracle_in_many_histories(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int, tmp_path: Path
) -> None:
    withdrawn_often = AFTER | {"withdrawn": 1 + seed % 3 * 6}
    writer = HistoryWriter(api, clock, seed, most=90, after=withdrawn_often)
    for _ in range(5):
        tell(writer, parts, tmp_path, steps=160)
        check(writer, parts, questions=4)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_what_rows_keep_is_what_a_replay_gives(
    api: ApiClient, clock: ManualClock, parts: Context, tmp_path: Path
) -> None:
    """A figure reads rows that nothing changed since, and replays the others."""
    writer = HistoryWriter(api, clock, 3, most=45)
    tell(writer, parts, tmp_path, steps=130)
    clock.now += 2 * SKEW
    as_of = clock.now
    read = answers(api, as_of)

    clock.now += HOUR
    for tale in writer.tales:
        body = {"kind": "noted", "text": "Still looking."}
        api.post(f"/takedowns/{tale.reference}/events", body)

    assert answers(api, as_of) == read


def tell(writer: HistoryWriter, parts: Context, folder: Path, *, steps: int) -> None:
    """Let something be imported and much happen."""
    rows = [imported(writer) for _ in range(5)]
    for done in imported_rows.bring_in(
        parts.database, parts.workspace, rows, path=folder / "old.csv"
    ):
        assert done.outcome == "logged", done
        [reference] = done.holders
        writer.adopt(reference)
    writer.tell(steps)


def imported(writer: HistoryWriter) -> dict[str, str]:
    """Draw a row of a file that tells when its history happened, as far as it did."""
    dice, now = writer.dice, writer.clock.now
    row = {
        "case_ref": "CASE-OLD",
        "category": dice.choice(CATEGORIES),
        "explanation": "Assessed.",
        "urls": f"https://www.facebook.com/reel/2{dice.randrange(10**14):014}",
    }
    submitted_at = now - dice.random() * 300 * HOUR
    later = sorted(submitted_at + dice.random() * (now - submitted_at) for _ in range(2))
    if dice.random() < 0.5:
        row["reported_at"] = stamp(submitted_at - dice.random() * 60 * HOUR)
    if dice.random() < 0.8:
        row["submitted_at"] = stamp(submitted_at)
        if dice.random() < 0.7:
            row |= {"decided_at": stamp(later[0]), "outcome": dice.choice(OUTCOMES)}
        if dice.random() < 0.5:
            row["seen_gone_at"] = stamp(later[1])
    return row


def check(writer: HistoryWriter, parts: Context, *, questions: int) -> None:
    """Ask random questions, of now first and then of random moments."""
    lines, now = timelines_in(parts.database), writer.clock.now
    for number in range(questions):
        asked = question(writer, is_of_now=number == 0)
        check_times(writer.api, lines, asked)
        for clock in ClockName:
            path = address("curve", asked, clock=clock)
            expected = oracle.curve(lines, asked, clock)
            frame = ("as_of", "from", "to", "definition", "clock_behind")
            found = without(writer.api.get(path), *frame)
            assert differences(found, expected) == {}, path
            check_cells(writer.api, path, "steps")
        for clock in (ClockName.GONE, ClockName.DECISION):
            path = address("comparison", asked, clock=clock)
            expected = oracle.comparison(lines, asked, clock)["platforms"]
            assert differences(writer.api.get(path)["platforms"], expected) == {}, path
            check_cells(writer.api, path, "platforms")
        check_rows(parts, lines, asked)
    assert writer.clock.now == now


def question(writer: HistoryWriter, *, is_of_now: bool) -> Asked:
    """Draw what is asked."""
    dice, now = writer.dice, writer.clock.now
    began = now - dice.random() * (now - datetime.fromisoformat("2026-03-02T09:00:00+00:00"))
    as_of = now if is_of_now else began
    asked: Asked = {"zone": ZONE, "as_of": as_of, "by": dice.choice(GROUPINGS)}
    if dice.random() < 0.4:
        local = (moment.astimezone(ZoneInfo(ZONE)).date() for moment in (began, now))
        first, last = sorted(local)
        asked |= {
            "from": (first - timedelta(days=dice.randint(0, 9))).isoformat(),
            "to": (last + timedelta(days=1)).isoformat(),
        }
    if dice.random() < 0.2:
        asked["platform"] = dice.choice(("facebook", "discord"))
    if dice.random() < 0.2:
        asked["category"] = dice.choice(CATEGORIES)
    if dice.random() < 0.2:
        asked["basis"] = dice.choice(("article_16", "take_it_down"))
    if dice.random() < 0.2:
        asked["urgent"] = dice.random() < 0.3
    if dice.random() < 0.3:
        asked["imported"] = dice.choice(("include", "exclude"))
    return asked


def address(name: str, asked: Asked, **more: str) -> str:
    told = without(asked, "zone", "as_of", "by") | {"as_of": stamp(asked["as_of"])} | more
    return f"/metrics/{name}?" + urlencode({key: _plain(value) for key, value in told.items()})


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def check_times(api: ApiClient, lines: list[oracle.Timeline], asked: Asked) -> None:
    path = address("response-times", asked, by=asked["by"])
    answer, expected = api.get(path), oracle.answer(lines, asked)
    groups = [without(group, "label", "published") for group in answer["groups"]]
    assert differences(groups, expected["groups"]) == {}, path
    frame = ("groups", "clock_behind")
    assert without(answer, *frame) == without(expected, *frame), path
    check_cells(api, path, "groups")


def check_cells(api: ApiClient, path: str, rows: str) -> None:
    """The table tells what the JSON tells, cell by cell and to the last digit."""
    table = csv.DictReader(io.StringIO(api.request("GET", path, Accept="text/csv").text))
    answer = api.get(path)
    frame = without(answer, rows)
    assert [{name: value for name, value in line.items() if value} for line in table] == [
        as_cells({**frame, **row}) for row in answer[rows]
    ], path


def check_rows(parts: Context, lines: list[oracle.Timeline], asked: Asked) -> None:
    """Every number of items opens the rows that the oracle counts."""
    group = group_asked(parts, asked)
    for figure, name in ROWS.items():
        rows = figures.rows_behind(figure, group)
        items = rows.cohort.items.take(rows.places)
        references = rows.cohort.takedowns.reference[items.takedown]
        found = list(zip(references.tolist(), items.number.tolist(), strict=True))
        assert sorted(found) == sorted(oracle.rows(lines, asked, name)), (figure, asked)


def group_asked(parts: Context, asked: Asked) -> Group:
    told = without(asked, "zone", "as_of", "by", "from", "to")
    days = [
        date.fromisoformat(day) if (day := asked.get(name)) else None for name in ("from", "to")
    ]
    question = Question(zone=ZoneInfo(ZONE), periods=(Period(*days),), **told)
    cohort = cohort_reading.load(parts.database, question, asked["as_of"])
    return group_of(cohort, micros_of(asked["as_of"]))


def answers(api: ApiClient, as_of: datetime) -> list[Any]:
    """Everything that can be asked of a moment."""
    moment = f"as_of={stamp(as_of)}"
    return [
        *(api.get(f"/metrics/response-times?by={by}&{moment}") for by in GROUPINGS),
        *(api.get(f"/metrics/curve?clock={clock}&{moment}") for clock in ClockName),
        *(api.get(f"/metrics/comparison?clock={clock}&{moment}") for clock in ("gone", "decision")),
    ]
