"""Transparency reports made up in the layout of Annex I, part 4, as CSV and as a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence

import openpyxl

from app.transparency.headings import ENGLISH, Headings
from app.transparency.layout import NUMBERS, OTHER, SUB_CATEGORIES, TOTAL
from app.transparency.vocabularies import ReportColumn

ALL = "Only for providers of hosting services, including online platforms"
SERVICE = "Zzfixture"
PERIOD = "2026-01-01/2026-06-30"
MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
CSAM = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"
ROWS = 91  # of a whole report, as platforms publish them
Line = list[str]


def heading_of(known: Headings) -> list[str]:
    """The row of headings in a language."""
    about = [known.context + known.of[column] for column in NUMBERS]
    return ["Applicability", *known.of.values(), *about]


HEADING = heading_of(ENGLISH)


def line(code: str, *numbers: str, description: str = "", **others: str) -> Line:
    """A row by its code, its ten numbers from the first on, and what is about them."""
    texts = [*numbers, *[""] * (len(NUMBERS) - len(numbers))]
    told = {"service": SERVICE, "period": PERIOD, "context": ""} | others
    context = [told["context"]] * len(NUMBERS)
    return [ALL, told["service"], told["period"], code, description, *texts, *context]


def report(given: Mapping[str, Sequence[str]] | None = None) -> list[Line]:
    """A whole report, blank but for the numbers given by code."""
    codes = [TOTAL]
    for category, keywords in SUB_CATEGORIES.items():
        codes += [category, *keywords, *([OTHER] if keywords else [])]
    return [line(code, *(given or {}).get(code, ())) for code in codes]


def as_csv(lines: Sequence[Sequence[str]], heading: Sequence[str] = HEADING) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *lines])
    return text.getvalue().encode()


def as_workbook(
    lines: Sequence[Sequence[object]], heading: Sequence[str] = HEADING, *, title: str = "4_notices"
) -> bytes:
    """A workbook of the kind that is published: the notices on one of its sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "1_report_identification"
    book.active.append(["Applicability", "Service", "Indicator", "Value"])
    sheet = book.create_sheet(title)
    for one in [heading, *lines]:
        sheet.append([number(cell) for cell in one])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def number(cell: object) -> object:
    """A cell as a spreadsheet program keeps it: what is a number as one."""
    if isinstance(cell, str):
        for kind in (int, float):
            try:
                return kind(cell)
            except ValueError:
                continue
    return cell if cell != "" else None


def numbers_of(one: Sequence[str]) -> dict[ReportColumn, str]:
    """The ten numbers of a line, as they were written."""
    return dict(zip(NUMBERS, one[5:15], strict=True))
