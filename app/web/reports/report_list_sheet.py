"""The list of reports as a table to take away."""

from datetime import timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.wording import N_
from app.reports import archive, drafts
from app.reports.report import Report, Version
from app.web.shell import downloads, labels
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/reports")
LABELS: Labels = {
    "report": labels.TABLES["report_kind"],
    "state": {
        "draft": N_("Draft"),
        "frozen": N_("Frozen"),
        "changed_since": N_("Changed since it was frozen"),
    },
}


class Line(NamedTuple):
    """A report, and its last version, if any."""

    report: Report
    last: Version | None

    @property
    def state(self) -> str:
        """Whether it was frozen, and says the same still."""
        if self.last is None:
            return "draft"
        return "changed_since" if self.report.changed_at > self.last.frozen_at else "frozen"


COLUMNS: Columns[Line] = {
    "report": (N_("Report"), lambda one: one.report.kind),
    "first_day": (N_("First day"), lambda one: one.report.from_day),
    "last_day": (N_("Last day"), lambda one: one.report.to_day - timedelta(days=1)),
    "state": (N_("State"), lambda one: one.state),
    "version": (N_("Version"), lambda one: one.last.number if one.last else None),
    "frozen_at": (N_("Frozen at"), lambda one: one.last.frozen_at if one.last else None),
    "languages": (N_("Languages of the report"), lambda one: one.report.languages),
    "changed_at": (N_("Last changed"), lambda one: one.report.changed_at),
    "changed_by": (N_("Changed by"), lambda one: one.report.changed_by),
}


@downloads.at(router, "")
def download(visit: Annotated[Visit, require_rights(Scope.REPORTS_READ)]) -> Response:
    """Hand out the reports, the newest days first."""
    with visit.read() as unit:
        last = archive.last_versions(unit)
        lines = [Line(one, last.get(one.id)) for one in drafts.every(unit)]
    found = downloads.of(
        visit, "reports", N_("Reports"), columns=COLUMNS, rows=lines, labels=LABELS
    )
    return downloads.answered(visit, found, downloads.asked_form(visit))
