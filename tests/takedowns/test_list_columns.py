"""A column or a filter of lists is told on every face; what nobody knows is seen by each tie."""

import re
from collections.abc import Callable, Mapping

import pytest

from app.api import meanings, shapes
from app.kit.settings import ROOT
from app.schemas.list_filters import NARROWING, Filters
from app.schemas.vocabularies import ListOrder
from app.takedowns import list_columns, listing
from app.takedowns.models import takedowns
from app.web.requests import request_list
from app.web.shell import labels
from tests.takedowns import test_listing

Tie = Callable[[set[str]], set[str]]
SHEETS = (ROOT / "docs" / "spreadsheets.md").read_text("utf-8").partition("## Out")[2]


def unknown_to(*known: object) -> Tie:
    """Make a tie that names what is not among the known."""
    return lambda names: names.difference(*known)  # type: ignore[arg-type]


# What knows each column of a spreadsheet of takedowns.
COLUMN_TIES: Mapping[str, Tie] = {
    "documentation": unknown_to(re.findall(r"`(\w+)`", SHEETS)),
    "contract": unknown_to(
        shapes.Takedown.model_fields,
        shapes.Clocks.model_fields,
        list_columns.OF_ITEMS,
        list_columns.CONTENT,
    ),
    "meanings": unknown_to(meanings.told()["fields"], list_columns.OF_ITEMS, list_columns.CONTENT),
}
FILTER_TIES: Mapping[str, Tie] = {
    "query": unknown_to(listing.CONDITIONS),
    "form of the page": unknown_to(request_list.TITLES),
    "meanings": unknown_to(meanings.told()["parameters"]["query"]),
    "proof against a plain reading": unknown_to(test_listing.DRAWN),
}
ORDER_TIES: Mapping[str, Tie] = {
    "words of the page": unknown_to(labels.CODES["order"]),
    "column of the row": lambda names: {
        name for name in names if name.removeprefix("-") not in takedowns.c
    },
}
EVERY = [
    *((tie, {*list_columns.names(content=True)}) for tie in COLUMN_TIES.items()),
    *((tie, {*NARROWING}) for tie in FILTER_TIES.items()),
    *((tie, {*ListOrder}) for tie in ORDER_TIES.items()),
]


@pytest.mark.parametrize(("tie", "names"), EVERY)
def test_everything_that_tells_of_lists_knows_all_of_them(
    tie: tuple[str, Tie], names: set[str]
) -> None:
    assert tie[1](names) == set()


@pytest.mark.parametrize(("tie", "names"), EVERY)
def test_one_that_nobody_knows_is_seen(tie: tuple[str, Tie], names: set[str]) -> None:
    assert tie[1](names | {"fake"}) == {"fake"}


def test_a_choice_of_the_page_offers_the_codes_of_its_filter() -> None:
    schema = Filters.model_json_schema()
    parts = schema["properties"]
    codes = {
        name: parts[name]["anyOf"][0].get("items", {}).get("enum") for name in request_list.LISTED
    }

    assert codes == {
        name: list(labels.CODES[kind]) if name != "sort" else None
        for name, kind in request_list.LISTED.items()
    }
    assert list(labels.CODES["order"]) == [*ListOrder]


def test_clocks_stand_in_the_order_of_their_columns() -> None:
    assert tuple(shapes.Clocks.model_fields) == list_columns.HOURS
    assert set(list_columns.FACTS) <= set(shapes.Takedown.model_fields)
