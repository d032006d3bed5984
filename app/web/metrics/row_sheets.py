"""The rows behind a number to take away: all that its list shows but the masked items."""

from collections.abc import Callable, Mapping

from app.kit.cells import Value
from app.kit.wording import N_, Words
from app.metrics.figures import FIGURES, Rows, Unit
from app.schemas.vocabularies import Standing
from app.web.metrics import figure_rows
from app.web.metrics.figure_rows import Row
from app.web.shell.downloads import Table

HEADINGS: Mapping[str, str] = {
    "reference": N_("Reference"),
    "platform": N_("Platform"),
    "category": N_("Category"),
    "imported": N_("Imported"),
    "submitted_at": N_("Submitted"),
    "item": N_("Item"),
    "stands": N_("Stands"),
    "complaint": N_("Complaint"),
    "receipt_hours": N_("Hours to receipt"),
    "answer_hours": N_("Hours to first answer"),
    "decision_hours": N_("Hours to decision"),
    "gone_hours": N_("Hours until gone"),
}
Told = Mapping[str, Callable[[Row], Value]]
_OF_ALL: Told = {
    "reference": lambda row: row.reference,
    "platform": lambda row: row.platform,
    "category": lambda row: row.category,
    "imported": lambda row: row.is_imported,
    "submitted_at": lambda row: row.submitted_at,
}
_OF_UNIT: Mapping[Unit, Told] = {
    Unit.ITEM: {
        "item": lambda row: row.number,
        "stands": lambda row: row.stands,
        "decision_hours": lambda row: _hours(row.after("first_decided_at")),
        "gone_hours": lambda row: _hours(
            row.after("ended_at") if row.stands == Standing.GONE else None
        ),
    },
    Unit.TAKEDOWN: {
        "receipt_hours": lambda row: _hours(row.after("receipt_at")),
        "answer_hours": lambda row: _hours(row.after("answered_at")),
    },
    Unit.COMPLAINT: {
        "complaint": lambda row: row.became,
        "decision_hours": lambda row: _hours(row.complaint_hours),
    },
}


def table(figure: str, rows: Rows, *, words: Words) -> Table:
    """Return all that a figure counts, the newest takedowns first."""
    told = {**_OF_ALL, **_OF_UNIT[FIGURES[figure].unit]}
    return Table(
        name=figure,
        title=words.gettext(N_("Metrics")),
        columns={name: words.gettext(HEADINGS[name]) for name in told},
        rows=(
            [of(row) for of in told.values()]
            for row in figure_rows.newest_first(figure, rows, slice(None))
        ),
    )


def _hours(value: float | None) -> float | None:
    """As the spreadsheet of the list of requests has them."""
    return None if value is None else round(value, 4)
