"""What the tests of the API say again and again."""

from typing import Any

from tests.api_client import ApiClient

POST_URL = "https://www.instagram.com/p/C7aB2cD3eF4/?igsh=abc=="
OTHER_POST_URL = "https://www.instagram.com/p/C7aB2cD3eF5/"
VIDEO_URL = "https://www.tiktok.com/@zz.fixture/video/7312345678901234567"
UNKNOWN_URL = "https://forum.example.org/thread/7"
FACTS: dict[str, Any] = {
    "case_ref": "CASE-1",
    "category": "csam_ai",
    "explanation": "Assessed by a trained analyst.",
}
TAKEDOWN = FACTS | {"urls": [POST_URL]}


def logged(api: ApiClient, **more: Any) -> dict[str, Any]:
    """Log a takedown of one post; `more` changes what is said of it."""
    answer: dict[str, Any] = api.post("/takedowns", TAKEDOWN | {"report_again": True} | more)
    return answer


def submitted(api: ApiClient, **more: Any) -> str:
    """Log a takedown and tell that its notice was sent by form; returns its reference."""
    reference: str = logged(api, **more)["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    return reference


def record(api: ApiClient, reference: str, kind: str, **data: Any) -> dict[str, Any]:
    """Record an event of a takedown."""
    answer: dict[str, Any] = api.post(f"/takedowns/{reference}/events", {"kind": kind, **data})
    return answer


def faults(answer: Any, status: int = 422) -> list[tuple[str, str]]:
    """Return where and why a call was refused."""
    assert answer.status_code == status, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def kind_of(answer: Any) -> tuple[int, str]:
    """Return the status and type of a problem."""
    return answer.status_code, answer.json()["type"]
