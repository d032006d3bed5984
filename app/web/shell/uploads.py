"""Forms with a file: multipart/form-data (RFC 7578), read strictly as browsers write it.

Pure. The body is in memory already, and as long as its address takes.
"""

import re

from app.web.shell.forms import Form, Malformed, Upload

CONTENT_TYPE = "multipart/form-data"
MAX_PARTS = 20
MAX_FIELD = 16 * 1024
_BOUNDARY = re.compile(
    CONTENT_TYPE + r"; *boundary=\"?([0-9A-Za-z'()+_,./:=?-]{1,70})\"?", re.IGNORECASE
)
_NAMED = re.compile(
    rb'content-disposition: *form-data; *name="([^"\r\n]*)"(?:; *filename="([^"\r\n]*)")? *',
    re.IGNORECASE,
)


def read(body: bytes, content_type: str) -> Form:
    """Read a body; raises Malformed. A file left out is none."""
    boundary = _BOUNDARY.fullmatch(content_type.strip())
    if boundary is None:
        raise Malformed("a form with a file names its boundary")
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode(), MAX_PARTS + 2)
    if first or not parts or parts[-1].strip() != b"--" or len(parts) > MAX_PARTS + 1:
        raise Malformed("a form with a file begins and ends with its boundary")
    fields: list[tuple[str, str]] = []
    files: dict[str, Upload] = {}
    for part in parts[:-1]:
        name, file_name, content = _part(part)
        if file_name is None:
            if len(content) > MAX_FIELD:
                raise Malformed("a field beside a file is short")
            fields.append((name, _text(content)))
        elif file_name or content:
            files[name] = Upload(file_name, content)
    return Form(fields, files)


def file_name(name: str, longest: int) -> str:
    """Return a file's own name as it can be shown, without the folders some browsers send."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip()[:longest]


def _part(part: bytes) -> tuple[str, str | None, bytes]:
    head, parted, content = part.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    if not parted or lines[0]:
        raise Malformed("a part of a form has a head")
    named = [found for line in lines if (found := _NAMED.fullmatch(line))]
    if len(named) != 1:
        raise Malformed("a part of a form is named")
    name, file_name = named[0].groups()
    return _text(name), None if file_name is None else _text(file_name), content


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("a form is UTF-8") from None
    if "\0" in text:
        raise Malformed("a form holds no NUL")
    return text
