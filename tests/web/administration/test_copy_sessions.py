"""Rows of the audit log: what was copied and revealed in one go is one row, which opens to all."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.audit import Entry
from app.context import Context
from app.web.administration import copy_sessions
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.web.web_client import WebClient

NOW = datetime(2026, 11, 3, 14, tzinfo=UTC)


def log(*told: tuple[str, str, str | None, float]) -> list[Entry]:
    """Entries, the newest first: who, what, of which request, how many minutes ago."""
    return [
        Entry(len(told) - at, NOW - timedelta(minutes=ago), by, action, reference, {})
        for at, (by, action, reference, ago) in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        ([("A", "copied", "TD-2", 0), ("A", "copied", "TD-2", 1)], [2]),
        ([("A", "copied", "TD-2", 0), ("A", "revealed", "TD-2", 1)], [2]),
        ([("A", "copied", "TD-2", 0), ("A", "copied", "TD-2", 10)], [2]),
        ([("A", "copied", "TD-2", 0), ("A", "copied", "TD-2", 11)], [1, 1]),
        ([("A", "copied", "TD-2", 0), ("B", "copied", "TD-2", 1)], [1, 1]),
        ([("A", "copied", "TD-2", 0), ("A", "copied", "TD-3", 1)], [1, 1]),
        ([("A", "copied", None, 0), ("A", "copied", None, 1)], [1, 1]),
        ([("A", "opened", "TD-2", 0), ("A", "opened", "TD-2", 1)], [1, 1]),
        (
            [("A", "copied", "TD-2", 0), ("B", "signed_in", None, 1), ("A", "copied", "TD-2", 2)],
            [1, 1, 1],
        ),
        ([("A", "copied", "TD-2", 9 * at) for at in range(4)], [4]),
        ([], []),
    ],
)
def test_one_session_is_one_row(
    told: list[tuple[str, str, str | None, float]], rows: list[int]
) -> None:
    entries = log(*told)
    found = copy_sessions.folded(entries)

    assert [len(row.entries) for row in found] == rows
    assert [entry for row in found for entry in row.entries] == entries


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_folded_row_shows_who_and_when_and_holds_each_entry(
    parts: Context, api: ApiClient
) -> None:
    reference = logged(api)["reference"]
    worker, admin = WebClient.signed_in(parts), WebClient.signed_in(parts, "admin")
    for _ in range(3):
        worker.post(f"/takedowns/{reference}/items/1/copy")

    shown = admin.get(f"/audit?reference={reference}&action=copied").text

    assert shown.count('data-testid="audit-row"') == 1
    assert "3 entries" in shown
    assert shown.count("<li value=") == 3
