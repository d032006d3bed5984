"""The closed vocabularies of the figures: codes of docs/definitions.md, each in one place.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class ClockName(Vocabulary):
    """What is timed, by what it ends with."""

    GONE = "gone"
    RECEIPT = "receipt"
    ANSWER = "answer"
    DECISION = "decision"
    HANDLING = "handling"
    REPORT_TO_GONE = "report_to_gone"


class Grouping(Vocabulary):
    """By what figures are grouped."""

    ALL = "all"
    PLATFORM = "platform"
    PROVIDER = "provider"
    CATEGORY = "category"
    MONTH = "month"
    BASIS = "basis"


class Imported(Vocabulary):
    """Whether what was imported counts."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class Verdict(Vocabulary):
    """What may be said of a platform beside all others."""

    FASTER = "faster"
    SLOWER = "slower"
    NOT_TOLD_APART = "not_told_apart"
    TOO_EARLY = "too_early"


class TalkingPoint(Vocabulary):
    """What to raise about a request when its platform is spoken to, the gravest first."""

    ASKED_US = "asked_us"
    BACK_ONLINE = "back_online"
    STILL_ONLINE = "still_online"
    WRITTEN_AGAIN = "written_again"
    WAITING = "waiting"
    REFUSED = "refused"
