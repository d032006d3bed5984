"""RFC 9457 problem details: one shape for every refusal, saying how to mend it.

Nothing the caller sent is repeated: an error may end in a log.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.kit.errors import Fault

CONTENT_TYPE = "application/problem+json"
TYPES = "/problems/"


Body = dict[str, Any]  # JSON, as RFC 9457 has it


def problem(
    status: int,
    code: str,
    title: str,
    *,
    detail: str,
    errors: Sequence[Fault] = (),
    **more: object,
) -> Body:
    """Build the body; `instance` and `request_id` are added where the answer leaves."""
    body: Body = {
        "type": TYPES + code.replace("_", "-"),
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if errors:
        body["errors"] = [fault._asdict() for fault in errors]
    return body | more


class Problem(Exception):
    """A refusal on its way out; `headers` go with it."""

    def __init__(self, body: Body, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(body["code"])
        self.body = dict(body)
        self.headers = dict(headers or {})
