"""The closed vocabularies of reports.

Pure. docs/definitions.md section 6, "Report for a period".
"""

from app.kit.vocabulary import Vocabulary


class ReportKind(Vocabulary):
    """For whom a report counts, and so what it counts."""

    ARTICLE_22 = "article_22"
    ACTIVITY = "activity"
    HOTLINE = "hotline"
    CAMPAIGN = "campaign"


# Kinds in which the organisation says something in words; in all others there are none.
WITH_TEXTS = frozenset({ReportKind.ARTICLE_22})


class Part(Vocabulary):
    """In which tables of an Article 22(3) report a notice is counted."""

    ARTICLE_22 = "article_22"
    OTHER_BASIS = "other_basis"
    TERMS_ONLY = "terms_only"


class ReportedAction(Vocabulary):
    """What the provider did about a notice; the last three stand under the line."""

    ACCOUNT_ACTION = "account_action"
    REMOVED = "removed"
    PARTLY_REMOVED = "partly_removed"
    BLOCKED_IN_COUNTRIES = "blocked_in_countries"
    RESTRICTED_OTHERWISE = "restricted_otherwise"
    REFUSED = "refused"
    OTHER = "other"
    GONE_WITHOUT_A_WORD = "gone_without_a_word"
    NO_REACTION = "no_reaction"
    PENDING = "pending"
    ALREADY_GONE = "already_gone"
    COURT_ORDER = "court_order"
    WITHDRAWN = "withdrawn"


class ChannelUsed(Vocabulary):
    """Which way a notice went: one whose readers know us, or one that is open to everybody."""

    KNOWS_US = "knows_us"
    FORM = "form"
    EMAIL = "email"


class Deepnude(Vocabulary):
    """Whether a request is about an AI-made nude image."""

    YES = "yes"
    SUSPECTED = "suspected"
    NO = "no"


class Concerned(Vocabulary):
    """Whom content shows, by its category."""

    MINOR = "minor"
    ADULT = "adult"
    NOT_SAID = "not_said"


class Counted(Vocabulary):
    """What a cell of a table counts; a notice is a request that was submitted."""

    NOTICES = "notices"
    REQUESTS = "requests"
    ITEMS = "items"
    CASES = "cases"
    COMPLAINTS = "complaints"


class Axis(Vocabulary):
    """By what the rows or columns of a table are told apart."""

    PROVIDER = "provider"
    PLATFORM = "platform"
    TYPE = "type"
    ACTION = "action"
    GROUND = "ground"
    QUARTER = "quarter"
    BASIS = "basis"
    CONCERNED = "concerned"
    EXTORTION = "extortion"
    LINK_KIND = "link_kind"
    COMPLAINT = "complaint"
    CHANNEL = "channel"
    COUNTED = "counted"


class Heading(Vocabulary):
    """What a report must say in words: how independence is kept, and the procedures."""

    GOVERNANCE = "governance"
    FUNDING = "funding"
    CONFLICTS_OF_INTEREST = "conflicts_of_interest"
    SECOND_PERSON_CHECK = "second_person_check"
    TRAINING = "training"
    COMPLAINTS_ABOUT_US = "complaints_about_us"
    RESOURCES = "resources"
    PROCEDURES = "procedures"


class Fact(Vocabulary):
    """What a report says at its head, beside its numbers and texts."""

    FORMAT = "format"
    KIND = "kind"
    FROM = "from"
    TO = "to"
    AS_OF = "as_of"
    DEFINITION = "definition"
    ORGANISATION = "organisation"
    LICENCE = "licence"
    TIME_ZONE = "time_zone"
    LANGUAGES = "languages"


class HandFigure(Vocabulary):
    """A figure from elsewhere, entered by hand and marked so."""

    REPORTS_RECEIVED = "reports_received"
    JUDGED_ILLEGAL = "judged_illegal"
    PASSED_TO_POLICE = "passed_to_police"


class Check(Vocabulary):
    """What a report is checked for before the freeze."""

    EMPTY_HEADING = "empty_heading"
    INCOMPLETE_ROW = "incomplete_row"
    CELL_OF_ONE = "cell_of_one"
    HOST_NAME = "host_name"
    PERSONAL_DATA = "personal_data"
    TERMS_ONLY_NOTICE = "terms_only_notice"
    SPAN_NOT_OVER = "span_not_over"


class ReportForm(Vocabulary):
    """The forms a frozen report is kept in."""

    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
