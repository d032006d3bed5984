"""Rows of the audit log: what one person copied and revealed of one request in one go is one row.

Pure.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from app.accounts.audit import Entry
from app.accounts.vocabularies import Action

APART = timedelta(minutes=10)
FOLDED = (Action.COPIED, Action.REVEALED)


class Row(NamedTuple):
    """One entry, or those of one session of copying, the newest first."""

    entries: Sequence[Entry]

    @property
    def newest(self) -> Entry:
        """The entry that the row is told by."""
        return self.entries[0]

    @property
    def oldest(self) -> Entry:
        """Where the session began."""
        return self.entries[-1]

    @property
    def actions(self) -> Sequence[str]:
        """What was done in it, each once."""
        return tuple(dict.fromkeys(one.action for one in self.entries))


def folded(entries: Sequence[Entry]) -> list[Row]:
    """Put consecutive entries of one session together; `entries` come the newest first."""
    rows: list[list[Entry]] = []
    for entry in entries:
        if rows and _goes_on(rows[-1][-1], entry):
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return [Row(row) for row in rows]


def _goes_on(newer: Entry, older: Entry) -> bool:
    return (
        newer.action in FOLDED
        and older.action in FOLDED
        and (newer.by, newer.reference) == (older.by, older.reference)
        and newer.reference is not None
        and newer.at - older.at <= APART
    )
