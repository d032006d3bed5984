"""What a column of a person's sheet may be: the importer's own columns, and how each is read.

Pure. Left to the command line are columns that ask for codes nobody writes by hand.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from app.imports.import_columns import (
    ANSWERED,
    ASKED,
    DECIDED,
    QUESTION,
    RECEIPT,
    SEEN_GONE,
    SEEN_LIVE,
    SUBMITTED,
)


class Kind(Enum):
    """How a cell is read."""

    LINK = "link"
    LINE = "line"
    TEXT = "text"
    CODE = "code"
    YES_NO = "yes_no"
    MOMENT = "moment"
    TIME = "time"


TIME = "_time"  # behind a moment's name: the column with the time of its day
CONTENT: Mapping[str, Kind] = MappingProxyType(
    {
        "url": Kind.LINK,
        "platform": Kind.CODE,
        "case_ref": Kind.LINE,
        "external_ref": Kind.LINE,
        "category": Kind.CODE,
        "explanation": Kind.TEXT,
    }
)
_MOMENTS = ("reported_at", SUBMITTED, RECEIPT, ANSWERED, ASKED, DECIDED, SEEN_GONE, SEEN_LIVE)
HISTORY: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys(_MOMENTS, Kind.MOMENT),
        "ticket_id": Kind.LINE,
        "outcome": Kind.CODE,
        "ground": Kind.CODE,
        QUESTION: Kind.TEXT,
        **{f"{name}{TIME}": Kind.TIME for name in _MOMENTS},
    }
)
FACTS: Mapping[str, Kind] = MappingProxyType(
    {
        "urgent": Kind.YES_NO,
        "person_is_minor": Kind.YES_NO,
        "ai_generated": Kind.CODE,
        "sexual_extortion": Kind.YES_NO,
        "court_order": Kind.YES_NO,
        "authorised_by_person": Kind.YES_NO,
        "language": Kind.CODE,
        "basis": Kind.CODE,
        "provider": Kind.LINE,
        "recipient": Kind.LINE,
    }
)
GROUPS: Mapping[str, Mapping[str, Kind]] = MappingProxyType(
    {"content": CONTENT, "history": HISTORY, "facts": FACTS}
)
KINDS: Mapping[str, Kind] = MappingProxyType({**CONTENT, **HISTORY, **FACTS})
# What may stand in the cells of these can be shown: nothing reported is in it.
HARMLESS = frozenset({Kind.CODE, Kind.YES_NO, Kind.MOMENT, Kind.TIME})
# Without these no row can be logged; the category may be the same for all.
NEEDED = ("url", "case_ref", "category")
