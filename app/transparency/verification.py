"""The proof of the reports that are kept: each is the file, and what was read of it, that was kept.

The audit log holds the digests, and is proved itself.
"""

import json
from collections.abc import Iterator

from sqlalchemy import select

from app.accounts.models import audit
from app.accounts.vocabularies import Action
from app.kit.database import Unit
from app.transparency.kept import digest
from app.transparency.models import transparency_reports

_KEPT = select(audit.c.detail).where(audit.c.action == Action.TRANSPARENCY_REPORT_KEPT)
_REPORTS = select(transparency_reports).order_by(transparency_reports.c.id)


def faults(unit: Unit) -> Iterator[tuple[str, str]]:
    """Name each report that is not as it was kept, and those that are gone."""
    kept = [json.loads(detail) for detail in unit.connection.scalars(_KEPT)]
    known = {(one["platform"], one["sha256"], one["read"]) for one in kept}
    with unit.connection.execute(_REPORTS, execution_options={"yield_per": 1}) as rows:
        for row in rows:
            told = row.platform, row.sha256, digest(row.rows, row.findings)
            if told not in known or digest(bytes(row.content)) != row.sha256:
                yield f"transparency report {row.id}", "is not what was kept"
            known.discard(told)
    if known:
        yield "transparency reports", f"{len(known)} that were kept are missing"
