"""A workbook is imported by somebody who reads the pages and nothing else."""

import csv
import html
import io
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from app.accounts import audit
from app.context import Context
from app.imports import kept
from app.imports.kept import Import, RowOutcome
from app.imports.models import import_parts, imports
from app.imports.vocabularies import ImportStage
from app.imports.worker import Worker
from app.kit import preferences
from app.kit.database import Unit
from app.takedowns import listing, queries
from app.takedowns.rows import TakedownRow
from app.web.imports import import_pages, known_rows, outcome_page
from app.web.imports.visits import wanted
from app.web.shell.request_context import Visit
from tests.imports.sheets import HEADINGS, chart_alone, requests, row, workbook
from tests.web.imports import hotline
from tests.web.web_client import WebClient, error_summary

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
pytestmark = on_sqlite
SELECTED = re.compile(r'<select id="([\w-]+)".*?</select>', re.S)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
IMPORT = "/imports/1"


@pytest.fixture
def manager(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "manager")


def send(visitor: WebClient, content: bytes, name: str = "meldpunt 2025.xlsx") -> Any:
    return visitor.client.post(
        "/imports", data={"csrf": visitor.csrf}, files={"file": (name, content, "text/csv")}
    )


def rest(visitor: WebClient) -> None:
    visitor.client.app.state.importer.rest()


def chosen(text: str) -> dict[str, str]:
    """What the lists of a page are set to, by their names."""
    found = {one[1]: CHOSEN.search(one[0]) for one in SELECTED.finditer(text)}
    return {name: code[1] if code else "" for name, code in found.items()}


def step(visitor: WebClient, what: str, **fields: str) -> str:
    """Send a form of the import, and return the page that is at hand then."""
    answer = visitor.post(f"{IMPORT}/{what}", **fields)
    assert visitor.at(answer) in (IMPORT, "/imports"), answer.text
    rest(visitor)
    text: str = html.unescape(visitor.get(IMPORT).text)
    return text


def checked(visitor: WebClient, content: bytes, **words: str) -> str:
    """Go on with every guess up to the check, and return its page."""
    assert visitor.at(send(visitor, content)) == IMPORT
    found = re.search(r'value="(\d+:\d+)" checked', visitor.get(IMPORT).text)
    assert found
    text = step(visitor, "sheet", heading=found[1])
    text = step(visitor, "columns", **chosen(text))
    if "/words" in text:
        text = step(visitor, "words", **(chosen(text) | words))
    return text


def step_through(visitor: WebClient, content: bytes | None, address: str = IMPORT) -> str:
    """Go on with every guess, the first file to its end and another up to the check."""
    if content is not None:
        checked(visitor, content)
        return step(visitor, "start")
    visitor.post(f"{address}/sheet", heading="0:1")
    rest(visitor)
    for what in ("columns", "words"):
        visitor.post(f"{address}/{what}", **chosen(html.unescape(visitor.get(address).text)))
        rest(visitor)
    text: str = html.unescape(visitor.get(address).text)
    return text


def told(text: str) -> dict[str, str]:
    """The facts of a page."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text, re.S)
    return {name.strip(): " ".join(value.split()) for name, value in found}


def test_a_hotlines_workbook_is_imported_by_going_on(parts: Context, manager: WebClient) -> None:
    assert manager.at(send(manager, hotline.workbook())) == IMPORT
    text = manager.get(IMPORT).text
    assert re.findall(r'value="(\d+:\d+)" checked', text) == ["1:4"]

    text = step(manager, "sheet", heading="1:4")
    columns = chosen(text)
    assert [columns[f"column-{place}"] for place in range(16)] == [
        "case_ref", "category", "platform", "url", "explanation", "reported_at", "submitted_at",
        "submitted_at_time", "", "ticket_id", "urgent", "decided_at", "outcome", "seen_gone_at",
        "", "",
    ]  # fmt: skip

    text = step(manager, "columns", **columns)
    assert set(chosen(text).values()) == {
        "intimate_image_minor", "csam", "csam_ai", "grooming", "sexual_extortion_minor",
        "instagram", "tiktok", "x", "youtube", "removed", "refused", "-",
    }  # fmt: skip

    text = step(manager, "words", **chosen(text), day_time="12:00")
    assert told(text) == {
        "Ready to import": "4 rows",
        "There already, passed over": "0 rows",
        "Left out, to be corrected": "2 rows",
        "Totals, passed over": "1 row",
    }
    assert re.findall(r'<th scope="row" class="num" data-head="Row">(\d+)</th>', text) == ["8", "9"]
    assert "<q>volgende week</q>" in text

    text = step(manager, "start")
    assert told(text)["Imported"] == "4 rows"
    references = re.findall(r'href="/takedowns/(TD-\w{6})"', text)
    assert len(references) == 4
    with parts.database.read() as unit:
        rows = [queries.by_reference(unit, reference) for reference in references]
        last = audit.page(unit, audit.Wanted(None), before=None, limit=1)[0]
    assert [(one.case_ref, one.platform, one.category, one.urgent) for one in rows] == [
        ("2025/001", "instagram", "intimate_image_minor", True),
        ("2", "tiktok", "csam", False),
        ("2025/003", "x", "sexual_extortion_minor", True),
        ("2025/006", "instagram", "csam_ai", False),
    ]
    assert [f"{one.submitted_at:%m-%d %H:%M}" for one in rows] == [
        "01-15 08:15", "02-03 08:15", "03-04 13:30", "06-02 08:00",
    ]  # fmt: skip
    assert (last.action, last.detail) == ("import_started", {"number": 1, "rows": 6})


def test_what_was_reported_is_masked_until_it_is_taken_away(
    parts: Context, manager: WebClient
) -> None:
    send(manager, hotline.workbook())
    texts = [manager.get(IMPORT).text]
    texts.append(step(manager, "sheet", heading="1:4"))
    texts.append(step(manager, "columns", **chosen(texts[-1])))
    texts.append(step(manager, "words", **chosen(texts[-1]), day_time="12:00"))

    shown = [
        (number, secret)
        for number, text in enumerate(texts)
        for secret in ("zzfixture", "zzfixtur004", hotline.TEXT, "T-1001", "1790000000000000003")
        if secret in text
    ]
    assert shown == []

    for form in ("csv", "xlsx"):
        content = manager.get(f"{IMPORT}/faults.{form}").content
        if form == "csv":
            records = list(csv.reader(io.StringIO(content.decode())))
        else:
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            records = [[str(cell or "") for cell in cells] for cells in sheet.values]
        assert [len(record) for record in records] == [18] * 3
        assert records[0][:4] == ["Dossiernr.", "Soort feiten", "Platform", "Link"]
        assert records[0][16:] == ["Row in the file", "What is wrong, and how to correct it"]
        assert [record[3] for record in records[1:]] == [
            "https://www.youtube.com/watch?v=zzfixtur004", hotline.INSTAGRAM.format(5),
        ]  # fmt: skip
        assert [record[16] for record in records[1:]] == ["8", "9"]
        assert records[1][17] == "A “Dossiernr.”: The row has nothing here. Fill it in."
    with parts.database.read() as unit:
        entries = audit.page(unit, audit.Wanted(None), before=None, limit=2)
    assert {(one.action, str(one.detail)) for one in entries} == {
        ("exported", "{'content': True, 'what': 'import faults'}")
    }


def test_the_corrected_rows_come_back_under_the_columns_they_had(manager: WebClient) -> None:
    checked(manager, hotline.workbook(), day_time="12:00")
    content = manager.get(f"{IMPORT}/faults.csv").content.decode()
    content = content.replace("volgende week", "2/5/2025").replace(
        "\r\n,grooming", "\r\n4,grooming"
    )
    step(manager, "start")

    assert manager.at(send(manager, content.encode(), "faults.csv")) == "/imports/2"
    manager.post("/imports/2/sheet", heading="0:1")
    rest(manager)
    columns = chosen(manager.get("/imports/2").text)
    manager.post("/imports/2/columns", **columns)
    words = chosen(manager.get("/imports/2").text)
    manager.post("/imports/2/words", **words, day_time="12:00")
    rest(manager)

    text = html.unescape(manager.get("/imports/2").text)
    assert [columns[name] for name in ("column-0", "column-3", "column-16")] == [
        "case_ref",
        "url",
        "",
    ]
    assert told(text)["Ready to import"] == "2 rows"


def headings(content: bytes) -> list[Any]:
    [first, *_] = openpyxl.load_workbook(io.BytesIO(content)).active.values
    return list(first)


def test_refused_rows_sent_again_uncorrected_have_the_same_columns(manager: WebClient) -> None:
    checked(manager, hotline.workbook(), day_time="12:00")
    first = manager.get(f"{IMPORT}/faults.xlsx").content
    step(manager, "start")

    send(manager, first, "faults.xlsx")
    [heading] = re.findall(r'value="(\d+:\d+)" checked', manager.get("/imports/2").text)
    manager.post("/imports/2/sheet", heading=heading)
    rest(manager)
    manager.post("/imports/2/columns", **chosen(manager.get("/imports/2").text))
    words = chosen(manager.get("/imports/2").text)
    manager.post("/imports/2/words", **words, day_time="12:00")
    rest(manager)
    second = manager.get("/imports/2/faults.xlsx").content

    assert headings(second) == headings(first)


def test_the_same_file_again_is_there_already(manager: WebClient) -> None:
    content = requests(row(1), row(2))
    text = checked(manager, content)
    assert told(text)["Ready to import"] == "2 rows"
    assert told(step(manager, "start"))["Imported"] == "2 rows"

    assert manager.at(send(manager, content)) == "/imports/2"
    manager.post("/imports/2/sheet", heading="0:1")
    rest(manager)
    manager.post("/imports/2/columns", **chosen(manager.get("/imports/2").text))
    manager.post("/imports/2/words", **chosen(manager.get("/imports/2").text))
    rest(manager)

    assert told(html.unescape(manager.get("/imports/2").text)) == {
        "Ready to import": "0 rows",
        "There already, passed over": "2 rows",
        "Left out, to be corrected": "0 rows",
    }


ANSWERS = ("Beslist op", "Beslissing")


def answered(number: int, *answer: str, **more: Any) -> list[Any]:
    return [*row(number, **more), *answer]


def with_answers(*rows: list[Any]) -> bytes:
    return workbook({"2025": [[*HEADINGS, *ANSWERS], *rows]})


def test_an_answer_before_its_notice_is_told_by_both_columns_and_both_dates(
    manager: WebClient,
) -> None:
    content = with_answers(
        answered(1, "2 dec 2025 10:00", "verwijderd"),
        answered(2, "2 dec 2025 10:00", "verwijderd", **{"Gemeld op": None, "Uur": None}),
        answered(3, "4 dec 2025 10:00", "verwijderd"),
    )

    text = checked(manager, content)

    assert told(text)["Ready to import"] == "1 row"
    assert "G “Beslist op”, E “Gemeld op”, F “Uur”" in text
    values = "<q>2 dec 2025 10:00</q>, <q>3 dec 2025</q>, <q>14u30</q>"
    assert values in " ".join(text.split())
    assert "The platform acted before the notice was submitted." in text
    assert "the row does not say when the notice was submitted" in text


def test_what_came_back_and_what_was_asked_is_told_as_such(
    manager: WebClient, parts: Context
) -> None:
    rows = [
        answered(1, "4 dec 2025 10:00", "terug online", "9 dec 2025 10:00"),
        answered(2, "4 dec 2025 10:00", "vraagt meer info"),
        answered(3, "4 dec 2025 10:00", "terug online"),
    ]
    content = workbook({"2025": [[*HEADINGS, *ANSWERS, "Terug online gezien op"], *rows]})

    text = checked(manager, content)
    assert told(text)["Ready to import"] == "2 rows"
    assert "I “Terug online gezien op”" in text
    text = step(manager, "start")

    references = re.findall(r'href="/takedowns/(TD-\w{6})"', text)
    with parts.database.read() as unit:
        rows_of = [queries.by_reference(unit, reference) for reference in references]
    assert [one.next_step for one in rows_of] == ["chase", "answer"]


def test_an_imported_request_says_in_each_language_what_is_the_files_and_what_is_not(
    manager: WebClient,
) -> None:
    checked(manager, requests(row(1, Uur=None)), day_time="12:00")
    [reference] = re.findall(r'href="/takedowns/(TD-\w{6})"', step(manager, "start"))
    said = {
        "en": ("told by the file", "12:00 stands for it", "as the file says"),
        "nl": ("ingevoerd uit een bestand", "12:00 geldt als uur", "volgens het bestand"),
        "fr": ("importée d’un fichier", "12:00 vaut comme heure", "selon le fichier"),
    }

    for language, (imported, days, went_out) in said.items():
        manager.client.cookies.set("language", language)
        page = html.unescape(manager.get(f"/takedowns/{reference}").text)
        notice = html.unescape(manager.get(f"/takedowns/{reference}/notices/1").text)
        assert [imported in page, days in page, went_out in notice] == [True] * 3
        assert "The file gives no time of day" not in page
        assert "reported_at" not in page


def test_a_corrected_submission_keeps_the_words_of_the_import(manager: WebClient) -> None:
    checked(manager, requests(row(1)))
    [reference] = re.findall(r'href="/takedowns/(TD-\w{6})"', step(manager, "start"))
    here, submitted = f"/takedowns/{reference}", 2

    manager.post(f"{here}/events/{submitted}", ticket_id="T-9", why="It had a ticket.")

    page = manager.get(here).text
    assert "T-9" in page
    assert page.count("In the words of the import") == 2
    assert re.search(r'/notices/1">[^<]*</a>\s*<span class="quiet"><time datetime="2025-', page)
    assert "As it went out" not in page
    assert "imported from a file" in manager.get(f"{here}/notices/1").text


def test_rows_there_already_are_listed_with_their_request_and_may_be_others_all_the_same(
    manager: WebClient,
) -> None:
    text = step_through(manager, requests(row(1)))
    [first] = re.findall(r'href="/takedowns/(TD-\w{6})"', text)
    send(manager, requests(row(1), row(2), row(2)))
    text = step_through(manager, None, "/imports/2")

    [known] = re.findall(r'<section aria-labelledby="known">.*?</section>', text, re.S)
    assert re.findall(r'id="known-(\d+)"', known) == ["2", "4"]
    assert f'href="/takedowns/{first}"' in known
    assert "Row 3 of this file" in known
    assert "It has the same address, and that request is open still." in known
    csv_text = manager.get("/imports/2/known.csv").text
    assert [line.split(",")[:4] for line in csv_text.splitlines()] == [
        ["row", "reference", "earlier_row", "why"],
        ["2", first, "", "open_request"],
        ["4", "", "3", "same_file"],
    ]
    assert manager.get("/imports/2/known.xlsx").status_code == 200

    assert said_of(manager, to="none") == 0
    assert said_of(manager, **{"again-4": "1", "again-9": "1"}) == 1
    assert said_of(manager) == 1  # nothing ticked takes nothing back
    assert said_of(manager, to="none") == 0
    assert said_of(manager, **{"again-4": "1"}) == 1
    text = html.unescape(manager.get("/imports/2").text)
    assert told(text)["Ready to import"] == "2 rows"
    manager.post("/imports/2/start")
    rest(manager)
    text = html.unescape(manager.get("/imports/2").text)
    assert told(text)["Imported"] == "2 rows"
    assert 'type="checkbox"' not in text


def said_of(visitor: WebClient, **ticked: str) -> int:
    """Check the second import again, and return of how many rows it says that they are others."""
    visitor.post("/imports/2/again", **ticked)
    rest(visitor)
    found = re.search(r"You said of (\d+) row", visitor.get("/imports/2").text)
    return int(found[1]) if found else 0


def test_of_many_rows_there_already_the_page_says_that_only_those_on_it_can_be_ticked(
    manager: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = "Only the rows shown here can be ticked."
    text = checked(manager, requests(row(1), row(1), row(1)))
    assert "known-3" in text
    assert only not in text

    monkeypatch.setattr(outcome_page, "MOST_SHOWN", 1)
    assert only in manager.get(IMPORT).text


def test_the_requests_that_hold_rows_are_looked_up_some_at_a_time(
    parts: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = [RowOutcome(at, "known", [f"TD-{at % 5}", "row 1"], [], []) for at in range(2, 30)]
    asked = list[Sequence[str]]()

    def by_references(_: Unit, references: Iterable[str]) -> list[TakedownRow]:
        asked.append(list(references))
        return []

    monkeypatch.setattr(queries, "by_references", by_references)
    monkeypatch.setattr(listing, "CHUNK", 2)
    with parts.database.read() as unit:
        assert len(known_rows.of(unit, outcomes)) == len(outcomes)

    assert [len(some) for some in asked] == [2, 2, 1]
    assert {one for some in asked for one in some} == {f"TD-{at}" for at in range(5)}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none", b"", "This is no spreadsheet"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx without a password"),
        ("page.xls", b"<html><table><tr><td>a", "This is no spreadsheet"),
        ("latin.csv", "Soort;Link\nmisbruik é;x".encode("cp1252"), "CSV UTF-8"),
        ("cut.xlsx", requests(row(1))[:900], "no workbook that can be read"),
        ("quotes.csv", b'a;b\n"c;d', "quotes"),
        ("chart.xlsx", chart_alone(), "no workbook that can be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_way_out(
    manager: WebClient, name: str, content: bytes, said: str
) -> None:
    answer = send(manager, content, name)

    assert answer.status_code == 422
    assert said in error_summary(answer)


def test_without_a_file_one_is_asked_for(manager: WebClient) -> None:
    answer = manager.post("/imports")

    assert (answer.status_code, error_summary(answer)) == (422, "Choose the file.")


def test_columns_that_are_needed_are_asked_for_and_nothing_chosen_is_lost(
    manager: WebClient,
) -> None:
    send(manager, requests(row(1)))
    columns = chosen(step(manager, "sheet", heading="0:1"))

    answer = manager.post(f"{IMPORT}/columns", **(columns | {"column-2": "case_ref"}))

    assert answer.status_code == 422
    assert "Say which column holds the web addresses." in answer.text
    assert "Two columns are the same." in answer.text
    assert chosen(answer.text) == columns | {"column-2": "case_ref"}


def test_what_is_needed_is_marked_and_told_before_anybody_goes_on(manager: WebClient) -> None:
    send(manager, requests(row(1)))
    text = step(manager, "sheet", heading="0:1")
    assert text.count("(needed)") == 3 * len(HEADINGS)
    assert "column C “Link”" in text
    assert "Nothing is missing" in text

    chosen_so_far = chosen(text) | {"column-1": "", "column-2": "ticket_id", "column-4": ""}
    part = html.unescape(manager.post(f"{IMPORT}/needs", **chosen_so_far).text)

    facts = {
        name: " ".join(re.sub("<.*?>", " ", said).split()) for name, said in told(part).items()
    }
    assert facts == {
        "Web address": "still missing: choose its column",
        "Case": "column A “Dossiernr.”",
        "Category": "still missing: choose its column, or one for all rows below",
    }
    assert "“Ticket number of the platform” also needs “Notice submitted: when”" in part
    assert "you cannot go on yet" in part
    last = manager.post(f"{IMPORT}/needs", **chosen(text))
    assert "Nothing is missing" in last.text
    alone = manager.post(f"{IMPORT}/needs", **chosen(text) | {"column-4": ""})
    assert "rows that have the one without the other are left out" in alone.text
    assert "Nothing is missing" not in alone.text


def test_what_is_hidden_in_a_sheet_is_told_and_any_early_row_may_hold_the_headings(
    manager: WebClient,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(requests(*(row(number) for number in range(1, 30)))))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.active.cell(9, 150, "far away")
    file = io.BytesIO()
    book.save(file)
    send(manager, file.getvalue())
    text = manager.get(IMPORT).text

    assert "1 row of this sheet is hidden in the file." in text
    assert "1 column of this sheet is hidden in the file." in text
    assert "Columns behind CV are not read" in text
    assert re.findall(r'value="0:(\d+)"', text) == [str(number) for number in range(1, 31)]
    assert "zzfixture" not in text
    assert hotline.TEXT not in text


def test_a_file_that_breaks_off_late_is_asked_about_and_then_told(manager: WebClient) -> None:
    send(manager, b"Dossiernr.;Link\n" * 40 + b'"17;x', "quotes.csv")
    assert 'value="0:1" checked' in manager.get(IMPORT).text

    text = step(manager, "sheet", heading="0:1")
    assert "The file could not be read" in text
    assert "quotes" in text

    assert "Delete this file" in step(manager, "back", to="sheet")


def test_the_rows_that_may_be_headings_stand_in_one_column_each(manager: WebClient) -> None:
    send(manager, hotline.workbook())
    text = manager.get(IMPORT).text

    assert text.count("<td") == text.count('name="heading"')
    assert "and 4 more" in text


def test_a_category_for_all_rows_takes_the_place_of_a_column(manager: WebClient) -> None:
    send(manager, requests(row(1)))
    columns = chosen(step(manager, "sheet", heading="0:1"))

    step(manager, "columns", **(columns | {"column-1": "", "fixed-category": "csam"}))
    text = step(manager, "words")

    assert told(text)["Ready to import"] == "1 row"


def test_one_explanation_takes_the_place_of_a_column_and_is_remembered_by_nobody(
    manager: WebClient, parts: Context
) -> None:
    send(manager, requests(row(1)))
    columns = chosen(step(manager, "sheet", heading="0:1"))
    [place] = [name for name, target in columns.items() if target == "explanation"]

    text = step(manager, "columns", **(columns | {place: "", "fixed-explanation": hotline.TEXT}))
    text = step(manager, "words", **chosen(text))

    assert told(text)["Ready to import"] == "1 row"
    remembered = str(remembered_matches(parts))
    assert "Soort feiten" in remembered
    assert hotline.TEXT not in remembered


ADDRESSES = ("https://www.instagram.com/zzaccount/", "zzhost.example/draad/4", "@zzaccount")


def remembered_matches(parts: Context) -> list[object]:
    with parts.database.read() as unit:
        found = preferences.read(unit)
    return [value for name, value in found.items() if name.startswith("columns ")]


def test_an_address_among_the_words_of_a_column_is_masked_and_not_remembered(
    parts: Context, manager: WebClient
) -> None:
    rows = [[n, row(n)[2], address, "grooming"] for n, address in enumerate(ADDRESSES, start=1)]
    names = ["Nr", "Link", "Website", "Soort feiten"]
    more = [[4, row(4)[2], "Insta", "grooming"], [5, row(5)[2], "zzforum.net", "grooming"]]
    send(manager, workbook({"2025": [names, *rows, *more]}))
    texts = [manager.get(IMPORT).text, step(manager, "sheet", heading="0:1")]
    columns = chosen(texts[-1]) | {"column-0": "case_ref", "fixed-explanation": hotline.TEXT}
    assert columns["column-2"] == "platform"

    texts.append(step(manager, "columns", **columns))
    words = {name: code or "other" for name, code in chosen(texts[-1]).items()}
    texts.append(step(manager, "words", **(words | {"word-platform-0": ""})))

    assert told(texts[-1])["Left out, to be corrected"] != "0 rows"
    assert [text for text in texts for secret in ("zzaccount", "zzhost") if secret in text] == []
    [match] = remembered_matches(parts)
    assert "Insta" in str(match)
    assert "zz" not in str(match)


def test_a_row_of_the_table_taken_for_headings_is_masked_and_not_remembered(
    parts: Context, manager: WebClient
) -> None:
    send(manager, requests(row(1), row(2), row(3)))
    texts = [step(manager, "sheet", heading="0:2")]
    columns = {"column-0": "case_ref", "column-1": "category", "column-2": "url"}

    texts.append(step(manager, "columns", **columns, **{"fixed-explanation": hotline.TEXT}))
    texts.append(step(manager, "words", **{"word-category-0": ""}))

    assert told(texts[-1])["Left out, to be corrected"] == "2 rows"
    assert [text for text in texts if "zzfixture" in text] == []
    assert remembered_matches(parts) == []


def test_a_word_that_nobody_explained_keeps_its_rows_out(manager: WebClient) -> None:
    send(manager, requests(row(1, **{"Soort feiten": "zzfoo"}), row(2)))
    text = step(manager, "columns", **chosen(step(manager, "sheet", heading="0:1")))
    words = chosen(text)
    assert words == {"word-category-0": "", "word-category-1": "grooming"}

    text = step(manager, "words", **words)

    assert told(text)["Ready to import"] == "1 row"
    assert "B “Soort feiten”" in text
    assert "<q>zzfoo</q>" in text


def test_a_row_with_the_same_fault_twice_is_named_once(manager: WebClient) -> None:
    text = checked(manager, requests(row(1, Link="zz one"), row(2)))

    assert re.findall(r'<td data-head="Rows">([\d, ]+?)\s*</td>', text) == ["2"]


def test_one_can_go_back_to_each_question(manager: WebClient) -> None:
    checked(manager, requests(row(1)))

    assert "/words" in step(manager, "back", to="words")
    assert "/columns" in step(manager, "back", to="columns")
    assert "/sheet" in step(manager, "back", to="sheet")


def test_an_import_is_seen_by_its_sender_alone_and_not_by_caseworkers(
    parts: Context, manager: WebClient
) -> None:
    send(manager, requests(row(1)))

    admin, caseworker = (WebClient.signed_in(parts, role) for role in ("admin", "caseworker"))
    assert [admin.get(path).status_code for path in ("/imports", IMPORT)] == [200, 404]
    assert caseworker.get("/imports").status_code == 403
    assert admin.post(f"{IMPORT}/forget").status_code == 404


def test_what_comes_too_late_leads_to_what_is_at_hand(manager: WebClient) -> None:
    send(manager, requests(row(1)))

    for what in ("start", "words", "columns", "cancel"):
        assert manager.at(manager.post(f"{IMPORT}/{what}")) == f"{IMPORT}?overtaken=1"
    text = manager.get(f"{IMPORT}?overtaken=1").text
    assert "This import had gone on before you pressed." in text
    assert "/sheet" in text
    looked = manager.get(f"{IMPORT}/faults.csv")
    assert (looked.status_code, manager.at(looked)) == (303, IMPORT)  # nothing was pressed


def test_a_page_that_looks_again_by_itself_forgets_what_was_pressed(
    parts: Context, manager: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "wake", lambda _: None)
    send(manager, requests(row(1)))
    move(parts, "reading")

    text = manager.get(f"{IMPORT}?overtaken=1").text
    assert "This import had gone on before you pressed." in text
    assert f'content="2; url={IMPORT}"' in text


@pytest.mark.parametrize(
    "heading", ["", "1", "9:1", "0:0", "0:-1", "0:1.5", f"0:{'9' * 5000}", f"{'9' * 5000}:1", "0:²"]
)
def test_a_row_that_is_not_there_is_asked_for_again(manager: WebClient, heading: str) -> None:
    send(manager, requests(row(1)))

    assert manager.at(manager.post(f"{IMPORT}/sheet", heading=heading)) == IMPORT
    assert "/sheet" in manager.get(IMPORT).text


@pytest.mark.parametrize(
    ("what", "stage"),
    [
        ("sheet", "sent"), ("columns", "read"), ("words", "read"), ("back", "read"),
        ("start", "checked"), ("again", "checked"), ("cancel", "importing"), ("forget", "failed"),
    ],
)  # fmt: skip
def test_of_two_windows_that_press_at_once_the_second_is_told(
    parts: Context, manager: WebClient, monkeypatch: pytest.MonkeyPatch, what: str, stage: str
) -> None:
    columns = {f"column-{at}": name for at, name in enumerate(("case_ref", "category", "url"))}
    checked(manager, requests(row(1)))
    move(parts, stage)
    after_the_first, write = [], Visit.write

    def second(visit: Visit) -> AbstractContextManager[Unit]:
        if not after_the_first:
            move(parts, "done")
            after_the_first.extend(everything(parts))
        return write(visit)

    monkeypatch.setattr(Visit, "write", second)
    answer = manager.post(f"{IMPORT}/{what}", heading="0:1", to="sheet", **columns)

    assert manager.at(answer) == f"{IMPORT}?overtaken=1"
    assert everything(parts) == after_the_first


@pytest.mark.parametrize("stage", ["sent", "read", "checking", "checked", "failed"])
def test_who_looks_while_another_window_goes_on_or_deletes_it_is_led_there(
    parts: Context, manager: WebClient, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    checked(manager, requests(row(1)))
    statuses = list[int]()
    for change in (lambda unit, one: kept.move(unit, one, ImportStage.DONE), kept.forget):
        move(parts, stage)
        monkeypatch.setattr(import_pages, "wanted", Overtaking(parts, change))
        statuses.append(manager.get(IMPORT).status_code)

    assert statuses == [200 if stage == "checked" else 303, 404]


class Overtaking:
    """A look at an import, after which another window changes it."""

    def __init__(self, parts: Context, change: Callable[[Unit, Import], None]) -> None:
        self.parts, self.change = parts, change

    def __call__(self, visit: Visit, number: int, *stages: ImportStage) -> Import:
        one = wanted(visit, number, *stages)
        with self.parts.database.write() as unit:
            self.change(unit, one)
        return one


def move(parts: Context, stage: str) -> None:
    """Bring the import to a stage at which no worker is woken."""
    with parts.database.write() as unit:
        user_id = unit.connection.scalar(select(imports.c.user_id)) or 0
        [one] = kept.of_person(unit, user_id)
        kept.move(unit, one, ImportStage(stage))


def everything(parts: Context) -> list[object]:
    """What is kept of imports, what is remembered, and what the log tells."""
    with parts.database.read() as unit:
        kept_rows = [
            unit.connection.execute(select(table)).all() for table in (imports, import_parts)
        ]
        told = audit.page(unit, audit.Wanted(None), before=None, limit=20)
        return [*kept_rows, preferences.read(unit), told]


def test_a_file_that_is_deleted_is_gone(parts: Context, manager: WebClient) -> None:
    send(manager, requests(row(1)))

    assert manager.at(manager.post(f"{IMPORT}/forget")) == "/imports"
    assert manager.get(IMPORT).status_code == 404
    with parts.database.read() as unit:
        assert kept.file_of(unit, 1) == b""
