"""Which versions of a template went out, since when, and how often."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.kit.database import Unit
from app.notices.models import notices


class Version(NamedTuple):
    """One version, with the first and the last notice that was frozen in its words."""

    version: str
    notices: int
    first_at: datetime
    last_at: datetime


def of_template(unit: Unit, template_id: str) -> Sequence[Version]:
    """Return the versions of a template that notices went out in, the newest first."""
    first = func.min(notices.c.frozen_at)
    rows = unit.connection.execute(
        select(notices.c.template_version, func.count(), first, func.max(notices.c.frozen_at))
        .where(notices.c.template_id == template_id)
        .group_by(notices.c.template_version)
        .order_by(first.desc())
    )
    return [Version(*row) for row in rows]
