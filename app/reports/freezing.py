"""The freeze: a report as it stands becomes a version, whose bytes are kept for ever.

Forms are made before anything is written; writing refuses where the report changed meanwhile.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.kit.database import Database, Unit
from app.kit.errors import Fault, Refused
from app.kit.languages import Language
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from app.notices.filling import Workspace
from app.reports import archive, checks, drafts, making
from app.reports.checks import Finding
from app.reports.document import Document
from app.reports.forms import RENDERERS
from app.reports.forms.edition import Edition
from app.reports.made import Made
from app.reports.models import report_forms, report_versions
from app.reports.report import Report, Version
from app.reports.vocabularies import ReportForm

Forms = Mapping[tuple[Language, ReportForm], bytes]


class Prepared(NamedTuple):
    """All that a freeze will keep, made of a report at one of its versions."""

    report: Report
    as_of: datetime
    document: Document
    forms: Forms


def freeze(
    database: Database, workspace: Workspace, report_id: int, *, by: str, version: int
) -> Version:
    """Freeze a report as it stands now.

    Raises Refused (`report_not_ready`) while something blocks it, Stale where it was changed.
    """
    as_of = cohort_reading.latest(database)
    with database.read() as unit:
        prepared = prepare(unit, workspace, report_id, as_of=as_of)
    with database.write() as unit:
        return record(unit, prepared, by=by, version=version)


def findings(workspace: Workspace, report: Report, made: Made, *, as_of: AsOf) -> list[Finding]:
    """Return all that is to be looked at before the freeze of what was made at a moment."""
    today = as_of.until.astimezone(workspace.zone).date()
    return checks.findings(report, made, today, host_endings=workspace.catalogue.host_endings)


def prepare(unit: Unit, workspace: Workspace, report_id: int, *, as_of: AsOf) -> Prepared:
    """Make a report and all its forms; raises Refused while something blocks the freeze."""
    report = drafts.report(unit, report_id)
    made = making.make(unit, workspace, report, as_of=as_of)
    _refuse_unready(findings(workspace, report, made, as_of=as_of))
    number = len(archive.versions(unit, report_id)) + 1
    forms = {
        (language, form): render(made.document, Edition(language, number, workspace.catalogue))
        for language in report.languages
        for form, render in RENDERERS.items()
    }
    return Prepared(report, as_of.moment, made.document, forms)


def record(unit: Unit, prepared: Prepared, *, by: str, version: int) -> Version:
    """Keep what was prepared as the next version; raises Stale where the report was changed."""
    report = prepared.report
    drafts.refuse_stale(unit, report, version)
    drafts.touch(unit, report, by=by)  # first: what changes after `frozen_at` is not in it
    number = len(archive.versions(unit, report.id)) + 1
    frozen = Version(
        number=number,
        as_of=prepared.as_of,
        sha256=prepared.document.sha256(),
        frozen_at=unit.clock(),
        frozen_by=by,
    )
    unit.connection.execute(
        insert(report_versions).values(
            report_id=report.id, canonical=prepared.document.canonical(), **vars(frozen)
        )
    )
    unit.connection.execute(
        insert(report_forms),
        [
            {
                "report_id": report.id,
                "number": number,
                "language": language,
                "form": form,
                "content": content,
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for (language, form), content in prepared.forms.items()
        ],
    )
    audit.record(unit, by, Action.REPORT_FROZEN, report=report.id, version=number)
    return frozen


def _refuse_unready(found: list[Finding]) -> None:
    faults = [
        Fault(f"/findings/{place}", finding.check, "mend it, then freeze")
        for place, finding in enumerate(found)
        if finding.blocks
    ]
    if faults:
        raise Refused("report_not_ready", "something has to be mended before the freeze", faults)
