"""Every kind of refusal: what it means and how to mend it; each has its own address.

Pure: a table, and the shape of a problem (RFC 9457).
"""

from typing import NamedTuple

from pydantic import BaseModel, Field, JsonValue

from app.accounts.vocabularies import Scope
from app.http.front import API
from app.http.problems import TYPES, problem
from app.kit.errors import Fault as Found
from app.schemas.values import absent


class Fault(BaseModel):
    """One thing wrong with what was sent: where (RFC 6901), which rule, how to mend it."""

    pointer: str = Field(examples=["/case_ref", "/query/limit", "/header/idempotency-key"])
    code: str = Field(json_schema_extra=lambda schema: schema.update(_rules()))
    detail: str


class Problem(BaseModel):
    """A refusal (RFC 9457); it never repeats what was sent. Its `type` explains itself."""

    type: str = Field(json_schema_extra={"format": "uri-reference"})
    title: str
    status: int
    detail: str
    code: str
    instance: str = Field(json_schema_extra={"format": "uri-reference"})
    request_id: str
    errors: list[Fault] = absent()
    references: list[str] = absent()
    reason: str = absent()
    scope: str = absent()


class Kind(NamedTuple):
    """One kind of refusal; `pointer` is an example of what it blames, for a 422."""

    status: int
    title: str
    meaning: str
    pointer: str | None = None


_ADDRESS = "Malformed address"
_REFUSED = "Not accepted"

KINDS: dict[str, Kind] = {
    "malformed_address": Kind(400, _ADDRESS, "Path or query can be read in two ways."),
    "malformed_header": Kind(400, "Malformed header", "A header field is odd, or there twice."),
    "malformed_http": Kind(400, "Malformed HTTP", "What was sent is not an HTTP request."),
    "malformed_json": Kind(400, "Malformed JSON", "The body is not one plain JSON object."),
    "wrong_host": Kind(400, "Wrong host", "This server has another name."),
    "unauthenticated": Kind(401, "Not authenticated", "Send Authorization: Bearer tdk_…"),
    "missing_scope": Kind(403, "Not allowed", "The token lacks the scope that `scope` names."),
    "not_found": Kind(404, "Not found", "Nothing has this name or address."),
    "method_not_allowed": Kind(405, "Method not allowed", "`Allow` names the methods that do."),
    "not_acceptable": Kind(406, "Not acceptable", "`Accept` names none of the forms there are."),
    "body_too_slow": Kind(408, "Body too slow", "The body did not arrive in time; send it again."),
    "not_allowed_now": Kind(
        409, "Not allowed now", "The timeline would tell an impossible story; `reason` says why."
    ),
    "already_reported": Kind(
        409, "Conflict", "An item is in an open takedown: one of `references`. Or report_again."
    ),
    "external_ref_taken": Kind(
        409, "Conflict", "The platform, product or site has a takedown of this external_ref."
    ),
    "in_flight": Kind(409, "Conflict", "The first request with this Idempotency-Key is not done."),
    "mail_not_set_up": Kind(409, "Conflict", "No mail server is set up: send it by hand."),
    "token_name_taken": Kind(409, "Conflict", "A token has this name already."),
    "stale": Kind(412, "Changed meanwhile", "Read it again, decide again, send the new ETag."),
    "body_too_large": Kind(413, "Body too large", "Send less at once."),
    "address_too_long": Kind(414, "Address too long", "Send a shorter path or query."),
    "unsupported_media_type": Kind(415, "Unsupported media type", "Send application/json, UTF-8."),
    "invalid_request": Kind(422, _REFUSED, "A value breaks the rule of its field.", "/case_ref"),
    "text_or_urls": Kind(422, _REFUSED, "Give either text or urls.", "/text"),
    "too_many_links": Kind(422, _REFUSED, "At most 1,000 links or locators at once.", "/text"),
    "no_items": Kind(422, _REFUSED, "Give at least one URL or locator.", "/urls"),
    "platform_required": Kind(422, _REFUSED, "A locator does not tell its platform.", "/platform"),
    "unknown_platform": Kind(422, _REFUSED, "The catalogue has no such platform.", "/platform"),
    "unknown_category": Kind(422, _REFUSED, "The catalogue has no such category.", "/category"),
    "unrecognised_url": Kind(422, _REFUSED, "A link is of no platform we know.", "/urls/0"),
    "several_platforms": Kind(422, _REFUSED, "A takedown is of one platform.", "/urls"),
    "several_products": Kind(422, _REFUSED, "The platform takes one product a notice.", "/urls"),
    "several_sites": Kind(422, _REFUSED, "No notice names two sites.", "/urls"),
    "another_platform": Kind(422, _REFUSED, "The links belong to another platform.", "/platform"),
    "contradictory_facts": Kind(422, _REFUSED, "Age and category contradict.", "/category"),
    "provider_known": Kind(422, _REFUSED, "The catalogue says who runs it.", "/provider"),
    "names_a_host": Kind(422, _REFUSED, "A provider is a name, not an address.", "/provider"),
    "unknown_condition": Kind(
        422, _REFUSED, "No provision of the category has that condition.", "/conditions"
    ),
    "basis_not_held": Kind(422, _REFUSED, "That legal basis is not recorded as held.", "/basis"),
    "unknown_reference": Kind(422, _REFUSED, "No takedown has this reference.", "/query/reference"),
    "nothing_to_search": Kind(422, _REFUSED, "Say what to look for.", ""),
    "bad_cursor": Kind(422, _REFUSED, "Use next_cursor of the page before.", "/query/cursor"),
    "in_the_future": Kind(422, _REFUSED, "It cannot have happened yet.", "/happened_at"),
    "idempotency_key_reused": Kind(
        422, _REFUSED, "The key was used for another request.", "/header/idempotency-key"
    ),
    "no_such_item": Kind(422, _REFUSED, "The takedown has no such item.", "/items"),
    "no_such_event": Kind(422, _REFUSED, "The takedown has no such event.", "/voids"),
    "invalid_replacement": Kind(
        422, _REFUSED, "The replacement does not fit the event.", "/replacement/outcome"
    ),
    "channel_not_for_category": Kind(
        422, _REFUSED, "The channel does not take this; the detail names those that do.", "/channel"
    ),
    "unknown_field": Kind(422, _REFUSED, "The form has no such field.", "/fields/summary"),
    "unknown_language": Kind(422, _REFUSED, "There are no texts in that language.", "/language"),
    "unknown_purpose": Kind(422, _REFUSED, "No notice has this purpose.", "/purpose"),
    "unknown_basis": Kind(422, _REFUSED, "No request rests on that.", "/basis"),
    "changes_nothing": Kind(
        422, _REFUSED, "The correction says what stands already.", "/replacement"
    ),
    "ticket_needed": Kind(
        422, _REFUSED, "Give the ticket, or say that the platform gave none.", "/ticket_id"
    ),
    "ticket_or_none": Kind(422, _REFUSED, "Give a ticket, or say there is none.", "/no_ticket"),
    "notice_incomplete": Kind(
        422, _REFUSED, "`errors` lists what is still missing.", "/fields/explanation"
    ),
    "report_not_ready": Kind(
        422, _REFUSED, "`errors` points at what blocks in the report's checks.", "/findings/0"
    ),
    "unknown_scope": Kind(422, _REFUSED, "No scope has this name.", "/scopes"),
    "if_match_required": Kind(428, "Say which version", "Send If-Match with the ETag you read."),
    "too_many_requests": Kind(429, "Too many requests", "Wait for the seconds of Retry-After."),
    "headers_too_large": Kind(431, "Headers too large", "Send less in header fields."),
    "internal_error": Kind(500, "Internal error", "The request id finds it in the server's log."),
    "unavailable": Kind(503, "Unavailable", "Repeat later, with the same Idempotency-Key."),
    "wrong_key": Kind(503, "Wrong key", "Start the server with the database's own secret key."),
    "not_migrated": Kind(503, "Not ready", "The database needs `takedown migrate`."),
}


# What `errors` may blame beside the kinds above.
FAULTS: dict[str, str] = {
    "required": "It must be given.",
    "unknown": "Nothing goes by this name here.",
    "missing": "The notice lacks it; the detail says why.",
    "blank": "It holds no sign.",
    "too_long": "It has too many signs.",
    "too_few": "The list is too short.",
    "too_many": "The list is too long.",
    "twice": "The list names something twice.",
    "malformed": "It is not written as the contract says.",
    "not_one_line": "It must be one line, without control characters.",
    "not_one_of": "It is none of the words that the contract lists.",
    "wrong_type": "It is of another JSON type, or no whole number, or neither true nor false.",
    "out_of_range": "The number is too small or too large.",
    "ends_too_early": "The last day comes before the first one.",
    "not_a_time": "It is no moment of RFC 3339 with its offset, or no day like 2026-03-02.",
    "address_invalid": "It is neither an https address nor one e-mail address.",
    "another_kind": "A correction keeps the kind of the event that it replaces.",
    "not_correctable": "This cannot be corrected.",
    "invalid": "It breaks another rule of its field.",
    "empty_heading": "A report says nothing under a heading that it needs.",
    "cell_of_one": "A cell counts one, and nobody confirmed that nobody is recognisable.",
    "host_name": "A text or a name of a report holds the name of a host.",
    "personal_data": "A text or a name of a report holds what looks like personal data.",
    "unknown_host": "The link is of no platform we know.",
    "lookalike_host": "The host only looks like a platform's.",
    "short_link": "The link is shortened: send what it leads to.",
    "not_a_link": "It is no link.",
    "unsafe_scheme": "The link is of another scheme than http or https.",
    "userinfo": "The link holds a user name before its host.",
    "bad_host": "The link has no valid host.",
    "bad_port": "The link has no valid port.",
    "wrapper_to_unknown": "The link leads on to no platform we know.",
}


def fault_codes() -> dict[str, str]:
    """Return every code that `errors` may hold, with what it means."""
    kinds = {code: kind.meaning for code, kind in KINDS.items() if kind.status == 422}
    return FAULTS | kinds


def _rules() -> dict[str, JsonValue]:
    listed = "\n".join(f"- `{code}`: {meaning}" for code, meaning in fault_codes().items())
    return {"enum": [*fault_codes()], "description": f"The rule that is broken:\n{listed}"}


def example(code: str) -> dict[str, object]:
    """Return what such a refusal looks like."""
    kind = KINDS[code]
    errors = [] if kind.pointer is None else [Found(kind.pointer, code, kind.meaning)]
    more: dict[str, object] = {"instance": f"{API}/takedowns", "request_id": "0f5e9f1c2d3b4a59"}
    match code:
        case "missing_scope":
            more["scope"] = Scope.TAKEDOWNS_READ
        case "already_reported" | "external_ref_taken":
            more["references"] = ["TD-7K3M9Q"]
        case "not_allowed_now":
            more["reason"] = "not_submitted"
    return problem(kind.status, code, kind.title, detail=kind.meaning, errors=errors) | more


def address(code: str) -> str:
    """Return the address of a kind of refusal: its `type`."""
    return TYPES + code.replace("_", "-")
