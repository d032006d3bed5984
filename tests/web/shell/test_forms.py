"""A number that no page of ours sends is none, and never a failure."""

import pytest

from app.context import Context
from app.web.shell import forms
from tests.api_client import ApiClient
from tests.sample_record import facts
from tests.web.web_client import WebClient

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("0012", 12), ("999999999", 999_999_999)]
    + [(text, None) for text in ("", "-1", "1.0", "1e3", " 1", "\u0663", "\u00b2", ENDLESS)],
)
def test_a_whole_number_is_written_in_plain_digits(text: str, number: int | None) -> None:
    assert forms.whole(text) == number


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_endless_numbers_are_refused_like_any_other_nonsense(
    parts: Context, api: ApiClient
) -> None:
    urls = [f"https://www.instagram.com/p/C7aB2cD3eF{number}/" for number in range(2)]
    reference = api.post("/takedowns", facts("C-1", *urls))["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    visitor = WebClient.signed_in(parts)
    told = {
        "/takedowns/preview": {"kept": ENDLESS},
        "/takedowns/new": {"kept": ENDLESS},
        f"/takedowns/{reference}/act/reply": {
            "reply-items": ENDLESS,
            "reply-kind": "decided",
            "reply-outcome": "removed",
        },
        "/inbox/bulk/apply": {"action": "assign", "reference": reference, "colleague": ENDLESS},
    }

    answers = {path: visitor.post(path, **fields).status_code for path, fields in told.items()}

    assert answers == dict(zip(told, (200, 422, 422, 422), strict=True))
