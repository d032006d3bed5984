"""A report for print: PDF/UA-1, tagged, with its fonts inside, and the same bytes every time.

Pure but for the fonts and the layout that lie beside. Everything a person typed goes as data.
"""

import json
import re
import unicodedata
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from app.kit.languages import Language
from app.reports.document import Document
from app.reports.forms import written
from app.reports.forms.edition import Edition
from app.reports.forms.sections import view
from app.reports.forms.view import Row, Section, Table, Unit

_HERE = Path(__file__).parent
_LAYOUT = (_HERE / "page.typ").read_bytes()
# What the fonts draw: Latin, Greek, Cyrillic and common signs. PDF/UA holds no character that
# nobody sees drawn, so another one is shown as `_INSTEAD`, and an invisible one left out.
_UNDRAWN = re.compile(
    "[^\n -~\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0481\u048a-\u04ff"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20c0\u2190-\u22ff\u2500-\u25ff]"
)
_INSTEAD = "?"
_NARROW = "\u202f"  # as French sets it before ! and ?, and many languages inside numbers


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


def rendered(document: Document, edition: Edition) -> bytes:
    """Write the pages."""
    shown = view(document, edition)
    made = datetime.fromisoformat(shown.as_of).astimezone(UTC).replace(microsecond=0)
    told = {
        "name": shown.name,
        "title": shown.title,
        "organisation": shown.organisation,
        "language": shown.language,
        "region": edition.language.territory,
        "facts": shown.facts,
        "foot": shown.foot,
        "made": {part: getattr(made, part) for part in ("year", "month", "day")},
        "sections": [_section(section, edition.language) for section in shown.sections],
    }
    return typst.compile(
        _LAYOUT,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=made,
        sys_inputs={"view": json.dumps(_drawn(told))},
    )


def _section(section: Section, language: Language) -> dict[str, object]:
    return {
        "heading": section.heading,
        "level": section.level,
        "blocks": [
            _table(block, language) if isinstance(block, Table) else asdict(block)
            for block in section.blocks
        ],
    }


def _table(table: Table, language: Language) -> dict[str, object]:
    return {
        "caption": table.caption,
        "corner": table.corner,
        "columns": [
            {"heading": one.heading, "words": one.unit == Unit.TEXT} for one in table.columns
        ],
        "ruled": table.ruled_columns,
        "rows": [_row(row, table, language) for row in table.rows],
        "notes": table.notes,
        "bars": table.bars,
    }


def _row(row: Row, table: Table, language: Language) -> dict[str, object]:
    return {
        "heading": row.heading,
        "values": [
            written.value(told, column.unit, language)
            for told, column in zip(row.values, table.columns, strict=True)
        ],
        "ruled": table.is_ruled(row),
        "total": row.is_total,
        "bar": table.bar(row) if table.bars else 0,
    }


def _drawn(told: object) -> object:
    """Leave in every text only what the fonts draw."""
    if isinstance(told, str):
        return _UNDRAWN.sub(_sign, unicodedata.normalize("NFC", told))
    if isinstance(told, dict):
        return {name: _drawn(one) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [_drawn(one) for one in told]
    return told


def _sign(undrawn: re.Match[str]) -> str:
    """Return what is drawn for a character: one that means the same, if there is one."""
    character = undrawn.group()
    if unicodedata.category(character) == "Cf":
        return ""
    if character.isspace():
        return "\u00a0" if character == _NARROW else " "
    alike = unicodedata.normalize("NFKC", character)
    return _INSTEAD if _UNDRAWN.search(alike) else alike
