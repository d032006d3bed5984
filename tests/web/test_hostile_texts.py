"""Text that would like to be more than text stays text, on every page, for everybody."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from app.context import Context
from app.reports.forms import page_html
from tests.api_client import ApiClient
from tests.hostile_inputs import payloads
from tests.web.crawler import crawl
from tests.web.markup import Page, foreign
from tests.web.pages import pages
from tests.web.reports.manager import begin, write
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
BREAKING_OUT = (
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "javascript:alert(1)",
    "&lt;img src=x onerror=alert(1)&gt;",
)
HOSTILE = (*BREAKING_OUT, *payloads("html"))
ODD = [
    text
    for group in ("text-unicode", "text-length", "sql", "mail-out", "template", "csv")
    for text in payloads(group)
    if isinstance(text, str)
]
PARAMETERS = (
    "next", "said", "undo", "act", "q", "status", "turn", "platform", "category", "cursor", "after",
    "before", "period", "from", "until", "compare", "by", "figure", "basis", "notice_language",
    "case_ref", "language", "channel", "who", "action", "reference", "role", "add", "order", "seen",
)  # fmt: skip


def told(api: ApiClient, visitor: WebClient, number: int, text: str) -> Iterator[Any]:
    """Put a text wherever one can be put; yields what was answered."""
    url = f"https://www.instagram.com/p/C7aB2cD3e{number:02d}/"
    case = {"case_ref": f"CF-{number}", "category": "csam_ai"}
    body = case | {"urls": [url], "explanation": text}
    made = api.request("POST", "/takedowns", body)
    yield made
    locator = {"account": text[:100], "message_id": "1413732588456181282", "description": text}
    yield api.request("POST", "/takedowns", case | {"platform": "discord", "locators": [locator]})
    yield api.request(
        "POST", "/takedowns", case | {"platform": "other", "urls": [f"https://{text}"]}
    )
    yield api.request("POST", "/takedowns", body | {"case_ref": text, "urls": [f"{url}?a=1"]})
    if made.status_code == 201:
        here = f"/takedowns/{made.json()['reference']}"
        yield api.request("PUT", f"{here}/notice", {"fields": {"explanation": text}})
        yield api.request("POST", f"{here}/submission", {"how": "form", "ticket_id": text[:200]})
        for event in (
            {"kind": "receipt_confirmed", "automatic": False, "ticket_id": text[:200]},
            {"kind": "decided", "outcome": "refused", "reason": text},
            *({"kind": kind, "text": text} for kind in ("noted", "information_requested")),
        ):
            yield api.request("POST", f"{here}/events", event)
    yield visitor.post("/admin/organisation", name=text, email=f"a{number}@hotline.example")
    yield visitor.post("/admin/clients", name=text, scopes="takedowns:read")
    yield visitor.post("/admin/users", email=f"a{number}@hotline.example", name=text, role="admin")
    here = "/admin/platforms/tiktok"
    granted = {"basis": "article_22", "decision": text, "scope": text}
    yield visitor.post(f"{here}/bases", **granted, **{"from": f"2026-02-{number % 28 + 1:02d}"})
    yield visitor.post(f"{here}/addresses", contact=text, mail=text)
    report = begin(visitor, **{"from": f"{2000 + number}-01-01", "until": f"{2000 + number}-12-31"})
    yield write(visitor, report, "governance", text)
    yield visitor.post(f"{report}/figures", reports_received=text)
    yield visitor.post("/reports", kind=text, span=text, language=text)
    yield visitor.post("/search", q=text, url=text, text=text)
    yield visitor.post("/login", email=text, password=text, next=text)
    yield visitor.post("/inbox/bulk", action="noted", text=text, reference=text, row=text)


def its_own(path: str) -> list[str]:
    """What a page brings that is no template's: a report as it is published has its own style."""
    if not re.fullmatch(r"/reports/\d+/preview/\w+", path):
        return []
    policy = {"http-equiv": "Content-Security-Policy", "content": page_html.POLICY}
    return [f"<meta {policy}>", "<style>"]


def shown(parts: Context) -> Iterator[tuple[str, str, str]]:
    """Every page as those see it who may least and most."""
    for role in ("caseworker", "admin"):
        for path, answer in crawl(WebClient.signed_in(parts, role)):
            assert answer.status_code < 500, (role, path)
            if answer.headers.get("content-type", "").startswith("text/html"):
                yield role, path, answer.text


@pytest.mark.slow
def test_no_element_and_no_attribute_comes_from_what_was_told(
    parts: Context, api: ApiClient
) -> None:
    visitor = WebClient.signed_in(parts, "admin")

    for number, text in enumerate(HOSTILE):
        for answer in told(api, visitor, number, text):
            assert answer.status_code < 500, (text, answer.text)
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert (text, foreign(Page(answer.text))) == (text, [])

    found = dict.fromkeys(HOSTILE, 0)
    for role, path, page in shown(parts):
        parsed = Page(page)
        assert (role, path, foreign(parsed)) == (role, path, its_own(path))
        words = "".join(parsed.words)
        for text in HOSTILE:
            found[text] += text in words
    assert [text for text, times in found.items() if not times] == []


@pytest.mark.slow
def test_no_element_and_no_attribute_comes_from_an_address(parts: Context, api: ApiClient) -> None:
    visitor = WebClient.signed_in(parts, "admin")

    for page in pages():
        if page.method == "GET":
            for text in (HOSTILE[0], HOSTILE[4]):
                asked = "&".join(f"{name}={quote(text)}" for name in PARAMETERS)
                address = re.sub(r"\{\w+(:path)?\}", quote(text, safe=""), page.path)
                for path in (f"{page.address}?{asked}", address):
                    answer = visitor.get(path)
                    assert answer.status_code < 500, path
                    if "html" in answer.headers.get("content-type", ""):
                        assert (path, foreign(Page(answer.text))) == (path, [])
                    location = answer.headers.get("location", "/")
                    assert location.startswith("/")
                    assert not location.startswith(("//", "/\\"))


@pytest.mark.slow
def test_odd_text_breaks_no_page(parts: Context, api: ApiClient) -> None:
    visitor = WebClient.signed_in(parts, "admin")

    for number, text in enumerate(ODD):
        for answer in told(api, visitor, number, text):
            assert answer.status_code < 500, (text, answer.text)
    for role, path, page in shown(parts):
        assert (role, path, foreign(Page(page))) == (role, path, its_own(path))


def test_a_page_that_shows_text_as_it_comes_is_found(address: str) -> None:
    for text in (*BREAKING_OUT[:4], *payloads("html")[:2], *payloads("html")[3:6]):
        page = f"<textarea>{text}</textarea><p title='{text}' class=\"{text}\">{text}<!--{text}-->"

        assert foreign(Page(page)) != []
