"""Transparency reports that are kept: each file whole, with its SHA-256, and what was read of it.

Rows are added, never changed; a correction of the same period is kept beside the one before it.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Executable, bindparam, insert, select

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.kit.database import Unit
from app.platforms.catalogue import Catalogue
from app.platforms.published import Published
from app.transparency import series
from app.transparency.models import transparency_reports
from app.transparency.reading import Reading
from app.transparency.rows import Finding, Row
from app.transparency.series import Report

_T = transparency_reports.c
_READ = select(*(column for column in _T if column is not _T.content)).order_by(_T.id.desc())
_OF_PLATFORMS = _READ.where(_T.platform.in_(bindparam("platforms", expanding=True)))
_ONE = _READ.where(_T.id == bindparam("number"))
_CONTENT = select(_T.content).where(_T.id == bindparam("number"))
_SAME = select(_T.id).where(
    _T.platform == bindparam("platform"),
    _T.service == bindparam("service"),
    _T.sha256 == bindparam("sha256"),
)
_ROWS: TypeAdapter[tuple[Row, ...]] = TypeAdapter(tuple[Row, ...])
_FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])

LONGEST_NAME = 200


class File(NamedTuple):
    """A file as somebody sent it in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return its digest, in hex."""
        return digest(self.content)


def keep(unit: Unit, file: File, read: Reading, *, platform: str, service: str, by: str) -> int:
    """Keep a file and what was read of it; returns its number, also where it was kept before."""
    told = {"platform": platform, "service": service, "sha256": file.sha256}
    same: int | None = unit.connection.scalar(_SAME, told)
    if same is not None:
        return same
    rows, findings = _json(read.rows), _json(read.findings)
    values = told | {
        "name": file.name,
        "content": file.content,
        "rows": rows,
        "findings": findings,
        "total": read.total,
        "kept_by": by,
        "kept_at": unit.clock(),
    }
    result = unit.connection.execute(insert(transparency_reports).values(values))
    audit.record(
        unit,
        by,
        Action.TRANSPARENCY_REPORT_KEPT,
        reference=None,
        platform=platform,
        sha256=file.sha256,
        read=digest(rows, findings),
    )
    assert result.inserted_primary_key is not None  # noqa: S101 - one row was inserted
    number: int = result.inserted_primary_key[0]
    return number


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of what is put one after the other, in hex."""
    whole = b"".join(one.encode() if isinstance(one, str) else one for one in parts)
    return hashlib.sha256(whole).hexdigest()


def every(unit: Unit) -> list[Report]:
    """Return all reports, the newest first."""
    return _reports(unit, _READ)


def find(unit: Unit, number: int) -> Report | None:
    """Return a report by its number."""
    return next(iter(_reports(unit, _ONE, number=number)), None)


def content_of(unit: Unit, number: int) -> bytes:
    """Return the file of a report, byte for byte."""
    content: bytes = unit.connection.execute(_CONTENT, {"number": number}).scalar_one()
    return bytes(content)


def published(
    unit: Unit, catalogue: Catalogue, slugs: Collection[str]
) -> dict[str, list[Published]]:
    """Return what platforms publish, by platform: what its file tells, and what is kept since."""
    found: dict[str, list[Report]] = {slug: [] for slug in slugs if slug in catalogue.platforms}
    for report in _reports(unit, _OF_PLATFORMS, platforms=list(found)):
        found[report.platform].append(report)
    categories = list(catalogue.categories.values())
    return {
        slug: series.series_of(catalogue.platforms[slug], reports, categories)
        for slug, reports in found.items()
    }


def _json(lines: Iterable[Sequence[object]]) -> str:
    return json.dumps(list(lines), ensure_ascii=False, separators=(",", ":"))


def _reports(unit: Unit, query: Executable, **told: object) -> list[Report]:
    return [
        Report(
            row.id,
            row.platform,
            row.service,
            row.name,
            row.sha256,
            row.kept_by,
            row.kept_at,
            Reading(
                _ROWS.validate_json(row.rows),
                _FINDINGS.validate_json(row.findings),
                row.total,
            ),
        )
        for row in unit.connection.execute(query, told)
    ]
