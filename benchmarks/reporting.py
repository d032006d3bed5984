"""G4: a year's report made, checked and written in every form; the PDF, which typst sets, apart."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from statistics import median
from time import process_time
from typing import NamedTuple

from app import main
from app.kit.database import Database
from app.kit.languages import Language
from app.metrics import cohort_reading
from app.metrics.periods import Period
from app.notices.filling import Workspace
from app.reports import checks, drafts, making
from app.reports.document import Document
from app.reports.forms import RENDERERS
from app.reports.forms.edition import Edition
from app.reports.report import Report
from app.reports.vocabularies import ReportForm, ReportKind
from benchmarks import databases, stock
from benchmarks.measuring import Result, Size, interleaved, took

A_YEAR = 20_000
SECONDS = 10.0
MOST_ROUNDS = 3
YEAR = timedelta(days=365)
FORMS = tuple(form for form in RENDERERS if form != ReportForm.PDF)


class Begun(NamedTuple):
    """A report over a stock of a year."""

    database: Database
    workspace: Workspace
    report: Report

    def made(self) -> Document:
        """Make and check it."""
        as_of = cohort_reading.latest(self.database)
        with self.database.read() as unit:
            made = making.make(unit, self.workspace, self.report, as_of=as_of)
        checks.findings(
            self.report,
            made,
            self.report.to_day,
            host_endings=self.workspace.catalogue.host_endings,
        )
        return made.document

    def written(self, document: Document, *forms: ReportForm) -> None:
        """Write it in these forms, in every language."""
        for language in Language:
            for form in forms:
                RENDERERS[form](document, Edition(language, 1, self.workspace.catalogue))

    def whole(self) -> None:
        """Do all that a freeze does before it keeps it, but for the PDF."""
        self.written(self.made(), *FORMS)


def run(size: Size) -> Iterator[Result]:
    """Measure each kind of report over a year."""
    rows = min(size.many, A_YEAR)
    with databases.place("SQLite") as place:
        database, workspace = place.database(), main.workspace_of(place.settings)
        stock.fill(database, rows, stock.ANSWERED, since=stock.END - YEAR)
        begun = {kind: Begun(database, workspace, _begun(database, kind)) for kind in ReportKind}
        ways = {str(kind): partial(took, one.whole, process_time) for kind, one in begun.items()}
        found = interleaved(min(size.rounds, MOST_ROUNDS), ways)
        spent = {name: median(seconds) for name, seconds in found.items()}
        document = begun[ReportKind.ARTICLE_22].made()
        pdf = partial(begun[ReportKind.ARTICLE_22].written, document, ReportForm.PDF)
        of_pdf = took(pdf, process_time)
        database.close()
    for kind, cpu in spent.items():
        is_first = kind == ReportKind.ARTICLE_22
        beside = f"; its PDF in {len(Language)} languages {of_pdf:.1f} s" if is_first else ""
        yield Result(
            "G4",
            f"the report {kind} of a year of {rows:,} takedowns, PDF apart",
            f"{cpu:.1f} s of CPU{beside}",
            None,
            f"≤ {SECONDS:.0f} s",
            cpu <= SECONDS if rows == A_YEAR else None,
        )


def _begun(database: Database, kind: ReportKind) -> Report:
    days = Period((stock.END - YEAR).date(), stock.END.date() + timedelta(days=1))
    with database.write() as unit:
        return drafts.begin(unit, kind, days, by="bench")
