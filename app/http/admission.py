"""What a request line and its header fields must look like before anything is done with them.

Pure: raw bytes in, decoded values out, or a Problem that quotes nothing.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote_to_bytes

from app.http.problems import Problem, problem

MAX_PATH = 2_048
MAX_QUERY = 8_192
MAX_PARAMETERS = 50
MAX_HEADER = 16 * 1024
MAX_HEADERS = 64 * 1024
MAX_FIELDS = 100
MAX_IDEMPOTENCY_KEY = 255
ONCE = frozenset(
    (
        *(b"authorization", b"content-length", b"content-type", b"host"),
        *(b"idempotency-key", b"if-match", b"transfer-encoding"),
    )
)
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_PLAIN_PATH = re.compile(rb"/[A-Za-z0-9/_-]*")
_PLAIN = re.compile(rb"[A-Za-z0-9._~:/-]*")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PRINTABLE = re.compile(rb"(?=[!-~])[ -~]{1,%d}(?<! )" % MAX_IDEMPOTENCY_KEY)
_TOKEN = re.compile(r"tdk_[A-Za-z0-9_-]{1,200}")
_PORT = re.compile(rb":[0-9]{1,5}\Z")


def request_id(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the caller's X-Request-ID when it is plain and short, else draw one."""
    for name, value in headers:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return value
    return secrets.token_hex(16).encode()


def address(raw_path: bytes, query: bytes) -> None:
    """Refuse a path or query that can be read in two ways; a parameter comes once."""
    if len(raw_path) > MAX_PATH or len(query) > MAX_QUERY:
        mend = f"at most {MAX_PATH} bytes of path and {MAX_QUERY} of query"
        raise _refused(414, "address_too_long", "Address too long", detail=f"Send {mend}.")
    if not _PLAIN_PATH.fullmatch(raw_path):
        path = _decoded(raw_path, "path")
        if not path.startswith("/") or ".." in path:
            raise _malformed_address("The path must start with / and hold no two dots in a row.")
        if b"%2f" in raw_path.lower().partition(b"/cases/")[0]:
            raise _malformed_address("Only the name of a case may hold an escaped slash.")
    if query:
        _parameters(query)


def fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return the header fields by lower-case name, bounded, the decisive ones at most once."""
    found: dict[bytes, bytes] = {}
    total = 0
    for number, (name, value) in enumerate(headers, 1):
        size = len(name) + len(value)
        total += size
        if size > MAX_HEADER or total > MAX_HEADERS:
            raise _too_much(f"{MAX_HEADER} bytes in one header field and {MAX_HEADERS} in all")
        if number > MAX_FIELDS:
            raise _too_much(f"{MAX_FIELDS} header fields")
        if name in found and name in ONCE:
            raise _sent_twice(name)
        found[name] = value
    key = found.get(b"idempotency-key")
    if key is not None and not _PRINTABLE.fullmatch(key):
        raise malformed_header(
            f"Idempotency-Key takes 1 to {MAX_IDEMPOTENCY_KEY} printable ASCII characters."
        )
    return found


def host(found: Mapping[bytes, bytes], hosts: Collection[str]) -> None:
    """Refuse a request meant for another host (RFC 9110 section 7.4); no hosts: any will do."""
    if hosts:
        name = _PORT.sub(b"", found.get(b"host", b"")).decode("latin-1").lower()
        if name not in hosts:
            raise _refused(400, "wrong_host", "Wrong host", detail="This server has another name.")


def bearer_token(authorization: bytes | None) -> str | None:
    """Return the token that was sent, None when there is none or it cannot be one of ours.

    Raises Problem (401) when no token was sent at all.
    """
    scheme, _, token = (authorization or b"").decode("latin-1").partition(" ")
    token = token.strip(" ")
    if scheme.lower() != "bearer" or not token:
        raise unauthenticated('Bearer realm="takedown"')
    return token if _TOKEN.fullmatch(token) else None


def unauthenticated(challenge: str) -> Problem:
    """Build the 401 with its challenge (RFC 6750 section 3)."""
    detail = "Send a valid API token: Authorization: Bearer tdk_…"
    return Problem(
        problem(401, "unauthenticated", "Not authenticated", detail=detail),
        {"WWW-Authenticate": challenge},
    )


def malformed_header(detail: str) -> Problem:
    """Build the 400 of a header field."""
    return _refused(400, "malformed_header", "Malformed header", detail=detail)


def _sent_twice(name: bytes) -> Problem:
    refusal = malformed_header(f"{name.decode('ascii').title()} was sent twice.")
    if name == b"transfer-encoding":  # where the request ends is anybody's guess (RFC 9112, 6.1)
        refusal.headers["Connection"] = "close"
    return refusal


def _too_much(bound: str) -> Problem:
    mend = f"Send at most {bound}."
    return _refused(431, "headers_too_large", "Headers too large", detail=mend)


def _parameters(query: bytes) -> None:
    parts = [part for part in query.split(b"&") if part]
    if len(parts) > MAX_PARAMETERS:
        mend = f"at most {MAX_PARAMETERS} parameters"
        raise _refused(414, "address_too_long", "Address too long", detail=f"Send {mend}.")
    seen: set[str] = set()
    for part in parts:
        raw_name, _, value = part.replace(b"+", b" ").partition(b"=")
        name = _decoded(raw_name, "query")
        _decoded(value, "query")
        if name in seen:
            raise _malformed_address("A query parameter was sent twice.")
        seen.add(name)


def _decoded(raw: bytes, what: str) -> str:
    if _PLAIN.fullmatch(raw):
        return raw.decode("ascii")
    if _BROKEN_ESCAPE.search(raw):
        raise _malformed_address(f"The {what} holds a % without two hexadecimal digits.")
    try:
        text = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        raise _malformed_address(f"The {what} is not UTF-8.") from None
    if _CONTROL.search(text):
        raise _malformed_address(f"The {what} holds a control character.")
    return text


def _malformed_address(detail: str) -> Problem:
    return _refused(400, "malformed_address", "Malformed address", detail=detail)


def _refused(status: int, code: str, title: str, *, detail: str) -> Problem:
    return Problem(problem(status, code, title, detail=detail))
