"""The header fields every answer carries, the same on every route and status.

Pure: the app's own fields in, the final ones out.
"""

import re
from collections.abc import Iterable, Sequence

Fields = list[tuple[bytes, bytes]]

NOTHING_ALLOWED = b"default-src 'none'; frame-ancestors 'none'"
NOT_KEPT = b"no-store"
# Of every page, what went wrong included: nothing but our own files, no exceptions.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS: Sequence[tuple[bytes, bytes]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"permissions-policy", b"camera=(), display-capture=(), geolocation=(), microphone=()"),
)
_OURS = frozenset(name for name, _ in ALWAYS) | {b"server", b"x-powered-by", b"x-request-id"}
_UNSENDABLE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


def final(own: Iterable[tuple[bytes, bytes]], request_id: bytes, *, is_api: bool) -> Fields:
    """Complete an answer's header fields.

    Outside the API an answer may bring its own Content-Security-Policy and Cache-Control (a page
    needs its stylesheet). Raises ValueError for a value that no server can send.
    """
    policy, caching = NOTHING_ALLOWED, NOT_KEPT
    fields: Fields = []
    for name, value in own:
        name = name.lower()  # noqa: PLW2901 - field names have no case
        if _UNSENDABLE.search(value):
            raise ValueError("a header field of the answer holds a control character")
        if name in _OURS:
            continue
        if name == b"content-security-policy":
            policy = policy if is_api else value
        elif name == b"cache-control":
            caching = caching if is_api else value
        elif name == b"content-type":
            fields.append((name, _with_charset(value)))
        else:
            fields.append((name, value))
    fields += ALWAYS
    fields += (
        (b"content-security-policy", policy),
        (b"cache-control", caching),
        (b"x-request-id", request_id),
    )
    return fields


def _with_charset(media_type: bytes) -> bytes:
    if media_type.startswith(b"text/") and b"charset" not in media_type:
        return media_type + b"; charset=utf-8"
    return media_type
