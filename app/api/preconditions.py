"""What a call is bound to: a change to what was read, a reading to what is not held yet.

If-Match and If-None-Match (RFC 9110, 13.1.1 and 13.1.2).
"""

import re

from app.api.dependencies import Call
from app.http.admission import malformed_header
from app.http.problems import Problem, problem
from app.kit.errors import Stale

# RFC 9110 sections 8.8.3 and 5.6.1: a list may hold empty elements.
_TAG = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')
_EMPTY = r"[ \t]*,[ \t,]*"
_TAGS = re.compile(
    rf"(?:{_EMPTY})?(?:W/)?{_TAG.pattern}(?:{_EMPTY}(?:W/)?{_TAG.pattern})*(?:{_EMPTY})?"
)


def refuse_stale(call: Call, version: int) -> None:
    """Refuse a change of what is no longer as the caller read it, or who does not say which."""
    tags = _tags(call, "If-Match")
    if not tags:
        mend = "send If-Match with the ETag of the version you read"
        raise Problem(problem(428, "if_match_required", "Say which version", detail=mend))
    if tags == "*":
        return
    # A weak tag names its version as well as a strong one, and versions are all that counts here.
    if f'"v{version}"' not in _TAG.findall(tags):
        raise Stale("it has changed since you read it; read it again")


def is_held(call: Call, tag: str) -> bool:
    """Tell whether the caller holds the very body that a strong tag names."""
    tags = _tags(call, "If-None-Match")
    return tags == "*" or tag in _TAG.findall(tags)


def _tags(call: Call, field: str) -> str:
    tags = call.request.headers.get(field, "").strip()
    if tags not in ("", "*") and not _TAGS.fullmatch(tags):
        raise malformed_header(f'{field} takes entity tags like "v3", with commas between, or *.')
    return tags
