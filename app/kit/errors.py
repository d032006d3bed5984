"""What can go wrong, as one tree; the faces translate it into answers.

TrackerError
├── NotAllowedNow        the timeline would tell an impossible story (409)
├── Conflict             somebody or something is already there (409)
├── Stale                the caller looked at an older version (412)
├── NoSuchThing          nothing by that name (404)
├── Refused              the input breaks a rule; names the field and the mend (422)
├── Misconfigured        a setting or a template file is wrong; stops the start
├── DatabaseFault        the database is down, full, read-only, damaged … (503); stops the start
├── OtherSchema          the database is of another version (503); stops the start
└── WrongKey             secret key and database do not belong together (503); stops the start
"""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing wrong with an input: where (JSON pointer), which rule, and how to mend it."""

    pointer: str
    code: str
    detail: str


# A field's name as all of ours are written; one that nobody here knows may be anything else.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def pointer(path: Sequence[str | int]) -> str:
    """Write a path as a JSON pointer (RFC 6901), up to the first name not plainly one of ours.

    A name of the caller's own making may be anything: what holds it is pointed at then.
    """
    found = ""
    for step in path:
        if isinstance(step, str) and not _NAME.fullmatch(step):
            break
        found += f"/{step}"
    return found


class TrackerError(Exception):
    """Anything this system refuses in so many words."""


class NotAllowedNow(TrackerError):
    """The timeline including this event would tell an impossible story."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Conflict(TrackerError):
    """The same thing exists already; `code` names the rule, `references` the takedowns."""

    def __init__(self, code: str, detail: str, references: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.references = tuple(references)


class Stale(TrackerError):
    """The caller's version is not the newest."""


class NoSuchThing(TrackerError):
    """Nothing goes by that name, or not for this caller."""


class Refused(TrackerError):
    """The input breaks a rule; every fault names its field and the mend."""

    def __init__(self, code: str, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)


class Misconfigured(TrackerError):
    """A setting or a data file is wrong; the message is one line that names it."""


class DatabaseFault(TrackerError):
    """The database refuses or fails; the message is one line that names it and the mend."""


class OtherSchema(TrackerError):
    """The database is of another version of this software; nothing is written to it."""


class WrongKey(TrackerError):
    """The secret key is not the one the database was made with; nothing is written under it."""
