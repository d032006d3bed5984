"""The closed vocabularies of a transparency report's notices.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class ReportColumn(Vocabulary):
    """A column of Annex I, part 4, in its order: five that say what a row is of, ten numbers."""

    SERVICE = "service"
    PERIOD = "period"
    CATEGORY = "category"
    DESCRIPTION = "description"
    NOTICES = "notices"
    TF_NOTICES = "tf_notices"
    ITEMS = "items"
    TF_ITEMS = "tf_items"
    MEDIAN = "median"
    TF_MEDIAN = "tf_median"
    ACTIONS_LAW = "actions_law"
    TF_ACTIONS_LAW = "tf_actions_law"
    ACTIONS_TERMS = "actions_terms"
    TF_ACTIONS_TERMS = "tf_actions_terms"


class ReportRule(Vocabulary):
    """A rule that a row or the file breaks."""

    # the file: told, and read all the same
    BYTE_ORDER_MARK = "byte_order_mark"
    DELIMITER = "delimiter"
    BY_POSITION = "by_position"
    CODES_MISSING = "codes_missing"
    # a row: told, and kept all the same
    MORE_THAN_ALL = "more_than_all"
    MINUTES = "minutes"
    # a row: left out
    ROW_TOO_SHORT = "row_too_short"
    ROW_TOO_LONG = "row_too_long"
    OTHER_SERVICE = "other_service"
    NO_PERIOD = "no_period"
    UNKNOWN_CODE = "unknown_code"
    NO_CATEGORY_ABOVE = "no_category_above"
    NOT_DESCRIBED = "not_described"
    ROW_TWICE = "row_twice"
    NOT_THE_SUM = "not_the_sum"
    NOT_A_COUNT = "not_a_count"
    NOT_HOURS = "not_hours"
    COMMA = "comma"
    NEGATIVE = "negative"
    PERCENTAGE = "percentage"
    FORMULA = "formula"
    NOT_PLAIN = "not_plain"


KEPT_ALL_THE_SAME = frozenset(
    {
        ReportRule.BYTE_ORDER_MARK,
        ReportRule.DELIMITER,
        ReportRule.BY_POSITION,
        ReportRule.CODES_MISSING,
        ReportRule.MORE_THAN_ALL,
        ReportRule.MINUTES,
    }
)
