"""The closed vocabularies of takedowns: codes of docs/definitions.md, each in one place.

Pure. They stand at the bottom, since replies and platforms use them too; what reads or writes one
of these words takes it from here.
"""

from typing import Literal

from app.kit.vocabulary import Vocabulary


class ChannelKind(Vocabulary):
    """How a notice reaches a platform."""

    FORM = "form"
    EMAIL = "email"


class Purpose(Vocabulary):
    """What a notice is for."""

    FIRST = "first"
    REMINDER = "reminder"
    COMPLAINT = "complaint"
    WITHDRAWAL = "withdrawal"


Previewed = Literal[Purpose.FIRST, Purpose.REMINDER, Purpose.COMPLAINT]
Further = Literal[Purpose.REMINDER, Purpose.COMPLAINT, Purpose.WITHDRAWAL]


class Basis(Vocabulary):
    """Why the platform should listen."""

    ARTICLE_22 = "article_22"
    ARTICLE_16 = "article_16"
    VOLUNTARY = "voluntary"
    TAKE_IT_DOWN = "take_it_down"


class AiGenerated(Vocabulary):
    """Whether the content was made with AI."""

    YES = "yes"
    NO = "no"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"


class Stage(Vocabulary):
    """How far a takedown has come."""

    DRAFT = "draft"
    HELD = "held"
    SENDING = "sending"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Turn(Vocabulary):
    """Who has to do something next."""

    US = "us"
    PLATFORM = "platform"
    NOBODY = "nobody"


class NextStep(Vocabulary):
    """What comes next."""

    COMPLETE = "complete"
    SUBMIT = "submit"
    RELEASE = "release"
    WAIT = "wait"
    ANSWER = "answer"
    CHECK = "check"
    CHASE = "chase"
    DECIDE_NEXT = "decide_next"
    CLOSE = "close"
    NONE = "none"


class ItemState(Vocabulary):
    """What the timeline makes of one item."""

    DRAFT = "draft"
    WAITING = "waiting"
    GONE = "gone"
    RESTRICTED = "restricted"
    REFUSED = "refused"
    CAME_BACK = "came_back"
    ALREADY_GONE = "already_gone"
    WITHDRAWN = "withdrawn"


class Standing(Vocabulary):
    """Where an item stands for the figures: exactly one of these once it was asked for."""

    GONE = "gone"
    CAME_BACK = "came_back"
    REFUSED = "refused"
    RESTRICTED = "restricted"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    ALREADY_GONE = "already_gone"  # left out of every figure


class RestsOn(Vocabulary):
    """What a removal rests on, by the statements that still stand."""

    SAID_AND_SEEN = "said_and_seen"
    SAID_ONLY = "said_only"
    SEEN_ONLY = "seen_only"


class Contested(Vocabulary):
    """What became of a complaint."""

    UPHELD = "upheld"
    REFUSED = "refused"
    OPEN = "open"


class EventKind(Vocabulary):
    """What can happen to a takedown."""

    LOGGED = "logged"
    AMENDED = "amended"
    HELD = "held"
    RELEASED = "released"
    QUEUED = "queued"
    UNSENT = "unsent"
    SUBMITTED = "submitted"
    RECEIPT_CONFIRMED = "receipt_confirmed"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION_SENT = "information_sent"
    DECIDED = "decided"
    SEEN = "seen"
    REMINDED = "reminded"
    COMPLAINED = "complained"
    ESCALATED = "escalated"
    NOTED = "noted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    CORRECTED = "corrected"


class HoldReason(Vocabulary):
    """Why we wait on purpose."""

    POLICE_FIRST = "police_first"
    OTHER = "other"


class Outcome(Vocabulary):
    """What the platform says that it did."""

    REMOVED = "removed"
    DISABLED = "disabled"
    GEO_RESTRICTED = "geo_restricted"
    AGE_RESTRICTED = "age_restricted"
    DEMOTED = "demoted"
    LABELLED = "labelled"
    INTERACTION_RESTRICTED = "interaction_restricted"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_TERMINATED = "account_terminated"
    REFUSED = "refused"
    ALREADY_GONE = "already_gone"
    OTHER = "other"


class Ground(Vocabulary):
    """On what the platform rests a decision."""

    LAW = "law"
    TERMS = "terms"
    UNKNOWN = "unknown"


class Availability(Vocabulary):
    """What somebody who looked found."""

    LIVE = "live"
    GONE = "gone"
    RESTRICTED = "restricted"
    UNKNOWN = "unknown"


class Automated(Vocabulary):
    """Whether a machine decided (DSA Art. 17(3)(c))."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"


class Recipient(Vocabulary):
    """To whom one can complain or escalate."""

    PLATFORM_COMPLAINT = "platform_complaint"
    OUT_OF_COURT_BODY = "out_of_court_body"
    COORDINATOR = "coordinator"
    POLICE = "police"
    INHOPE = "inhope"
    PLATFORM_CONTACT = "platform_contact"


class ReturnedAs(Vocabulary):
    """Why a platform sent a notice back (DSA Art. 22(6))."""

    WRONG_CHANNEL = "wrong_channel"
    DUPLICATE = "duplicate"
    INSUFFICIENT = "insufficient"


class Source(Vocabulary):
    """How an event came in."""

    PERSON = "person"
    API = "api"
    MAIL = "mail"
    PROBE = "probe"
    SYSTEM = "system"


class Matched(Vocabulary):
    """By what a search found a takedown."""

    URL = "url"
    ACCOUNT = "account"
    TICKET_ID = "ticket_id"
    CASE_REF = "case_ref"
    EXTERNAL_REF = "external_ref"
    REFERENCE = "reference"


class StatusChange(Vocabulary):
    """What happened to the trusted-flagger status."""

    AWARDED = "awarded"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REVOKED = "revoked"


class StatusState(Vocabulary):
    """How the trusted-flagger status stands on a day."""

    NEVER = "never"
    TO_COME = "to_come"
    HELD = "held"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ENDED = "ended"


class ListOrder(Vocabulary):
    """What a list of takedowns is sorted by; with a `-` before it, descending."""

    LOGGED_AT = "logged_at"
    LOGGED_AT_DESCENDING = "-logged_at"
    DUE_AT = "due_at"
    DUE_AT_DESCENDING = "-due_at"
    SUBMITTED_AT = "submitted_at"
    SUBMITTED_AT_DESCENDING = "-submitted_at"
