"""Forms read back by readers that know nothing of how they were made."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

from pypdf import PdfReader

from app.reports.vocabularies import ReportForm

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
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
    """A workbook taken apart: the cells of each sheet, in order."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            self.names = [
                str(sheet.get("name"))
                for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(
                    f"{_SHEET}sheet"
                )
            ]
            strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
            self.texts = ["".join(one.itertext()) for one in strings.iter(f"{_SHEET}si")]
            self.sheets = [
                ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
                for number in range(1, len(self.names) + 1)
            ]

    def rows(self, number: int) -> list[list[str | float]]:
        """Return what stands in each row of a sheet."""
        return [
            [self._value(cell) for cell in row.iter(f"{_SHEET}c")]
            for row in self.sheets[number].iter(f"{_SHEET}row")
        ]

    def _value(self, cell: ElementTree.Element) -> str | float:
        said = cell.findtext(f"{_SHEET}v")
        if said is None:
            return ""
        return self.texts[int(said)] if cell.get("t") == "s" else float(said)


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
            return "\n".join((*workbook.names, *(str(cell) for row in rows for cell in row)))
    return content.decode()


def lines_of_csv(content: bytes) -> list[list[str]]:
    """Return the lines of a CSV file, without its head."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]


def number(said: str) -> int:
    """Read a number, whatever parts its thousands."""
    return int(_NUMBER.sub("", said))
