"""Numbers in addresses of pages: any may be asked for, and one that nothing has is not found."""

import re

from app.accounts.permissions import RIGHTS, ROLES
from app.context import Context
from app.kit.languages import Language
from app.reports.vocabularies import ReportForm
from tests.api.factories import FACTS, POST_URL
from tests.api_client import ApiClient
from tests.web.pages import Page, pages
from tests.web.web_client import WebClient

# Beyond what two, four and eight bytes hold, and beyond what anything does.
HUGE = (2**15, 2**31, 2**63)
NUMBERED = [
    page for page in pages() if re.search(r"\{(number|\w+_id)\}", page.path) and page.rights
]
OTHERWISE = {"language": Language.EN, "form": ReportForm.JSON, "heading": "organisation"}


def address(page: Page, reference: str, first: int, number: int) -> str:
    """The page's address; `first` stands where a report is named before its version."""
    told = {"reference": reference, **OTHERWISE}
    named = re.findall(r"\{(\w+)", page.path)
    numbers = [name for name in named if name not in told]
    for name in named:
        value = told.get(name, number if name == numbers[-1] else first)
        page = page._replace(path=re.sub(rf"\{{{name}(:\w+)?\}}", str(value), page.path))
    return page.path


def test_no_number_is_more_than_not_found(api: ApiClient, parts: Context) -> None:
    reference = api.post("/takedowns", FACTS | {"urls": [POST_URL]})["reference"]
    visitors = {role: WebClient.signed_in(parts, role) for role in ROLES}
    begun = {"kind": "activity", "from": "2026-01-01", "to": "2026-02-01"}
    report = api.post("/reports", begun)["id"]

    found = {
        (str(page), number): visitor.client.request(
            page.method,
            address(page, reference, report, number),
            data={"csrf": visitor.csrf} if page.method == "POST" else None,
        ).status_code
        for page in NUMBERED
        for visitor in [next(visitors[role] for role in ROLES if RIGHTS[role] >= page.rights)]
        for number in HUGE
    }

    assert len({page for page, _ in found}) > 20
    assert {asked: status for asked, status in found.items() if status >= 500} == {}
