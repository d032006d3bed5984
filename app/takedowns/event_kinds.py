"""The kinds of event: what the timeline keeps of each, and where in a story it may stand.

Pure: docs/definitions.md section 3. A kind is one entry of `KINDS` and its payload, which names all
that may lie readable: whatever else is told of an event is sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple, TypeAlias

from app.schemas.vocabularies import (
    Automated,
    Availability,
    Basis,
    ChannelKind,
    EventKind,
    Ground,
    HoldReason,
    Outcome,
    Recipient,
    ReturnedAs,
    Turn,
)
from app.takedowns.event_parts import LoggedItem, Notice, Targets


@dataclass(frozen=True, slots=True)
class Logged:
    """A takedown begins; `imported` are the columns of the file that it was imported from."""

    platform: str
    provider: str | None
    facts: Mapping[str, Any]  # JSON, as app.takedowns.facts writes it
    items: tuple[LoggedItem, ...]
    product: str | None = None
    explanation_sha256: str | None = None
    recipient_sha256: str | None = None
    imported: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Amended:
    """Facts or texts of a draft changed."""

    facts: Mapping[str, Any]  # JSON, likewise
    explanation_sha256: str | None = None
    recipient_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """We wait on purpose."""

    reason: HoldReason


@dataclass(frozen=True, slots=True)
class Released:
    """The wait is over."""


@dataclass(frozen=True, slots=True)
class Queued:
    """The notice waits for the mail server."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A queued mail did not go out."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The notice went out; the terms are those of that moment."""

    how: ChannelKind
    channel: str
    language: str
    platform: str
    provider: str | None
    category: str
    dsa: Mapping[str, str]
    basis: Basis
    targets: Targets
    reply_expected: bool
    no_ticket: bool = False
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed:
    """The platform confirmed receipt."""

    automatic: bool


@dataclass(frozen=True, slots=True)
class InformationRequested:
    """The platform asked something."""

    returned_as: ReturnedAs | None = None


@dataclass(frozen=True, slots=True)
class InformationSent:
    """We answered the platform's question."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The platform decided."""

    outcome: Outcome
    ground: Ground | None = None
    scope: tuple[str, ...] = ()
    automated: Automated | None = None
    returned_as: ReturnedAs | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody looked."""

    availability: Availability
    vantage: str | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """We chased the platform; a notice was frozen where it went out as one."""

    how: ChannelKind | None = None
    channel: str | None = None
    no_ticket: bool = False
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Complained:
    """We complained about a decision; a notice was frozen where it went out as one."""

    to: Recipient = Recipient.PLATFORM_COMPLAINT
    how: ChannelKind | None = None
    channel: str | None = None
    no_ticket: bool = False
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Escalated:
    """We went to somebody else."""

    to: Recipient


@dataclass(frozen=True, slots=True)
class Noted:
    """A note; `accepted` says that a refusal or restriction is accepted for good."""

    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """We no longer ask for it; a notice was frozen where the platform was told so."""

    how: ChannelKind | None = None
    channel: str | None = None
    no_ticket: bool = False
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A person closed the file."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """A person opened the file again."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """An earlier event was wrong: its kind, and what stands instead, if anything."""

    kind: EventKind
    replacement: "Payload | None"


@dataclass(frozen=True, slots=True)
class Tried:
    """Nothing is told yet: an event that is only tried, whether it would be legal."""


Payload: TypeAlias = (
    Logged | Amended | Held | Released | Queued | Unsent | Submitted | ReceiptConfirmed
    | InformationRequested | InformationSent | Decided | Seen | Reminded | Complained | Escalated
    | Noted | Withdrawn | Closed | Reopened | Corrected | Tried
)  # fmt: skip


Sent: TypeAlias = Submitted | Reminded | Complained | Withdrawn


def notice_of(data: Payload) -> Notice | None:
    """Return the notice that was frozen with an event, if one was."""
    return data.notice if isinstance(data, Sent) else None


class When(Enum):
    """Where in the story of a takedown a kind of event may stand."""

    FIRST = auto()
    BEFORE_SUBMISSION_BY_NUMBER = auto()  # facts change by the order of recording
    BEFORE_SUBMISSION = auto()
    AFTER_SUBMISSION = auto()
    ANY_TIME = auto()
    ENDING = auto()
    INSTEAD = auto()  # in the place of the event it corrects


class Kind(NamedTuple):
    """One kind of event."""

    payload: type[Payload]
    when: When
    sender: Turn | None = None  # whose message it is: ours or the platform's; None: no message
    may_follow_the_end: bool = False  # a fact even of a takedown that was closed or withdrawn
    names_items: bool = False  # tells something about items: where it names none, about all


_AFTER = When.AFTER_SUBMISSION
KINDS: Mapping[EventKind, Kind] = {
    EventKind.LOGGED: Kind(Logged, When.FIRST),
    EventKind.AMENDED: Kind(Amended, When.BEFORE_SUBMISSION_BY_NUMBER),
    EventKind.HELD: Kind(Held, When.BEFORE_SUBMISSION),
    EventKind.RELEASED: Kind(Released, When.BEFORE_SUBMISSION),
    EventKind.QUEUED: Kind(Queued, When.BEFORE_SUBMISSION),
    EventKind.UNSENT: Kind(Unsent, When.BEFORE_SUBMISSION),
    EventKind.SUBMITTED: Kind(Submitted, When.BEFORE_SUBMISSION, Turn.US),
    EventKind.RECEIPT_CONFIRMED: Kind(
        ReceiptConfirmed, _AFTER, Turn.PLATFORM, may_follow_the_end=True
    ),
    EventKind.INFORMATION_REQUESTED: Kind(
        InformationRequested, _AFTER, Turn.PLATFORM, may_follow_the_end=True, names_items=True
    ),
    EventKind.INFORMATION_SENT: Kind(InformationSent, _AFTER, Turn.US, names_items=True),
    EventKind.DECIDED: Kind(
        Decided, _AFTER, Turn.PLATFORM, may_follow_the_end=True, names_items=True
    ),
    EventKind.SEEN: Kind(Seen, When.ANY_TIME, may_follow_the_end=True, names_items=True),
    EventKind.REMINDED: Kind(Reminded, _AFTER, Turn.US),
    EventKind.COMPLAINED: Kind(Complained, _AFTER, Turn.US, names_items=True),
    EventKind.ESCALATED: Kind(Escalated, _AFTER, may_follow_the_end=True, names_items=True),
    EventKind.NOTED: Kind(Noted, When.ANY_TIME, may_follow_the_end=True, names_items=True),
    EventKind.WITHDRAWN: Kind(Withdrawn, When.ENDING, names_items=True),
    EventKind.CLOSED: Kind(Closed, When.ENDING),
    EventKind.REOPENED: Kind(Reopened, When.ENDING),
    EventKind.CORRECTED: Kind(Corrected, When.INSTEAD),
}

BY_THE_PLATFORM = frozenset(kind for kind, one in KINDS.items() if one.sender == Turn.PLATFORM)
BY_US = frozenset(kind for kind, one in KINDS.items() if one.sender == Turn.US)
ABOUT_ITEMS = frozenset(kind for kind, one in KINDS.items() if one.names_items)
