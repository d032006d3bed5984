"""The closed vocabularies of an import in the browser.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class ImportStage(Vocabulary):
    """How far an import has come; while it is being read, checked or logged, a worker is at it."""

    SENT = "sent"
    READING = "reading"
    READ = "read"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


AT_WORK = frozenset({ImportStage.READING, ImportStage.CHECKING, ImportStage.IMPORTING})
ENDED = frozenset({ImportStage.DONE, ImportStage.CANCELLED})


class CellRule(Vocabulary):
    """Why a cell of a person's sheet cannot be taken as it is."""

    NOT_MATCHED = "value_not_matched"
    NO_MOMENT = "no_moment"
    NO_TIME = "no_time"
    TIME_SKIPPED = "time_skipped"
    TIME_TWICE = "time_twice"
    NOT_YES_OR_NO = "not_yes_or_no"
    FORMULA_UNSOLVED = "formula_unsolved"
    FORMULA_FAILED = "formula_failed"
    SHORTENED = "shortened"
    CELL_TOO_LONG = "cell_too_long"


class RowRule(Vocabulary):
    """Why what a row tells of its history cannot be."""

    BEFORE_SUBMISSION = "before_submission"
    WITHOUT_SUBMISSION = "without_submission"
    WITHOUT_MOMENT = "without_moment"
    NO_DAY_BACK = "no_day_back"
    NO_DAY_ASKED = "no_day_asked"
    TWO_DAYS_ASKED = "two_days_asked"


class AnswerWord(Vocabulary):
    """What a word for the platform's answer may say beside its outcomes."""

    CAME_BACK = "came_back"
    ASKED = "information_requested"


class KnownBy(Vocabulary):
    """By what a row is known to be in the books, or to stand in the same file."""

    EXTERNAL_REF = "external_ref"
    OPEN_REQUEST = "open_request"
    SAME_CASE = "same_case"
    SAME_FILE = "same_file"
