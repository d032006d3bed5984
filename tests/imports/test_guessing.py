"""Columns and words are guessed as a person reads them; what does not stand out is left open."""

import pytest

from app.imports import guessing
from app.imports.files import Odd, Row
from app.imports.vocabularies import CellRule

DUTCH = {
    "Dossiernr.": "case_ref", "Soort feiten": "category", "Link": "url",
    "Gemeld op": "submitted_at",
    "Uur": "submitted_at_time", "Uren tot weg": None, "Opmerkingen": None, "Afloop": "outcome",
    "Antwoord op": "decided_at", "Offline gezien op": "seen_gone_at", "Ticketnr.": "ticket_id",
}  # fmt: skip
FRENCH = {
    "N° dossier": "case_ref", "Type de contenu": "category", "Réseau": "platform", "Lien 1": "url",
    "Lien 2": "url", "Motif": "explanation", "Réponse le": "decided_at", "Suite donnée": "outcome",
    "Signalé le": "submitted_at", "Remarques": None,
}  # fmt: skip
ENGLISH = {
    "Case number": "case_ref", "Category of content": "category", "URL": "url",
    "Sent on": "submitted_at",
    "Result": "outcome", "Removed on": "seen_gone_at", "Hour": "submitted_at_time", "Notes": None,
}  # fmt: skip


@pytest.mark.parametrize("sheet", [DUTCH, FRENCH, ENGLISH])
def test_columns_are_found_by_what_people_call_them(sheet: dict[str, str | None]) -> None:
    found = guessing.columns(list(sheet), [[]] * len(sheet))

    assert {name: found.get(place) for place, name in enumerate(sheet)} == sheet


@pytest.mark.parametrize(
    "text",
    [
        "https://x.com/zz", "zie hxxps://x.com", "www.zz.example", "zz.example/draad", "op @zz",
        "zz.example:8080/a", "zz@post.example", "zz[.]example", "zz(dot)example", "//zz",
        "zz23.onion", "zz.example?thread=12", "185.12.3.4/zz.jpg",
    ],
)  # fmt: skip
def test_what_points_at_something_is_seen_wherever_it_stands(text: str) -> None:
    assert guessing.is_pointing(text)


@pytest.mark.parametrize(("text", "is_host"), [("zzforum.net", True), ("n.v.t", False)])
def test_a_host_alone_is_shown_and_not_kept(text: str, is_host: bool) -> None:
    assert not guessing.is_pointing(text)
    assert guessing.is_pointing_or_host(text) is is_host


@pytest.mark.parametrize(
    "text", ["2025/001", "foto/video", "n.v.t./geen", "Ref. @", "14.1.2025 9:00", "X (Twitter)"]
)
def test_words_and_dates_point_at_nothing(text: str) -> None:
    assert not guessing.is_pointing(text)


def test_links_are_found_where_they_stand_and_nothing_twice() -> None:
    names = ["Dossier", "Vindplek", "Dossier van ouder"]
    samples = [["1"], ["https://x.com/z/status/1", "www.instagram.com/p/1"], ["2"]]

    assert guessing.columns(names, samples) == {0: "case_ref", 1: "url"}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Instagramm", "instagram"), ("Tik Tok", "tiktok"), ("X (Twitter)", "x"),
        ("YOUTUBE", "youtube"),
        ("Mastodon", None), ("", None), ("insta of tiktok", None),
    ],
)  # fmt: skip
def test_a_word_means_the_code_that_stands_out(word: str, code: str | None) -> None:
    choices = {
        "instagram": ["Instagram", "insta"], "tiktok": ["TikTok"], "x": ["X", "x twitter"],
        "youtube": ["YouTube"],
    }  # fmt: skip

    assert guessing.code_of(word, choices) == code


def test_nothing_of_a_sheet_stays_in_the_memory_of_the_server() -> None:
    assert [name for name, told in vars(guessing).items() if hasattr(told, "cache_info")] == []


def test_a_heading_that_is_a_broken_formula_reads_as_in_the_sheet() -> None:
    rows: list[Row] = [(1, ["Nr", Odd("#REF!", CellRule.FORMULA_FAILED), 2025, True])]

    assert guessing.headings(rows, 1) == ["Nr", "#REF!", "2025", "True"]
