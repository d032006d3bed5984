"""The closed lists of words in the contract: codes of docs/definitions.md, each in one place."""

from typing import Literal

Basis = Literal["article_22", "article_16", "voluntary", "take_it_down"]
AiGenerated = Literal["yes", "no", "suspected", "unknown"]
How = Literal["form", "email"]
Previewed = Literal["first", "reminder", "complaint"]
Further = Literal["reminder", "complaint", "withdrawal"]
Purpose = Literal["first", "reminder", "complaint", "withdrawal"]
Stage = Literal[
    "draft", "held", "sending", "submitted", "acknowledged", "decided", "closed", "withdrawn"
]
Turn = Literal["us", "platform", "nobody"]
NextStep = Literal[
    "complete", "submit", "release", "wait", "answer", "check", "chase", "decide_next", "close",
    "none",
]  # fmt: skip
ItemState = Literal[
    "draft", "waiting", "gone", "restricted", "refused", "came_back", "already_gone", "withdrawn"
]
EventKind = Literal[
    "logged", "amended", "held", "released", "queued", "unsent", "submitted", "receipt_confirmed",
    "information_requested", "information_sent", "decided", "seen", "reminded", "complained",
    "escalated", "noted", "withdrawn", "closed", "reopened", "corrected",
]  # fmt: skip
Outcome = Literal[
    "removed", "disabled", "geo_restricted", "age_restricted", "demoted", "labelled",
    "interaction_restricted", "account_suspended", "account_terminated", "refused",
    "already_gone", "other",
]  # fmt: skip
Ground = Literal["law", "terms", "unknown"]
Availability = Literal["live", "gone", "restricted", "unknown"]
Automated = Literal["yes", "no", "not_said"]
Recipient = Literal[
    "platform_complaint", "out_of_court_body", "coordinator", "police", "inhope",
    "platform_contact",
]  # fmt: skip
Source = Literal["person", "api", "mail", "probe", "system"]
Matched = Literal["url", "account", "ticket_id", "case_ref", "external_ref", "reference"]
