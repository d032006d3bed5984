"""The closed vocabularies of platforms, their links and channels; `docs/add-a-platform.md`.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class ContentKind(Vocabulary):
    """What a link points at."""

    POST = "post"
    VIDEO = "video"
    SHORT = "short"
    PHOTO = "photo"
    STORY = "story"
    PROFILE = "profile"
    GROUP = "group"
    COMMENT = "comment"
    MESSAGE = "message"
    SERVER = "server"
    INVITE = "invite"
    FILE = "file"
    SEARCH_RESULT = "search_result"
    PLAYLIST = "playlist"
    LIVE = "live"
    ALBUM = "album"
    SITE = "site"
    AD = "ad"
    ADVERTISER = "advertiser"
    APP = "app"
    BOT = "bot"
    OTHER = "other"


class Unreadable(Vocabulary):
    """Why a link is of no platform we know."""

    UNKNOWN_HOST = "unknown_host"
    LOOKALIKE_HOST = "lookalike_host"
    SHORT_LINK = "short_link"
    NOT_A_LINK = "not_a_link"
    UNSAFE_SCHEME = "unsafe_scheme"
    USERINFO = "userinfo"
    BAD_HOST = "bad_host"
    BAD_PORT = "bad_port"
    WRAPPER_TO_UNKNOWN = "wrapper_to_unknown"


class LinkWarning(Vocabulary):
    """What is doubtful about a link that is reported all the same."""

    COPY_ERROR = "copy_error"
    SHORT_LINK = "short_link"
    MIRROR = "mirror"
    PERSONAL_DATA = "personal_data"


class Hint(Vocabulary):
    """What would let a link be recognised."""

    COPY_ORIGINAL = "copy_original"


class Writing(Vocabulary):
    """How a wrapper writes the address within: as it is or percent-encoded, or as its gateway does.

    `base64` is base 64; the others are the mail gateways of that name.
    """

    PLAIN = "plain"
    BASE64 = "base64"
    CHECK_POINT = "check_point"
    PROOFPOINT_V2 = "proofpoint_v2"
    PROOFPOINT_V3 = "proofpoint_v3"


class FieldSource(Vocabulary):
    """What fills a field of a form."""

    COUNTRY = "country"
    CAPACITY = "capacity"
    NAME = "name"
    EMAIL = "email"
    URLS = "urls"
    LOCATOR = "locator"
    ACCOUNT = "account"
    PRODUCT = "product"
    KIND = "kind"
    PERSON = "person"
    PERSON_NAME = "person_name"
    CATEGORY = "category"
    LAW = "law"
    EXPLANATION = "explanation"
    STATEMENT = "statement"
    REQUEST = "request"
    GOOD_FAITH = "good_faith"
    MANDATE = "mandate"
    REFERENCE = "reference"
    SIGNATURE = "signature"
    COURT_ORDER = "court_order"
    ANSWER = "answer"


class PublishedMethod(Vocabulary):
    """Where a platform's published median ends: its first action, or its decision of any kind.

    Notices without action are left out of the first, and in the second.
    """

    ACTED = "acted"
    DECIDED = "decided"


class SenderIdentity(Vocabulary):
    """Whether a channel takes a notice without the sender's name."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class Mark(Vocabulary):
    """How well a fact is known: read in its source, in another's copy of it, or not at all."""

    READ = "read"
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"


class LawMark(Vocabulary):
    """How a provision is known: read in the source, in a secondary source, or not read."""

    SOURCE = "S"
    SECOND_HAND = "2nd"
    NOT_READ = "G"


class Region(Vocabulary):
    """A group of countries that a reply may name."""

    EU = "EU"
    EEA = "EEA"
