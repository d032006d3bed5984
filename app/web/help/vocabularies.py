"""The words that the help explains, and the groups in which its first page lists them.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class HelpGroup(Vocabulary):
    """What the words of the help are about."""

    ASKING = "asking"
    TURNS = "turns"
    ANSWERS = "answers"
    SEEING = "seeing"
    ACTING = "acting"
    SAFETY = "safety"
    NUMBERS = "numbers"
    SETTING_UP = "setting_up"


class HelpWord(Vocabulary):
    """A word of the pages that somebody new stumbles over: each has a page of its own."""

    REQUEST = "request"
    NOTICE = "notice"
    CHANNEL = "channel"
    TICKET = "ticket"
    BASIS = "basis"
    CONDITIONS = "conditions"
    SAME_CONTENT = "same_content"
    TURN = "turn"
    TARGET = "target"
    URGENT = "urgent"
    HOLD = "hold"
    ASIDE = "aside"
    CLAIM = "claim"
    RECEIPT = "receipt"
    QUESTION = "question"
    DECISION = "decision"
    REFUSAL = "refusal"
    RESTRICTED = "restricted"
    NO_ANSWER = "no_answer"
    GONE = "gone"
    CHECK = "check"
    STILL_ONLINE = "still_online"
    CAME_BACK = "came_back"
    ALREADY_GONE = "already_gone"
    CHASE = "chase"
    COMPLAINT = "complaint"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    CORRECT = "correct"
    MASKED = "masked"
    VIEWING_MANDATE = "viewing_mandate"
    FROZEN = "frozen"
    HALF_GONE = "half_gone"
    OUR_TIME = "our_time"
    INTERVAL = "interval"
    TOO_FEW = "too_few"
    FREEZE = "freeze"
    KEY_COPY = "key_copy"
    BACKUP = "backup"
    TOKEN = "token"
    IMPORT = "import"
