"""A form with a file is read as browsers write it, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.context import Context
from app.web.shell import uploads
from app.web.shell.forms import Malformed, Upload
from tests.web.pages import everything, pages
from tests.web.web_client import WebClient

KIND = "multipart/form-data; boundary=zz"
FIELD = b'--zz\r\nContent-Disposition: form-data; name="platform"\r\n\r\ntiktok\r\n'
FILE = (
    b'--zz\r\nContent-Disposition: form-data; name="file"; filename="4_notices.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\n%b\r\n"
)
END = b"--zz--\r\n"


@given(content=st.binary(max_size=200))
def test_a_file_comes_as_it_was_sent_beside_the_fields(content: bytes) -> None:
    if b"\r\n--zz" in b"\r\n" + content:
        return

    form = uploads.read(FIELD + FILE % content + END, KIND)

    assert form.fields == (("platform", "tiktok"),)
    assert form.files == {"file": Upload("4_notices.csv", content)}


def test_a_file_that_nobody_chose_is_none() -> None:
    nothing = FILE.replace(b"4_notices.csv", b"") % b""

    assert uploads.read(FIELD + nothing + END, KIND).files == {}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FIELD + END, "multipart/form-data"),
        (FIELD + END, "multipart/form-data; boundary=" + "z" * 71),
        (FIELD + END, "multipart/form-data; boundary=zz\r\nx"),
        (FIELD + END, "multipart/form-data; boundary=other"),
        (FIELD, KIND),
        (b"before it" + FIELD + END, KIND),
        (FIELD + END + b"after it", KIND),
        (FIELD * 21 + END, KIND),
        (FIELD.replace(b"tiktok", b"a" * 20_000) + END, KIND),
        (FIELD.replace(b"tiktok", b"\xff") + END, KIND),
        (FIELD.replace(b"tiktok", b"a\0b") + END, KIND),
        (FIELD.replace(b'name="platform"', b"") + END, KIND),
        (FIELD.replace(b"\r\n\r\n", b"\r\n") + END, KIND),
        (b"--zz\r\n\r\n\r\n" + END, KIND),
        (b"", KIND),
    ],
)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_what_no_browser_sends_is_refused_with_a_page(
    parts: Context, body: bytes, kind: str
) -> None:
    with pytest.raises(Malformed):
        uploads.read(body, kind)
    visitor = WebClient.signed_in(parts, "admin")
    before = everything(parts.database)
    if not body or "\r" in kind:  # no body is no form, and no client sends such a header
        return
    for page in pages():
        if page.takes_files:
            headers = {"Content-Type": kind, "X-Csrf": visitor.csrf}
            answer = visitor.client.post(page.address, content=body, headers=headers)
            assert answer.status_code == 400
            assert "<h1>" in answer.text
    assert everything(parts.database) == before
