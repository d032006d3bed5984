"""The closed vocabularies of the inbox."""

from app.kit.vocabulary import Vocabulary


class InboxBand(Vocabulary):
    """Which group of rows of the inbox a takedown stands in; in the order they are shown."""

    LATE = "late"
    TODAY = "today"
    TO_DECIDE = "to_decide"
    LATER = "later"
    ON_HOLD = "on_hold"


class InboxReason(Vocabulary):
    """Why a takedown is where it is in the inbox."""

    FIELDS_MISSING = "fields_missing"
    READY = "ready"
    HELD = "held"
    SENDING = "sending"
    ASKED = "asked"
    SAYS_GONE = "says_gone"
    NO_REPLY_EXPECTED = "no_reply_expected"
    CAME_BACK = "came_back"
    STILL_UP = "still_up"
    NO_RECEIPT = "no_receipt"
    NO_DECISION = "no_decision"
    REFUSED = "refused"
    RESTRICTED = "restricted"
    TO_CLOSE = "to_close"
    CONTESTED = "contested"
    RECEIPT = "receipt"
    SUBMITTED = "submitted"
    NOTHING = "nothing"


class Arrived(Vocabulary):
    """What the inbox tells of since the last visit."""

    DECISIONS = "decisions"
    CAME_BACK = "came_back"
    REPLIES = "replies"


class Remains(Vocabulary):
    """What remains to be done about an item, for who follows it: open, or how it ended."""

    OPEN = "open"
    UNSENT = "unsent"
    NOT_REMOVED = "not_removed"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
