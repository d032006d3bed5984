"""A report made: its requests counted into tables, with times, history and words beside them."""

from collections.abc import Sequence

from app.kit.clock import stamp
from app.kit.database import Unit
from app.metrics import cohort_reading, summary
from app.metrics.questions import AsOf, Question, micros_of
from app.notices.filling import Workspace
from app.platforms import leaks
from app.reports import reading, times
from app.reports.counted import CountedRequest
from app.reports.document import (
    Document,
    DsaType,
    ReportedQuality,
    StatusEntry,
    Times,
    counted_table,
)
from app.reports.layouts import LAYOUTS
from app.reports.made import Made
from app.reports.reading import Asked
from app.reports.report import Report
from app.reports.tables import tabulate
from app.reports.vocabularies import HandFigure, Heading, ReportKind
from app.takedowns import bases
from app.takedowns.flagger_status import Change

# Kinds that tell of times and of our own quality.
WITH_TIMES = frozenset({ReportKind.ARTICLE_22, ReportKind.ACTIVITY})


def make(unit: Unit, workspace: Workspace, report: Report, *, as_of: AsOf) -> Made:
    """Make a report as the record stood at a moment: the same record gives the same document."""
    asked = Asked(report.kind, report.period, workspace.zone, as_of.moment, workspace.catalogue)
    requests = reading.counted_requests(unit, asked)
    tables = [tabulate(requests, layout, workspace.zone) for layout in LAYOUTS[report.kind]]
    told, quality = _times(unit, workspace, report, as_of=as_of)
    document = Document(
        kind=report.kind,
        from_=report.from_day,
        to=report.to_day,
        as_of=stamp(as_of.moment),
        definition=summary.DEFINITION,
        organisation=workspace.organisation.name,
        licence=workspace.organisation.licence,
        time_zone=workspace.zone.key,
        languages=report.languages,
        tables=tuple(map(counted_table, tables)),
        types=_types(requests),
        times=tuple(told),
        own_quality=quality,
        status=_status(bases.history(unit, as_of.moment), report),
        figures={figure: report.figures.get(figure) for figure in HandFigure},
        texts={
            heading: {one: report.texts.get(heading, {}).get(one, "") for one in report.languages}
            for heading in Heading
        },
    )
    return Made(document, requests, {table.id: table for table in tables})


def _times(
    unit: Unit, workspace: Workspace, report: Report, *, as_of: AsOf
) -> tuple[list[Times], ReportedQuality | None]:
    if report.kind not in WITH_TIMES:
        return [], None
    question = Question(zone=workspace.zone, periods=(report.period,))
    cohort = cohort_reading.read(unit, question, as_of.moment)
    until = micros_of(as_of.moment)  # whatever the clock says: a frozen one never changes
    return (
        times.times_of(cohort, workspace.catalogue, until),
        times.own_quality_of(cohort, until),
    )


def _types(requests: Sequence[CountedRequest]) -> dict[str, DsaType]:
    """Return the codes each type was notified under, the last ones where they changed."""
    submitted = [one for one in requests if one.dsa and one.submitted_at]
    found = {}
    for one in sorted(submitted, key=lambda one: (one.submitted_at, one.reference)):
        found[one.category] = DsaType(category=one.dsa["category"], keyword=one.dsa["keyword"])
    return dict(sorted(found.items()))


def _status(history: Sequence[Change], report: Report) -> tuple[StatusEntry, ...]:
    return tuple(
        StatusEntry(
            kind=entry.kind,
            on=entry.on,
            coordinator="" if leaks.holds_personal_data(entry.coordinator) else entry.coordinator,
            until=entry.until,
            categories=entry.categories,
            exceptions=entry.exceptions,
        )
        for entry in history
        if entry.on < report.to_day
    )
