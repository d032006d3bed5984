"""What rows, columns and spans are called on a page: as the forms of a report call them."""

from typing import Any

from app.reports import spans
from app.reports.forms.edition import Edition
from app.reports.forms.naming import Names
from app.web.shell.request_context import Visit


def of(visit: Visit) -> dict[str, Any]:
    """Return what `reports/parts.html` goes by, for each page that takes words from there."""
    return {"names": spoken(visit), "named": spans.named}


def spoken(visit: Visit) -> Names:
    """Return the names in the visitor's language; of no version."""
    return Names(Edition(visit.language, 0, visit.workspace.catalogue))
