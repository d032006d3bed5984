"""A row of a person's sheet says in the importer's words what they said that it means."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from app.imports import translating
from app.imports.files import Cell, Odd
from app.imports.plan import Plan, plan_of
from app.imports.reading import Row
from app.imports.vocabularies import CellRule

BRUSSELS = ZoneInfo("Europe/Brussels")
PLAN = Plan(
    "x.xlsx",
    (),
    columns=dict(
        enumerate(
            ["case_ref", "url", "category", "urgent", "ticket_id", "reported_at",
             "submitted_at", "submitted_at_time", "url"]
        )
    ),
    words={"category": {"Lokken": "grooming", "?": "-"}},
    fixed={"category": "csam"},
)  # fmt: skip
LINK = "https://x.com/zzfixture/status/1"


def read(plan: Plan, *cells: Cell) -> Row:
    [found] = translating.rows(plan, [(1, ["headings"]), (2, cells)], BRUSSELS)
    assert found.cells == cells
    return found.row


def faults(row: Row) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in row.faults]


def test_cells_become_what_the_importer_takes() -> None:
    row = read(
        PLAN, 17, f"{LINK}; {LINK}2\nwww.x.com/z", "Lokken", "Ja", "geen",
        "3 dec 2025 14:30", date(2025, 12, 4), time(9), f"{LINK}3",
    )  # fmt: skip

    assert row == Row(
        2,
        {
            "category": "grooming", "case_ref": "17", "urgent": "true",
            "url": f"{LINK}\n{LINK}2\nwww.x.com/z\n{LINK}3",
            "reported_at": "2025-12-03T13:30:00Z", "submitted_at": "2025-12-04T08:00:00Z",
        },
    )  # fmt: skip
    assert translating.columns(PLAN) == [
        "case_ref", "url", "category", "urgent", "ticket_id", "reported_at", "submitted_at",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", [None, "-", "n.v.t.", "NVT", "–"])
def test_a_cell_that_says_nothing_leaves_what_holds_for_all(cell: Cell) -> None:
    assert read(PLAN, "C-1", LINK, cell).cells["category"] == "csam"


@pytest.mark.parametrize(
    ("place", "cell", "rule"),
    [
        (2, "Lokkn", "value_not_matched"), (3, "misschien", "not_yes_or_no"),
        (5, "volgende week", "no_moment"), (5, date(2025, 12, 3), "no_time"),
        (0, Odd("1.79e+18", CellRule.SHORTENED), "shortened"),
        (1, Odd("", CellRule.FORMULA_UNSOLVED), "formula_unsolved"),
        (4, Odd("#N/A", CellRule.FORMULA_FAILED), "formula_failed"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_told_with_the_reason(
    place: int, cell: Cell, rule: str
) -> None:
    cells: list[Cell] = ["C-1", LINK, "Lokken"]
    cells += [None] * (place + 1 - len(cells))
    cells[place] = cell

    assert faults(read(PLAN, *cells)) == [(PLAN.columns[place], rule)]


def test_a_time_for_all_days_is_told_as_not_the_files() -> None:
    plan = plan_of(PLAN.told() | {"day_time": "12:00"})
    days = [None, None, date(2025, 12, 3), date(2025, 12, 4)]

    assert read(plan, "C-1", LINK, "Lokken", *days).remark == (
        "The file gives no time of day for reported_at, submitted_at: 12:00 stands for it."
    )
    assert read(plan, "C-1", LINK, "Lokken", *days, "9:00").remark == (
        "The file gives no time of day for reported_at: 12:00 stands for it."
    )
    assert read(plan, "C-1", LINK, "Lokken").remark == ""


ANSWERED = Plan(
    "x.xlsx",
    (),
    columns=dict(
        enumerate(["decided_at", "outcome", "seen_gone_at", "seen_live_at", "asked_at", "ground"])
    ),
    words={
        "outcome": {"terug": "came_back", "vraagt info": "information_requested"},
        "ground": {"geen": "unknown"},
    },
)
DAY = "0{}-12-2025 10:00"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((1, "vraagt info"), {"asked_at": 1, "question": "vraagt info"}),
        ((None, "vraagt info", None, None, 2), {"asked_at": 2, "question": "vraagt info"}),
        ((2, "vraagt info", None, None, 2, "geen"), {"asked_at": 2, "question": "vraagt info"}),
        (("02-12-2025 23:59", "vraagt info", None, None, 2),
         {"asked_at": 2, "question": "vraagt info"}),
        ((3, "vraagt info", None, None, 2), [("asked_at", "two_days_asked")]),
        ((None, "vraagt info"), [("decided_at", "no_day_asked")]),
        (("ooit", "vraagt info"), [("decided_at", "no_moment")]),
        (
            (1, "terug", None, 3),
            {"decided_at": 1, "outcome": "removed", "seen_live_at": 3},
        ),
        ((None, "terug", 2, 3), {"seen_gone_at": 2, "seen_live_at": 3}),
        ((None, "terug", None, 3), [("decided_at", "without_moment")]),
        (("ooit", "terug", None, 3), [("decided_at", "no_moment")]),
        ((None, "terug", "ooit", 3), [("seen_gone_at", "no_moment")]),
        ((None, "terug"), [("decided_at", "without_moment"), ("seen_live_at", "no_day_back")]),
        ((1, "terug"), [("seen_live_at", "no_day_back")]),
        ((1, "terug", 3, 2), [("seen_live_at", "no_day_back")]),
        ((1, "terug", None, "ooit"), [("seen_live_at", "no_moment")]),
    ],
)  # fmt: skip
def test_a_word_for_the_answer_may_be_a_step_of_its_own(
    cells: tuple[Cell, ...], told: dict[str, Cell] | list[tuple[str, str]]
) -> None:
    def day(value: Cell, written: str) -> Cell:
        return written.format(value) if isinstance(value, int) else value

    row = read(ANSWERED, *(day(cell, DAY) for cell in cells))

    if isinstance(told, list):
        assert faults(row) == told
    else:
        stamp = "2025-12-0{}T09:00:00Z"
        assert (row.cells, row.faults) == ({k: day(v, stamp) for k, v in told.items()}, ())


def test_a_line_of_totals_is_passed_over_and_so_is_what_stands_above() -> None:
    sheet = [(1, ["headings"]), (2, ["C-1"]), (3, ["Totaal", 12]), (4, [None, "Total:"])]

    assert [row.number for row, _ in translating.rows(PLAN, sheet, BRUSSELS)] == [2]
