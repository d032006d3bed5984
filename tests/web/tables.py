"""The tables of a page, each with the files that its part of the page hands out."""

from html.parser import HTMLParser
from typing import NamedTuple

# What a table and its buttons stand in together.
PARTS = {"section", "main"}


class PageTable(NamedTuple):
    """A table as a reader meets it: its headings, how many rows, and its files."""

    headings: tuple[str, ...]
    rows: int
    files: frozenset[str]


class Part:
    """A part of a page that is still open: its files, and its tables as (headings, rows)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.files: set[str] = set()
        self.tables: list[tuple[list[str], list[str]]] = []


class Tables(HTMLParser):
    """Reads a page, and keeps its tables; `at_large` are the files of the page as a whole."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PageTable] = []
        self.at_large: frozenset[str] = frozenset()
        self._parts = [Part("page")]
        self._heading: list[str] | None = None
        self._in_body = False
        self.feed(text)
        self.close()
        assert len(self._parts) == 1, "a part was left open"
        self._leave(self._parts.pop())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        part = self._parts[-1]
        if tag in PARTS:
            self._parts.append(Part(tag))
        elif tag == "table":
            part.tables.append(([], []))
        elif tag in ("thead", "tbody"):
            self._in_body = tag == "tbody"
        elif tag == "tr" and self._in_body:
            part.tables[-1][1].append(tag)
        elif tag == "th" and not self._in_body:
            self._heading = []
        elif tag == "a" and "download" in told:
            part.files.add((told["href"] or "").split("?")[0])
        elif tag == "button" and told.get("name") == "form":
            part.files.add(f"button.{told.get('value')}")

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "th" and self._heading is not None:
            self._parts[-1].tables[-1][0].append(" ".join("".join(self._heading).split()))
            self._heading = None
        if tag in PARTS:
            self._leave(self._parts.pop())

    def _leave(self, part: Part) -> None:
        files = frozenset(part.files)
        if part.name == "main":
            self.at_large = files
        self.found += (PageTable(tuple(head), len(rows), files) for head, rows in part.tables)
