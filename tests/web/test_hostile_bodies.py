"""A body that no browser sends is refused with a page, on every address, and changes nothing."""

import pytest

from app.context import Context
from app.http.bodies import MAX_LARGE_BODY
from tests.examples import later
from tests.web.pages import everything, pages
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
FORM = "application/x-www-form-urlencoded"
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\nb\r\n--x--\r\n'
)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, b"a=%00", FORM),
        later(400, b"a=\0", FORM),
        later(400, b"a=%zz", FORM),
        later(400, b"a=%", FORM),
        (400, b"a=%ff", FORM),
        later(400, b"a=\xff", FORM),
        later(400, b"%ed%a0%80=1", FORM),
        later(400, b"&".join(b"a%d=b" % number for number in range(10_000)), FORM),
        (413, b"a=" + b"b" * MAX_LARGE_BODY, FORM),
        (415, b'{"a": "b"}', "application/json"),
        later(415, b'{"a": "b"}', "text/plain"),
        later(415, b"a=b", ""),
        (415, MULTIPART, "multipart/form-data; boundary=x"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_body_no_browser_sends_is_refused_with_a_page(
    parts: Context, status: int, body: bytes, kind: str
) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    before = everything(parts.database)

    for page in pages():
        if page.method == "POST" and not (page.takes_files and body == MULTIPART):
            headers = {"Content-Type": kind, "X-Csrf": visitor.csrf}
            answer = visitor.client.post(page.address, content=body, headers=headers)
            assert (page.path, answer.status_code) == (page.path, status)
            assert "<h1>" in answer.text
    assert everything(parts.database) == before
