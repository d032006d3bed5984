"""A report that was begun, worked on and frozen, as tests need one."""

from datetime import date

from app.kit.database import Database
from app.metrics import cohort_reading
from app.metrics.periods import Period
from app.notices.filling import Workspace
from app.reports import checks, drafts, freezing, making
from app.reports.report import Change, Report
from app.reports.vocabularies import WITH_TEXTS, Heading, ReportKind

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
BY = "Fictional Manager"


def begun(
    database: Database, kind: ReportKind = ReportKind.ARTICLE_22, period: Period = YEAR
) -> Report:
    """Begin a report."""
    with database.write() as unit:
        return drafts.begin(unit, kind, period, by=BY)


def ready(database: Database, workspace: Workspace, report: Report) -> Report:
    """Write all its texts, and confirm its cells of one."""
    headings = Heading if report.kind in WITH_TEXTS else ()
    said = {heading: dict.fromkeys(report.languages, "As we do it.") for heading in headings}
    as_of = cohort_reading.latest(database)
    with database.write() as unit:
        report = drafts.change(unit, report.id, Change(texts=said), by=BY, version=report.version)
        made = making.make(unit, workspace, report, as_of=as_of)
        return drafts.confirm(
            unit, report.id, checks.cells_of_one(made), by=BY, version=report.version
        )


def frozen(database: Database, workspace: Workspace) -> Report:
    """Begin a report of a year, write it, and freeze it."""
    report = ready(database, workspace, begun(database))
    freezing.freeze(database, workspace, report.id, by=BY, version=report.version)
    return report
