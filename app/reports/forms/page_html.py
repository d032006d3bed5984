"""A report as one web page that needs nothing else: no script, nothing from elsewhere.

Pure. Its only style is `STYLE`, which the page itself allows by its hash.
"""

import base64
import hashlib
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from app.kit.languages import Language
from app.reports.document import Document
from app.reports.forms import written
from app.reports.forms.edition import Edition
from app.reports.forms.sections import view
from app.reports.forms.view import Block, Row, Section, Table, Unit, View

STYLE = Path(__file__).with_name("page.css").read_text("utf-8")
POLICY = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)


def rendered(document: Document, edition: Edition) -> bytes:
    """Write the page."""
    shown = view(document, edition)
    page = _element(
        "html",
        _head(shown),
        _element("body", _link("#content", shown.skip), _main(shown, edition.language)),
        lang=shown.language,
    )
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n".encode()


def _head(shown: View) -> Element:
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    return _element(
        "head",
        _element("meta", charset="utf-8"),
        _element("meta", **policy),
        _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _element("title", shown.name),
        _element("style", STYLE),
    )


def _main(shown: View, language: Language) -> Element:
    facts = [
        _element("div", _element("dt", name), _element("dd", told)) for name, told in shown.facts
    ]
    sections = [
        part
        for place, section in enumerate(shown.sections)
        for part in _section(section, str(place), language)
    ]
    return _element(
        "main",
        _element("h1", shown.title),
        _element("dl", *facts),
        *sections,
        _folded(shown.open_data, language),
        _element("footer", shown.foot),
        id="content",
    )


def _folded(section: Section, language: Language) -> Element:
    """Fold a section away until somebody asks for it."""
    heading, *blocks = _section(section, "data", language)
    return _element("details", _element("summary", heading), *blocks)


def _section(section: Section, place: str, language: Language) -> list[Element]:
    heading = _element(f"h{section.level}", section.heading)
    return [
        heading,
        *(
            one
            for number, block in enumerate(section.blocks)
            for one in _block(block, f"table-{place}-{number}", language)
        ),
    ]


def _block(block: Block, name: str, language: Language) -> list[Element]:
    if isinstance(block, Table):
        return [_table(block, name, language)]
    if block.points:
        return [_element("ul", *(_element("li", *_lines(one)) for one in block.paragraphs))]
    return [_element("p", *_lines(one)) for one in block.paragraphs]


def _table(table: Table, name: str, language: Language) -> Element:
    """Write a table in a frame that scrolls by itself where it is wide, notes below it."""
    heads = [_element("th", table.corner, scope="col")]
    heads += [
        _element("th", one.heading, **_column(table, place), scope="col")
        for place, one in enumerate(table.columns)
    ]
    if table.bars:
        heads.append(_element("td", **{"aria-hidden": "true"}))
    element = _element(
        "table",
        _element("caption", table.caption, id=name),
        _element("thead", _element("tr", *heads)),
        _element("tbody", *(_row(row, table, language) for row in table.rows)),
    )
    frame = {"class": "frame", "role": "region", "aria-labelledby": name, "tabindex": "0"}
    notes = [_element("p", note, **{"class": "note"}) for note in table.notes]
    return _element("div", _element("div", element, **frame), *notes)


def _row(row: Row, table: Table, language: Language) -> Element:
    cells = [
        _element("td", written.value(told, column.unit, language), **_column(table, place))
        for place, (told, column) in enumerate(zip(row.values, table.columns, strict=True))
    ]
    if table.bars:
        cells.append(_element("td", _bar(table.bar(row)), **{"aria-hidden": "true"}))
    kinds = [
        *(["ruled"] if table.is_ruled(row) else []),
        *(["total"] if row.is_total else []),
    ]
    named = {"class": " ".join(kinds)} if kinds else {}
    return _element("tr", _element("th", row.heading, scope="row"), *cells, **named)


def _column(table: Table, place: int) -> dict[str, str]:
    kinds = [
        *(["words"] if table.columns[place].unit == Unit.TEXT else []),
        *(["parted"] if place in table.ruled_columns else []),
    ]
    return {"class": " ".join(kinds)} if kinds else {}


def _bar(length: float) -> Element:
    return _element("svg", _element("rect", width=f"{100 * length:.2f}%", height="100%"))


def _lines(text: str) -> list[Element | str]:
    """Break a paragraph where it does."""
    first, *others = text.split("\n")
    return [first, *(part for line in others for part in (_element("br"), line))]


def _link(address: str, text: str) -> Element:
    return _element("a", text, href=address, **{"class": "skip"})


def _element(tag: str, *inside: Element | str, **named: str) -> Element:
    """Make an element of what stands inside it; text is escaped where it is written."""
    made = Element(tag, named)
    for one in inside:
        if isinstance(one, Element):
            made.append(one)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + one
        else:
            made.text = (made.text or "") + one
    return made
