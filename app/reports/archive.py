"""What was frozen, as lists: the last version of each report, and the forms of one version."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.kit.database import Unit, row_as, rows_as
from app.kit.languages import Language
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


def last_versions(unit: Unit) -> Mapping[int, Version]:
    """Return the last freeze of each report that was frozen, by the report's id."""
    columns = (report_versions.c[name] for name in ("report_id", *_VERSION))
    query = select(*columns).order_by(report_versions.c.number)
    return {
        row.report_id: row_as(Version, zip(_VERSION, row[1:], strict=True))
        for row in unit.connection.execute(query)
    }


def forms_of(unit: Unit, report_id: int, number: int) -> list[KeptForm]:
    """Return the forms that were kept of a version."""
    size = func.length(report_forms.c.content).label("size")
    query = (
        select(report_forms.c.language, report_forms.c.form, size, report_forms.c.sha256)
        .where(report_forms.c.report_id == report_id, report_forms.c.number == number)
        .order_by(report_forms.c.form, report_forms.c.language)
    )
    return rows_as(KeptForm, unit.connection.execute(query))
