"""What each call answers, as the contract tells it: shapes, examples, refusals, header fields.

Pure: nothing here runs while a call is answered.
"""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from app.api import meanings, problem_types
from app.api.problem_types import KINDS
from app.http.problems import CONTENT_TYPE

# Recorded from the running application; a test tells when they are not what it answers.
EXAMPLES: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "examples.json").read_text(encoding="utf-8")
)
TAGS = [
    {"name": "Takedowns", "description": "What we ask of platforms: read, listed, searched."},
    {"name": "Logging", "description": "Pasted material becomes takedowns; drafts are amended."},
    {"name": "Notices", "description": "Filled templates: previewed, edited, sent, kept as sent."},
    {"name": "Timeline", "description": "What happened, in order of recording; append-only."},
    {"name": "Catalogue", "description": "What is known of platforms and categories."},
    {"name": "Response times", "description": "How fast platforms answer, open ones counted."},
    {"name": "Reports", "description": "Counts that stand in public: drafted, checked, frozen."},
    {"name": "Health", "description": "Whether the process lives and can work; needs no token."},
]
ALWAYS = (
    "malformed_http", "malformed_address", "malformed_header", "wrong_host", "address_too_long",
    "headers_too_large", "internal_error",
)  # fmt: skip
WITH_TOKEN = ("unauthenticated", "missing_scope", "too_many_requests", "unavailable")
WITH_BODY = ("malformed_json", "body_too_slow", "body_too_large", "unsupported_media_type")
# What the body is called of a call that takes one shape of several.
CHOICES = {"recordEvent": "NewEvent"}
ONCE = ("in_flight", "idempotency_key_reused")
HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "X-Request-ID": ("Finds the call in the server's log.", {"type": "string"}),
    "ETag": (
        "The version, for If-Match; weak while the clock alone may change the body. Of frozen "
        "bytes their SHA-256.",
        {"type": "string", "pattern": '^((W/)?"v[0-9]+"|"[0-9a-f]{64}")$'},
    ),
    "Location": ("Where the new thing is.", {"type": "string", "format": "uri-reference"}),
    "Content-Disposition": ("A name for the file.", {"type": "string"}),
    "Link": ('The next page: rel="next".', {"type": "string"}),
    "Idempotent-Replayed": ("Given before, for this key.", {"type": "string", "const": "true"}),
    "Retry-After": ("Seconds to wait.", {"type": "integer", "minimum": 1}),
    "RateLimit": ("What is left of this minute.", {"type": "string"}),
    "RateLimit-Policy": ("How many calls a minute takes.", {"type": "string"}),
}
IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Same key and body within seven days: the first answer again.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": "^[!-~]([ -~]*[!-~])?$",
    },
}
TAG = '(W/)?"[!#-~]*"'  # RFC 9110, 8.8.3
IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that was read, weak or not; or *.",
    "schema": {"type": "string", "pattern": f"^(\\*|{TAG}(, *{TAG})*)$"},
    "example": '"v1"',
}
IF_NONE_MATCH: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of what the caller holds: if it is this, 304 without a body.",
    "schema": IF_MATCH["schema"],
}


def documented(
    operation_id: str,
    shape: type[BaseModel] | None,
    *problems: str,
    status: int = 200,
    headers: Iterable[str] = (),
    is_public: bool = False,
    is_once: bool = False,
    is_for_good: bool = False,
    also: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the arguments of a route: what it answers, and every refusal it may give.

    `is_once`: it takes an Idempotency-Key; `is_public`: it needs no token; `is_for_good`: its body
    never changes, and is not sent to who holds it; `also`: examples of other media types.
    """
    takes_body = "requests" in EXAMPLES.get(operation_id, {})
    codes = [*ALWAYS, *problems]
    if not is_public:
        codes += [*WITH_TOKEN, "invalid_request"]
    if takes_body:
        codes += WITH_BODY
    parameters = [IDEMPOTENCY_KEY] if is_once else []
    if is_once:
        codes += ONCE
    if "if_match_required" in problems:
        parameters.append(IF_MATCH)
    if is_for_good:
        parameters.append(IF_NONE_MATCH)
    named = ["X-Request-ID", *headers, *(["Idempotent-Replayed"] if is_once else [])]
    answer: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "headers": _headers(named if is_public else [*named, "RateLimit", "RateLimit-Policy"]),
    }
    if shape is not None:
        texts = {
            media_type: {"schema": {"type": "string"}, "example": text}
            for media_type, text in (also or {}).items()
        }
        answer |= {"model": shape, "content": texts}
    return {
        "operation_id": operation_id,
        "status_code": status,
        "response_model": None,
        "responses": {status: answer} | (_not_sent() if is_for_good else {}) | _refusals(codes),
        "openapi_extra": {
            **({"parameters": parameters} if parameters else {}),
            **({"security": []} if is_public else {}),
        },
    }


def complete(contract: dict[str, Any]) -> dict[str, Any]:
    """Add examples, and what the calls refer to: problems, their shape, and the header fields."""
    parts = contract["components"]
    shape = problem_types.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts["schemas"] |= shape.pop("$defs") | {"Problem": shape}
    used = _refused_with(contract)
    parts["examples"] = {
        code: {"summary": kind.meaning, "value": problem_types.example(code)}
        for code, kind in KINDS.items()
        if code in used
    }
    parts["headers"] = {
        name: {"description": meaning, "schema": schema}
        for name, (meaning, schema) in HEADERS.items()
    }
    for path in contract["paths"].values():
        for call in path.values():
            _illustrate(call)
            for parameter in call.get("parameters", ()):
                _never_null(parameter["schema"])
                if parameter["schema"].get("type") == "array":
                    parameter |= {"style": "form", "explode": False}
    _name_bodies(contract)
    _plain_parts(parts["schemas"])
    meanings.describe(contract)
    return contract


def _refused_with(contract: dict[str, Any]) -> set[str]:
    """Return the codes of all refusals that some call may give."""
    return {
        code
        for path in contract["paths"].values()
        for call in path.values()
        for answer in call["responses"].values()
        for code in answer.get("content", {}).get(CONTENT_TYPE, {}).get("examples", ())
    }


def _name_bodies(contract: dict[str, Any]) -> None:
    """Give a body that is a choice of shapes a name, which generators of clients call it by."""
    for path in contract["paths"].values():
        for call in path.values():
            for content in call.get("requestBody", {}).get("content", {}).values():
                name = CHOICES.get(call["operationId"])
                if name is not None:
                    contract["components"]["schemas"][name] = content["schema"] | {"title": name}
                    content["schema"] = {"$ref": f"#/components/schemas/{name}"}


def _plain_parts(part: Any) -> None:
    """Write what not every reader of contracts understands in another way, meaning the same.

    A pair of equals is a list of two; of a map, names and values are told apart.
    """
    if isinstance(part, dict):
        if "prefixItems" in part:
            part["items"], *_ = part.pop("prefixItems")
        if len(part.get("patternProperties", ())) == 1:
            [(pattern, value)] = part.pop("patternProperties").items()
            part |= {"propertyNames": {"pattern": pattern}, "additionalProperties": value}
        part = [*part.values()]
    for inner in part if isinstance(part, list) else ():
        _plain_parts(inner)


def _illustrate(call: dict[str, Any]) -> None:
    """Show what is sent and answered; only here, as FastAPI leaves out every null on its way."""
    example = EXAMPLES.get(call["operationId"], {})
    if "requests" in example:
        bodies = {name: {"value": body} for name, body in example["requests"].items()}
        call["requestBody"]["content"]["application/json"]["examples"] = bodies
    for answer in call["responses"].values():
        if "application/json" in answer.get("content", {}):
            answer["content"]["application/json"]["example"] = example.get("answer")


def _never_null(schema: dict[str, Any]) -> None:
    """A parameter is there or it is not: an address cannot say null."""
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        schema |= kinds[0]
    elif kinds:
        schema["anyOf"] = kinds


def _refusals(codes: Iterable[str]) -> dict[int, dict[str, Any]]:
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {status: _refusal(status, by_status[status]) for status in sorted(by_status)}


def _refusal(status: int, codes: Iterable[str]) -> dict[str, Any]:
    waits = ["Retry-After"] if status in (429, 503) else []
    examples = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": HTTPStatus(status).phrase,
        "headers": _headers(["X-Request-ID", *waits]),
        "content": {CONTENT_TYPE: {"schema": schema, "examples": examples}},
    }


def _not_sent() -> dict[int, dict[str, Any]]:
    return {304: {"description": HTTPStatus(304).phrase, "headers": _headers(["ETag"])}}


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
