"""A frozen report as a file that is handed out: its media type and its name.

Pure.
"""

from collections.abc import Mapping

from app.kit.languages import Language
from app.reports import spans
from app.reports.report import Report
from app.reports.vocabularies import ReportForm

# The canonical JSON is the report itself: who does not say which form they like is given that.
MEDIA_TYPES: Mapping[ReportForm, str] = {
    ReportForm.JSON: "application/json",
    ReportForm.HTML: "text/html",
    ReportForm.PDF: "application/pdf",
    ReportForm.CSV: "text/csv",
    ReportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(report: Report, number: int, *, form: ReportForm, language: Language | None) -> str:
    """Name a file after the report, its days and its version, and its language if it has one."""
    named = f"-{language}" if language else ""
    days = spans.in_file_names(report.period)
    return f"report-{report.kind}-{days}-v{number}{named}.{form}"
