"""Addresses of the rows behind a cell, and which cell an address names.

Pure. A provider's name may have been typed by a person: an address holds its digest instead.
"""

import hashlib
from collections.abc import Iterable, Mapping

from app.reports.tables import TOTAL
from app.reports.vocabularies import Axis
from app.web.shell import addresses


class Rows:
    """The rows behind the cells of one report, at one moment or of one version."""

    def __init__(self, report_id: int, of: Mapping[str, object]) -> None:
        self._path, self._of = f"/reports/{report_id}/rows", of

    def cell(self, table: str, axes: tuple[Axis, Axis], place: tuple[str, str]) -> str:
        """Return the address of the rows behind a cell."""
        row, column = (written(axis, key) for axis, key in zip(axes, place, strict=True))
        return addresses.of(self._path, {"table": table, "row": row, "column": column, **self._of})

    def check(self, check: str) -> str:
        """Return the address of the rows that a check found."""
        return addresses.of(self._path, {"check": check, **self._of})


def written(axis: Axis, key: str) -> str:
    """Return a key as addresses name it."""
    if axis != Axis.PROVIDER or key == TOTAL:
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def read(axis: Axis, keys: Iterable[str], text: str) -> str | None:
    """Return the key that an address names, None where it is none of these."""
    return next((key for key in keys if written(axis, key) == text), None)
