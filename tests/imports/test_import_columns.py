"""What a row asks: the API's own shapes, with faults that point at columns."""

from datetime import UTC, datetime

import pytest

from app.imports import import_columns
from app.kit.errors import Fault, Refused
from app.schemas.event_shapes import Decided, InformationRequested, ReceiptConfirmed, Seen
from app.schemas.shapes import SubmissionIn, TakedownIn

LEAST = {"case_ref": "C-1", "category": "csam", "url": "https://x.com/a/status/1"}
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_every_field_of_a_takedown_with_urls_has_its_column() -> None:
    assert set(TakedownIn.model_fields) - set(import_columns.KNOWN) == {"locators"}


AT_NINE = {"happened_at": "2026-03-01T09:00:00Z"}
DECIDED = {"kind": "decided", "outcome": "removed"}
ASKED = {"kind": "information_requested", "text": "Which account?"}
SEEN = {"kind": "seen", "availability": "gone"}
CONFIRMED = {"kind": "receipt_confirmed"} | AT_NINE


def test_a_row_is_read_into_the_shapes_of_the_api() -> None:
    told = {
        "urgent": "TRUE",
        "person_is_minor": "no",
        "urls": "https://x.com/a/status/2\nhttps://x.com/a/status/3",
        "reported_at": "2026-03-01T10:00:00+01:00",
        "submitted_at": "2026-03-01T09:00:00Z",
        "ticket_id": "T-1",
        "receipt_at": "2026-03-01T09:00:00Z",
        "answered_at": "2026-03-01T09:00:00Z",
        "decided_at": "2026-03-01T09:00:00Z",
        "outcome": "removed",
        "asked_at": "2026-03-01T09:00:00Z",
        "question": "Which account?",
        "seen_gone_at": "2026-03-01T09:00:00Z",
        "seen_live_at": "2026-03-01T09:00:00Z",
    }

    asked = import_columns.read(LEAST | told)

    assert asked == import_columns.Asked(
        TakedownIn(
            case_ref="C-1", category="csam", urgent=True, person_is_minor=False,
            urls=[f"https://x.com/a/status/{number}" for number in (1, 2, 3)],
            reported_at="2026-03-01T09:00:00Z",  # type: ignore[arg-type]
        ),
        SubmissionIn(how="form", ticket_id="T-1", happened_at="2026-03-01T09:00:00Z"),  # type: ignore[arg-type]
        {
            "receipt_at": ReceiptConfirmed.model_validate(CONFIRMED | {"automatic": True}),
            "answered_at": ReceiptConfirmed.model_validate(CONFIRMED | {"automatic": False}),
            "asked_at": InformationRequested.model_validate(ASKED | AT_NINE),
            "decided_at": Decided.model_validate(DECIDED | AT_NINE),
            "seen_gone_at": Seen.model_validate(SEEN | AT_NINE),
            "seen_live_at": Seen.model_validate(SEEN | AT_NINE | {"availability": "live"}),
        },
    )  # fmt: skip
    assert asked.moments() == dict.fromkeys(("submitted_at", *import_columns.FOLLOWING), AT)


def test_without_its_moment_nothing_happened() -> None:
    asked = import_columns.read(LEAST)

    assert (asked.submission, asked.history) == (None, {})


@pytest.mark.parametrize(
    ("story", "told", "faults"),
    [
        ("a word for a yes", {"urgent": "perhaps"}, [("urgent", "wrong_type")]),
        ("a local time", {"reported_at": "01/03/2026 9:00"}, [("reported_at", "not_a_time")]),
        ("a name as case", {"case_ref": "Jan Peeters"}, [("case_ref", "malformed")]),
        ("a local step", {"submitted_at": "yesterday"}, [("submitted_at", "not_a_time")]),
        ("a ticket of nothing", {"ticket_id": "T-1"}, [("submitted_at", "without_moment")]),
        ("an outcome without its day", {"outcome": "removed"}, [("decided_at", "without_moment")]),
        ("a decision unsaid", {"decided_at": "2026-03-01T09:00:00Z"}, [("outcome", "required")]),
        (
            "a question unsaid",
            {"asked_at": "2026-03-01T09:00:00Z", "submitted_at": "2026-03-01T09:00:00Z"},
            [("question", "required")],
        ),
        (
            "several at once",
            {"urgent": "perhaps", "how": "fax", "submitted_at": "2026-03-01T09:00:00Z"},
            [("urgent", "wrong_type"), ("how", "not_one_of")],
        ),
    ],
)
def test_a_fault_points_at_its_column(
    story: str, told: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    with pytest.raises(Refused) as refused:
        import_columns.read(LEAST | told)

    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == faults


def test_an_empty_row_lacks_what_the_api_asks_for() -> None:
    with pytest.raises(Refused) as refused:
        import_columns.read({})

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
    assert import_columns.named(Fault(pointer, "code", "mend")).pointer == column


SENT = {"submitted_at": "2026-03-01T09:00:00Z"}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("ticket_id", "1,23457E+18"),
        ("ticket_id", "1.23457E+18"),
        ("ticket_id", "1.23457e+18"),
        ("ticket_id", "1,23E+05"),
        ("ticket_id", "1E+18"),
        ("ticket_id", "1.23456789012346E+18"),
        ("ticket_id", "1.79E+018"),
        ("ticket_id", "-1,23457E+18"),
        ("ticket_id", "\u00a01,23457E+18 "),
        ("external_ref", "1.23457E+18"),
        ("external_ref", "4,47101E+11"),
        ("case_ref", "2.0261E+11"),
        ("url", "1,79E+18"),
        ("urls", "https://x.com/a/status/2 1,79E+18"),
        ("url", "https://x.com/a/status/1,79E+18"),
        ("url", "https://x.com/a/status/1.79E+18?s=20"),
        ("url", "https://www.facebook.com/photo?fbid=1.23457E+14"),
        ("url", "https://x.com/a/status/1.79E%2B18"),
        ("explanation", "1,23457E+18"),
    ],
)
def test_a_number_that_a_spreadsheet_shortened_is_refused_with_the_mend(
    column: str, cell: str
) -> None:
    with pytest.raises(Refused) as caught:
        import_columns.read(LEAST | SENT | {column: cell})

    assert caught.value.faults == (Fault(column, "shortened", import_columns.SHORTENED),)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("ticket_id", "T-5"),
        ("ticket_id", "1E5"),
        ("ticket_id", "12E+"),
        ("ticket_id", "9-1234000012345"),
        ("ticket_id", "1234567890123456789"),
        ("external_ref", "1.23457E18"),
        ("explanation", "Seen 1,2E+05 times, by our analyst."),
        ("url", "https://www.google.com/search?q=1e+5"),
        ("url", "https://x.com/a/status/1790000000000000001"),
    ],
)
def test_what_only_looks_like_a_shortened_number_is_taken(column: str, cell: str) -> None:
    asked = import_columns.read(LEAST | SENT | {column: cell})

    assert cell in str(asked)


@pytest.mark.parametrize(
    "moment", ["2026-03-29T02:30", "2026-10-25T02:30:00", "29/03/2026 02:30", "46110.1041666667"]
)
def test_a_time_without_its_offset_is_refused_with_the_mend(moment: str) -> None:
    with pytest.raises(Refused) as caught:
        import_columns.read(LEAST | {"reported_at": moment})

    mend = "write it as RFC 3339 with an offset, like 2026-03-02T09:00:00Z"
    assert caught.value.faults == (Fault("reported_at", "not_a_time", mend),)


def test_a_time_that_came_twice_is_taken_with_its_offset() -> None:
    asked = [
        import_columns.read(
            LEAST | {"reported_at": f"2026-10-25T02:30:00{offset}"}
        ).takedown.reported_at
        for offset in ("+02:00", "+01:00")
    ]

    assert [f"{moment:%H:%M}" for moment in asked if moment] == ["00:30", "01:30"]
