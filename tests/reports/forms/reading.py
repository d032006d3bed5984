"""Forms read back by readers that know nothing of how they were made."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import NamedTuple

from openpyxl import load_workbook
from pypdf import PdfReader

from app.reports.vocabularies import ReportForm

_NUMBER = re.compile(r"[^0-9]")


class HtmlTable(NamedTuple):
    """A table of a web page: its caption, and the words of its body, row by row."""

    caption: str
    rows: list[list[str]]


class WebPage(HTMLParser):
    """A web page taken apart: its elements, its words, and its tables."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.tables: list[HtmlTable] = []
        self._within: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self._within.append(tag)
        if tag == "table":
            self.tables.append(HtmlTable("", []))
        elif tag == "tr" and "tbody" in self._within:
            self.tables[-1].rows.append([])
        elif tag in ("th", "td") and "tbody" in self._within:
            self.tables[-1].rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._within.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self._within):
            self.said.append(data)
        if "caption" in self._within:
            self.tables[-1] = self.tables[-1]._replace(caption=self.tables[-1].caption + data)
        elif "tbody" in self._within:
            self.tables[-1].rows[-1][-1] += data


class Workbook:
    """A workbook, read by another library than the one that wrote it."""

    def __init__(self, content: bytes) -> None:
        read = load_workbook(io.BytesIO(content))
        self.names = read.sheetnames
        self.sheets = [read[name] for name in self.names]

    def rows(self, place: int) -> list[list[str | int | float | None]]:
        """Return what stands in each row of a sheet."""
        return [list(row) for row in self.sheets[place].iter_rows(values_only=True)]

    @property
    def kinds(self) -> set[str]:
        """Return of which kinds its cells are: `n` numbers and empty ones, `s` texts."""
        return {
            cell.data_type for sheet in self.sheets for row in sheet.iter_rows() for cell in row
        }


def pdf(content: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(content), strict=True)


def words_of(form: ReportForm, content: bytes) -> str:
    """Return all that a reader of a form is told."""
    match form:
        case ReportForm.HTML:
            return "\n".join(WebPage(content).said)
        case ReportForm.PDF:
            return "\n".join(page.extract_text() for page in pdf(content).pages)
        case ReportForm.XLSX:
            workbook = Workbook(content)
            rows = [row for place in range(len(workbook.names)) for row in workbook.rows(place)]
            cells = (str(cell) for row in rows for cell in row if cell is not None)
            return "\n".join((*workbook.names, *cells))
    return content.decode()


def lines_of_csv(content: bytes) -> list[list[str]]:
    """Return the lines of a CSV file, without its head."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]


def number(said: str) -> int:
    """Read a number, whatever parts its thousands."""
    return int(_NUMBER.sub("", said))
