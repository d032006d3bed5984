"""What a row asks: the API's own shapes, with faults that point at columns."""

from datetime import UTC, datetime

import pytest

from app.input.event_shapes import Decided, Seen
from app.input.shapes import SubmissionIn, TakedownIn
from app.kit.errors import Fault, Refused
from app.sheets import columns

LEAST = {"case_ref": "C-1", "category": "csam", "url": "https://x.com/a/status/1"}
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_every_field_of_a_takedown_with_urls_has_its_column() -> None:
    assert set(TakedownIn.model_fields) - set(columns.KNOWN) == {"locators"}


def test_a_row_is_read_into_the_shapes_of_the_api() -> None:
    told = {
        "urgent": "TRUE",
        "person_is_minor": "no",
        "urls": "https://x.com/a/status/2\nhttps://x.com/a/status/3",
        "reported_at": "2026-03-01T10:00:00+01:00",
        "submitted_at": "2026-03-01T09:00:00Z",
        "ticket_id": "T-1",
        "decided_at": "2026-03-01T09:00:00Z",
        "outcome": "removed",
        "seen_gone_at": "2026-03-01T09:00:00Z",
    }

    asked = columns.read(LEAST | told)

    assert asked == columns.Asked(
        TakedownIn(
            case_ref="C-1", category="csam", urgent=True, person_is_minor=False,
            urls=[f"https://x.com/a/status/{number}" for number in (1, 2, 3)],
            reported_at="2026-03-01T09:00:00Z",  # type: ignore[arg-type]
        ),
        SubmissionIn(how="form", ticket_id="T-1", happened_at="2026-03-01T09:00:00Z"),  # type: ignore[arg-type]
        Decided(kind="decided", outcome="removed", happened_at="2026-03-01T09:00:00Z"),  # type: ignore[arg-type]
        Seen(kind="seen", availability="gone", happened_at="2026-03-01T09:00:00Z"),  # type: ignore[arg-type]
    )  # fmt: skip
    assert asked.moments() == dict.fromkeys(("submitted_at", "decided_at", "seen_gone_at"), AT)


def test_without_its_moment_nothing_happened() -> None:
    asked = columns.read(LEAST)

    assert (asked.submission, asked.decision, asked.sighting) == (None, None, None)


@pytest.mark.parametrize(
    ("story", "told", "faults"),
    [
        ("a word for a yes", {"urgent": "perhaps"}, [("urgent", "bool_type")]),
        ("a local time", {"reported_at": "01/03/2026 9:00"}, [("reported_at", "value_error")]),
        ("a name as case", {"case_ref": "Jan Peeters"}, [("case_ref", "string_pattern_mismatch")]),
        ("a local step", {"submitted_at": "yesterday"}, [("submitted_at", "value_error")]),
        ("a ticket of nothing", {"ticket_id": "T-1"}, [("submitted_at", "required")]),
        ("an outcome without its day", {"outcome": "removed"}, [("decided_at", "required")]),
        ("a decision unsaid", {"decided_at": "2026-03-01T09:00:00Z"}, [("outcome", "required")]),
        (
            "several at once",
            {"urgent": "perhaps", "how": "fax", "submitted_at": "2026-03-01T09:00:00Z"},
            [("urgent", "bool_type"), ("how", "literal_error")],
        ),
    ],
)
def test_a_fault_points_at_its_column(
    story: str, told: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(Refused) as refused:
        columns.read(LEAST | told)

    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == faults


def test_an_empty_row_lacks_what_the_api_asks_for() -> None:
    with pytest.raises(Refused) as refused:
        columns.read({})

    assert {fault.pointer for fault in refused.value.faults} == {"case_ref", "category", "url"}


@pytest.mark.parametrize(
    ("pointer", "column"),
    [
        ("/urls/0", "url 1"),
        ("/urls", "url"),
        ("/fields/explanation", "notice field explanation"),
        ("/basis", "basis"),
        ("", ""),
    ],
)
def test_what_a_use_case_points_at_is_named_for_the_sheet(pointer: str, column: str) -> None:
    assert columns.named(Fault(pointer, "code", "mend")).pointer == column
