"""Which site a request is about that is of no platform we know: shown to who may read content."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from app.kit.database import Unit
from app.takedowns import queries
from app.takedowns.facts import OTHER
from app.web.masking import HIDDEN
from app.web.visits import Visit


def of(unit: Unit, visit: Visit, rows: Sequence[Row[Any]]) -> dict[int, str]:
    """Return the site of each of these requests that has one, by the request's id."""
    if visit.may("content:read"):
        return queries.sites_of(unit, rows)
    return {row.id: HIDDEN for row in rows if row.platform == OTHER}
