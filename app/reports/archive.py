"""What was frozen of reports: their versions, and the document and forms of each, as kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Table, func, literal, select

from app.kit.database import Unit, row_as, rows_as
from app.kit.errors import NoSuchThing
from app.kit.languages import Language
from app.reports import document
from app.reports.document import Document
from app.reports.models import report_forms, report_versions
from app.reports.report import Version
from app.reports.vocabularies import ReportForm

_VERSION = ("number", "as_of", "sha256", "frozen_at", "frozen_by")


@dataclass(frozen=True, kw_only=True)
class KeptForm:
    """A form of a version: in which language, how many bytes, and their digest."""

    language: Language
    form: ReportForm
    size: int
    sha256: str


class FrozenForm(NamedTuple):
    """The bytes of a form as they were kept; JSON is in no language."""

    form: ReportForm
    language: Language | None
    content: bytes


def versions(unit: Unit, report_id: int) -> list[Version]:
    """Return the freezes of a report, the first one first."""
    columns = (report_versions.c[name] for name in _VERSION)
    query = select(*columns).where(report_versions.c.report_id == report_id)
    return rows_as(Version, unit.connection.execute(query.order_by(report_versions.c.number)))


def last_versions(unit: Unit) -> Mapping[int, Version]:
    """Return the last freeze of each report that was frozen, by the report's id."""
    columns = (report_versions.c[name] for name in ("report_id", *_VERSION))
    query = select(*columns).order_by(report_versions.c.number)
    return {
        row.report_id: row_as(Version, zip(_VERSION, row[1:], strict=True))
        for row in unit.connection.execute(query)
    }


def frozen_document(unit: Unit, report_id: int, number: int) -> Document:
    """Return a version as it was frozen; raises NoSuchThing."""
    return document.read(_canonical(unit, report_id, number))


def frozen_form(
    unit: Unit, report_id: int, number: int, *, form: ReportForm, language: Language | None
) -> FrozenForm:
    """Return a form as it was frozen, in its first language where none is told.

    Raises NoSuchThing.
    """
    if form == ReportForm.JSON:
        return FrozenForm(form, None, _canonical(unit, report_id, number))
    # The report may have lost since the language that it was frozen in.
    language = language or frozen_document(unit, report_id, number).languages[0]
    query = select(report_forms.c.content).where(
        *_of(report_forms, report_id, number),
        report_forms.c.language == language,
        report_forms.c.form == form,
    )
    found: bytes | None = unit.connection.scalar(query)
    if found is None:
        raise NoSuchThing("this report was not frozen in that language and form")
    return FrozenForm(form, language, found)


def forms_of(unit: Unit, report_id: int, number: int) -> list[KeptForm]:
    """Return the forms that were kept of a version."""
    size = func.length(report_forms.c.content).label("size")
    query = (
        select(report_forms.c.language, report_forms.c.form, size, report_forms.c.sha256)
        .where(*_of(report_forms, report_id, number))
        .order_by(report_forms.c.form, report_forms.c.language)
    )
    return rows_as(KeptForm, unit.connection.execute(query))


def _canonical(unit: Unit, report_id: int, number: int) -> bytes:
    query = select(report_versions.c.canonical).where(*_of(report_versions, report_id, number))
    found: bytes | None = unit.connection.scalar(query)
    if found is None:
        raise NoSuchThing("this report was not frozen under that number")
    return found


def _of(table: Table, report_id: int, number: int) -> tuple[ColumnElement[bool], ...]:
    """Tell whose rows these are; any number may be asked for, also one no column could hold."""
    return table.c.report_id == report_id, table.c.number == literal(number, BigInteger)
