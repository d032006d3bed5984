"""The shapes of what goes out about takedowns, for the contract and its tests."""

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field, StringConstraints

from app.kit.references import PATTERN
from app.notices.vocabularies import Lack
from app.platforms.vocabularies import ContentKind, Hint, LinkWarning, Unreadable
from app.schemas.fact_fields import Field as FactField
from app.schemas.fact_fields import with_facts
from app.schemas.facts import Fact
from app.schemas.values import absent
from app.schemas.vocabularies import (
    Availability,
    Ground,
    ItemState,
    Matched,
    NextStep,
    Outcome,
    Stage,
    Turn,
)

T = TypeVar("T")
Stamp = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$"),
    Field(json_schema_extra={"format": "date-time"}),
]
Name = Annotated[str, StringConstraints(pattern=f"^{PATTERN.pattern}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hours = Annotated[float, Field(ge=0)]


class Maskable(BaseModel):
    """URLs, accounts, texts and tickets are null, and it says so, without `content:read`."""

    masked: Literal[True] = absent()


class Page(BaseModel, Generic[T]):
    """One page of a list; `next_cursor` is null on the last one."""

    data: list[T]
    next_cursor: str | None


class Locator(BaseModel):
    """Where an item is when it has no URL."""

    account: str
    message_id: str = absent()
    server_id: str = absent()
    channel_id: str = absent()
    occurred_at: Stamp = absent()
    description: str = absent()


class PlatformSays(BaseModel):
    """The last decision the platform told us."""

    outcome: Outcome
    ground: Ground | None
    at: Stamp


class WeSaw(BaseModel):
    """The last look by an authorised person."""

    availability: Availability
    at: Stamp
    by: str


class Item(Maskable):
    """One exact location; `posted_at` is from the id, where it tells."""

    id: int
    locator: Locator | None
    url: str | None
    place: str | None
    canonical_url: str | None
    kind: ContentKind
    content_id: str | None
    account: str | None
    posted_at: Stamp | None
    state: ItemState
    platform_says: PlatformSays | None
    we_saw: WeSaw | None
    gone_at: Stamp | None


class Clocks(BaseModel):
    """Wall-clock hours; null where it has not come to that."""

    our_hours: Hours | None
    receipt_hours: float | None
    answer_hours: float | None
    decision_hours: float | None
    gone_hours: float | None


class Missing(BaseModel):
    """Why a notice may not go out yet."""

    field: str
    reason: Lack


def shown(fact: Fact) -> FactField:
    """Return a fact as it goes out."""
    told = {datetime: Stamp, tuple: list[str]}.get(fact.kind, fact.kind)
    return (told | None if fact.may_be_unknown else told), ...


@with_facts(shown)
class Takedown(Maskable):
    """What we ask of one platform about one or more items of one case.

    `product` is set where the platform takes one a notice; `provider` is null where nobody said who
    runs the site; `recipient` is where a notice by hand goes.
    """

    reference: Name
    platform: str
    product: str | None
    explanation: str | None
    recipient: str | None
    stage: Stage
    whose_turn: Turn
    next_step: NextStep
    due_at: Stamp | None
    overdue: bool
    logged_at: Stamp
    submitted_at: Stamp | None
    receipt_at: Stamp | None
    answered_at: Stamp | None
    decided_at: Stamp | None
    gone_at: Stamp | None
    closed_at: Stamp | None
    clocks: Clocks
    ticket_ids: list[str] | None
    items: list[Item]
    missing: list[Missing]
    version: int
    created_at: Stamp
    updated_at: Stamp


class FoundTakedown(Takedown):
    """A takedown, and why it was found."""

    matched: list[Matched]


class TakedownPage(Page[Takedown]):
    """A page of takedowns, the newest first."""


class FoundPage(Page[FoundTakedown]):
    """A page of takedowns that were found, the newest first."""


class StillOnline(BaseModel):
    """An item of a case that is not known to be gone."""

    reference: Name
    platform: str
    item: Item


class Case(BaseModel):
    """All takedowns of a case, the oldest first, and what of it is still online."""

    case_ref: str
    takedowns: list[Takedown]
    still_online: list[StillOnline]


class KnownTakedown(BaseModel):
    """A takedown that holds the same content, and the state of that item."""

    reference: Name
    state: ItemState


class Link(Maskable):
    """A recognised link; `text` is what was pasted, `url` what goes into a notice.

    `also` are the other spellings of the same content in the text.
    """

    text: str | None
    also: list[str] | None
    url: str | None
    platform: str
    kind: ContentKind
    content_id: str | None
    account: str | None
    canonical_url: str | None
    posted_at: Stamp | None
    warnings: list[LinkWarning]
    known: list[KnownTakedown]


class Unrecognised(Maskable):
    """A link to no platform we know, and why; `index` counts the links of the text, or `urls`.

    The hint `copy_original` says that the link leads to a mail gateway, and the original is needed.
    """

    index: int
    text: str | None
    reason: Unreadable
    hint: Hint | None


class Merged(Maskable):
    """Content that was spelled in several ways; `index` is that of the link that was kept."""

    index: int
    url: str | None
    also: list[str] | None


class Recognition(BaseModel):
    """What a pasted text holds."""

    links: list[Link]
    unrecognised: list[Unrecognised]


class Duplicate(Maskable):
    """A link that is already reported; `index` counts the links of the text, or `urls`, from 0."""

    index: int
    url: str | None
    reference: Name
    state: ItemState


class Intake(BaseModel):
    """What became of pasted material."""

    takedowns: list[Takedown]
    duplicates: list[Duplicate]
    merged: list[Merged]
    unrecognised: list[Unrecognised]


class Warned(BaseModel):
    """Something to be mended that keeps nobody from working."""

    code: Literal["clock_behind_record"]
    detail: str


class Health(BaseModel):
    """That the process answers, or that it can work; `warnings` where somebody should see to it."""

    status: Literal["live", "ready"]
    warnings: list[Warned] = absent()
