from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.notices.filling import Workspace
from app.reports.counted import CountedRequest
from app.reports.layouts import LAYOUTS
from app.reports.tables import TOTAL, Table, ones, tabulate
from app.reports.vocabularies import Axis, Counted, ReportKind
from tests.reports.test_actions import counted

ZONE = ZoneInfo("Europe/Brussels")
STORIES = (
    "decided removed 5", "decided refused 5, complained 9", "seen gone -1", "seen gone 4",
    "decided removed 5, seen live 9", "withdrawn 5", "withdrawn 30", "now 30",
    "decided geo_restricted [BE] 3",
)  # fmt: skip
CATEGORIES = ("csam", "csam_ai", "nudify_promotion", "ncii_adult")
SUBMITTED = (ReportKind.ARTICLE_22, ReportKind.ACTIVITY, ReportKind.HOTLINE)
DRAWN = st.lists(
    st.tuples(st.sampled_from(STORIES), st.sampled_from(CATEGORIES), st.integers(1, 3)), max_size=12
)


def requests_of(workspace: Workspace, drawn: list[Any]) -> list[CountedRequest]:
    numbers = count(1)
    return [
        counted(workspace, story, items=items, category=category)._replace(
            reference=f"TD-{next(numbers):06}"
        )
        for story, category, items in drawn
    ]


def adds_up(table: Table) -> bool:
    """Tell whether rows and columns add up to their sums."""
    inner = [row for row in table.rows if row != TOTAL]
    columns = all(
        sum(table.value(row, column) for row in inner) == table.value(TOTAL, column)
        for column in table.columns
    )
    if table.columns_by == Axis.COUNTED:
        return columns
    return columns and all(
        sum(table.value(row, column) for column in table.columns if column != TOTAL)
        == table.value(row, TOTAL)
        for row in table.rows
    )


@given(DRAWN)
def test_every_notice_stands_in_one_row_and_all_tables_add_up(
    workspace: Workspace, drawn: list[Any]
) -> None:
    requests = requests_of(workspace, drawn)

    for kind in SUBMITTED:
        tables = [tabulate(requests, layout, ZONE) for layout in LAYOUTS[kind]]
        assert all(map(adds_up, tables))
        whole = {
            reference
            for table in tables
            if table.rows_by == Axis.TYPE
            for reference in table.cells[TOTAL, table.columns[-1]].references
        }
        assert whole == {request.reference for request in requests}


@given(DRAWN)
def test_a_cell_opens_as_many_rows_as_it_counts(workspace: Workspace, drawn: list[Any]) -> None:
    requests = requests_of(workspace, drawn)

    for layout in LAYOUTS[ReportKind.ARTICLE_22]:
        table = tabulate(requests, layout, ZONE)
        for (_, column), cell in table.cells.items():
            of_items = column == Counted.ITEMS or table.counted[0] == Counted.COMPLAINTS
            assert of_items or cell.value == len(cell.references)
            assert bool(cell.value) == bool(cell.references)


def test_a_case_on_two_platforms_is_one_case(workspace: Workspace) -> None:
    one, other = requests_of(workspace, [("now 30", "csam_ai", 1), ("now 30", "csam_ai", 2)])
    layouts = {layout.id: layout for layout in LAYOUTS[ReportKind.CAMPAIGN]}

    table = tabulate([one, other], layouts["deepnude_yes.platform"], ZONE)

    assert table.rows == ("instagram", TOTAL)
    assert [table.value("instagram", column) for column in table.columns] == [1, 2, 3]


def test_cells_of_one_leave_sums_out(workspace: Workspace) -> None:
    requests = requests_of(workspace, [("decided removed 5", "csam", 2), ("now 30", "csam", 2)])
    layout = next(one for one in LAYOUTS[ReportKind.ACTIVITY] if one.id == "type_action")

    assert ones(tabulate(requests, layout, ZONE)) == [("csam", "removed"), ("csam", "no_reaction")]


def test_a_provider_called_as_the_sum_is_has_a_row_of_its_own(workspace: Workspace) -> None:
    requests = [
        one._replace(provider=TOTAL)
        for one in requests_of(workspace, [("now 30", "csam", 2), ("now 30", "csam", 1)])
    ]
    layout = next(one for one in LAYOUTS[ReportKind.ACTIVITY] if one.id == "provider")

    table = tabulate(requests, layout, ZONE)

    assert table.rows == ("Total", TOTAL)
    assert adds_up(table)
