"""Which site a request is about that is of no platform we know: shown to who may read content."""

from collections.abc import Sequence

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.takedowns import queries
from app.takedowns.facts import OTHER
from app.takedowns.rows import Addressed
from app.web.shell.masking import HIDDEN
from app.web.shell.request_context import Visit


def of(unit: Unit, visit: Visit, rows: Sequence[Addressed]) -> dict[int, str]:
    """Return the site of each of these requests that has one, by the request's id."""
    if visit.may(Scope.CONTENT_READ):
        return queries.sites_of(unit, rows)
    return {row.id: HIDDEN for row in rows if row.platform == OTHER}
