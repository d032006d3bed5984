"""Links as they really come: each row stands for a kind, told in the word `kind`."""

import json
from datetime import datetime
from typing import Any

import pytest

from app.platforms.recognition import Answer, Recognised, Recogniser, Unrecognised
from tests.platforms.conftest import DATA

# Replies, numbers of a spreadsheet and local times are no links.
NOT_LINKS = ("what a pasted reply is proposed to mean", "local times typed on a page")
ROWS = [
    row
    for name in ("wild", "wild_more")
    for row in map(json.loads, (DATA / f"{name}.jsonl").read_text("utf-8").splitlines())
    if row["kind"] not in NOT_LINKS and not row["input"].startswith("ticket_id cell")
]
NAMES = ("jan.peeters", "ouid=", "107123456789012345678")


def asked(form: str) -> list[dict[str, Any]]:
    """The rows whose right value is of a form: links, a doubt, no name, or a spreadsheet's cell."""
    forms = {"links": [], "doubt": [], "no name": [], "cell": []}  # type: dict[str, list[Any]]
    for row in ROWS:
        expected = row["expected"]
        if isinstance(expected, str):
            told = "doubt" if "copy_error" in expected else "no name"
            forms["cell" if row["kind"] == "spreadsheets in" else told].append(row)
        elif "links" in expected:
            forms["links"].append(row)
        else:
            forms["no name" if "not_in_url" in expected else "cell"].append(row)
    return forms[form]


def told(link: Recognised, names: Any) -> dict[str, Any]:
    values = link._asdict() | {"canonical": link.canonical_url}
    return {name: values[name] for name in names}


def cell(url: str) -> str:
    """A spreadsheet's cell: wild.jsonl describes one instead of giving it."""
    if not url.startswith("url cell"):
        return url
    wrapped = "https%3A%2F%2Fwww.instagram.com%2Fp%2FC7aB2cD3eF4%2F"
    return f"https://eur02.safelinks.protection.outlook.com/?url={wrapped}&data=05%7C02"


def sent(recogniser: Recogniser, now: datetime, row: Any) -> list[Answer]:
    """What of an input is sent: as the platform's links, and as items of any other site."""
    links, _ = recogniser.recognise_text(row["input"], now=now)
    other = recogniser.other(row["input"], now=now)
    if isinstance(row["expected"], dict) and row["expected"]["read_as"] == "other":
        return [other]
    return [*links, other]


def test_every_input_of_the_sets_is_asked() -> None:
    counted = {form: len(asked(form)) for form in ("links", "doubt", "no name", "cell")}

    assert counted == {"links": 174, "doubt": 15, "no name": 14, "cell": 11}


@pytest.mark.parametrize("row", asked("links"), ids=lambda row: row["input"][:70])
def test_links_are_what_a_person_takes_them_for(
    recogniser: Recogniser, now: datetime, row: Any
) -> None:
    wanted = row["expected"]

    links, unrecognised = recogniser.recognise_text(row["input"], now=now)

    assert len(unrecognised) == wanted["unrecognised"]
    assert [told(link, one) for link, one in zip(links, wanted["links"], strict=True)] == wanted[
        "links"
    ]


@pytest.mark.parametrize("row", asked("doubt"), ids=lambda row: row["input"][:70])
def test_a_link_that_is_not_whole_is_listed_or_doubted(
    recogniser: Recogniser, now: datetime, row: Any
) -> None:
    links, unrecognised = recogniser.recognise_text(row["input"], now=now)

    assert len(links) + len(unrecognised) == 1
    assert [("copy_error" in link.warnings, link.kind == "profile") for link in links] == [
        (True, False) for _ in links
    ]


@pytest.mark.parametrize("row", asked("no name"), ids=lambda row: row["input"][:70])
def test_what_is_sent_names_nobody_who_shared_or_received_it(
    recogniser: Recogniser, now: datetime, row: Any
) -> None:
    hidden = row["expected"]["not_in_url"] if isinstance(row["expected"], dict) else NAMES

    links = sent(recogniser, now, row)

    assert [link for link in links if isinstance(link, Unrecognised)] == []
    assert [
        (link.url, name)
        for link in links
        if isinstance(link, Recognised)
        for name in hidden
        if name in link.url
    ] == []


@pytest.mark.parametrize("row", asked("cell"), ids=lambda row: row["input"][:70])
def test_a_cell_of_a_spreadsheet_is_unwrapped(
    recogniser: Recogniser, now: datetime, row: Any
) -> None:
    wanted = row["expected"]["item"] if isinstance(row["expected"], dict) else "instagram"

    link = recogniser.recognise(cell(row["input"]), now=now)

    if wanted is None:
        assert link == Unrecognised(row["input"], "unknown_host", "copy_original")
    else:
        assert isinstance(link, Recognised)
        assert wanted in (link.canonical_url, link.platform)
