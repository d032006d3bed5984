"""What a change is bound to: If-Match with the version that was read (RFC 9110, 13.1.1)."""

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
    tags = call.request.headers.get("if-match", "").strip()
    if not tags:
        mend = "send If-Match with the ETag of the version you read"
        raise Problem(problem(428, "if_match_required", "Say which version", detail=mend))
    if tags == "*":
        return
    if not _TAGS.fullmatch(tags):
        raise malformed_header('If-Match takes entity tags like "v3", with commas between, or *.')
    # A weak tag names its version as well as a strong one, and versions are all that counts here.
    if f'"v{version}"' not in _TAG.findall(tags):
        raise Stale("it has changed since you read it; read it again")
