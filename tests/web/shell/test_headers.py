"""What every answer to a browser carries: exactly these fields, on pages, errors and files."""

import pytest

from app.context import Context
from app.http.headers import PAGE_POLICY
from app.web.shell.static_files import FILES, PREFIX
from tests.web.pages import pages
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
HTML = "text/html; charset=utf-8"
PAGE = EVERYWHERE | {"content-type": HTML, "content-security-policy": PAGE_POLICY}
# These have values of their own.
OWN = {
    "x-request-id", "content-length", "location", "hx-redirect", "set-cookie", "allow",
    "content-disposition", "clear-site-data", "retry-after",
}  # fmt: skip


def fields(answer: object, but: set[str] = OWN) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in but}  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("role", ["caseworker", "admin"])
def test_every_page_and_every_refusal_carries_exactly_these_fields(
    parts: Context, role: str
) -> None:
    for page in pages():
        visitor = WebClient.signed_in(parts, role)
        ask = visitor.get if page.method == "GET" else visitor.post
        answer = ask(page.address)

        kind = answer.headers.get("content-type", "")
        if kind == HTML:
            expected = PAGE
        elif kind:
            expected = EVERYWHERE | {"content-type": kind}
        else:
            expected = EVERYWHERE
        assert (str(page), answer.status_code, fields(answer)) == (
            str(page), answer.status_code, expected,
        )  # fmt: skip


def test_only_files_are_kept_by_browsers_and_only_under_the_name_of_their_content(
    parts: Context,
) -> None:
    visitor = WebClient(parts)

    kept = EVERYWHERE | {"cache-control": "public, max-age=31536000, immutable"}
    for name in FILES:
        answer = visitor.get(f"{PREFIX}/{name}")
        found = fields(answer, OWN | {"content-type"})
        assert (name, answer.status_code, found) == (name, 200, kept)
        assert answer.content == FILES[name]


def test_a_script_and_a_stylesheet_say_what_they_are(parts: Context) -> None:
    visitor = WebClient(parts)

    kinds = {
        name: visitor.get(f"{PREFIX}/{name}").headers["content-type"]
        for name in ("style.css", "scripts/app.js")
    }

    assert kinds == {
        "style.css": "text/css; charset=utf-8",
        "scripts/app.js": "text/javascript; charset=utf-8",
    }


@pytest.mark.parametrize(
    "path",
    [
        f"{PREFIX}/none.css", f"{PREFIX}/../main.py", f"{PREFIX}/", f"{PREFIX}/scripts",
        "/static/000000000000/style.css", "/static/style.css", "/none",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_kept(parts: Context, path: str) -> None:
    answer = WebClient(parts).get(path)

    assert (answer.status_code, fields(answer)) == (404, PAGE)
