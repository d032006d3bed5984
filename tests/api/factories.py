"""What the tests of the API say again and again."""

from typing import Any

from app.kit.languages import Language
from app.reports.vocabularies import Heading
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


def begun(api: ApiClient, **more: Any) -> str:
    """Begin a report of the year; returns its address."""
    body = {"kind": "article_22", "from": "2026-01-01", "to": "2027-01-01"}
    return f"/reports/{api.post('/reports', body | more)['id']}"


def amended(api: ApiClient, report: str, **changed: Any) -> dict[str, Any]:
    """Change a report as it is."""
    answer = api.request("PATCH", report, changed, **{"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def written(api: ApiClient, report: str) -> None:
    """Write something under every heading, in every language."""
    texts = {heading: dict.fromkeys(Language, "As our charter says.") for heading in Heading}
    amended(api, report, texts=texts)


def confirmed(api: ApiClient, report: str) -> None:
    """Confirm every cell of one."""
    amended(api, report, confirmed=api.get(f"{report}/checks")["cells_of_one"])


def frozen(api: ApiClient, report: str) -> dict[str, Any]:
    """Confirm the cells of a report, and freeze it."""
    confirmed(api, report)
    answer: dict[str, Any] = api.post(f"{report}/freeze", None, **{"If-Match": "*"})
    return answer


def faults(answer: Any, status: int = 422) -> list[tuple[str, str]]:
    """Return where and why a call was refused."""
    assert answer.status_code == status, answer.text
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def kind_of(answer: Any) -> tuple[int, str]:
    """Return the status and type of a problem."""
    return answer.status_code, answer.json()["type"]
