"""What the card of a notice shows: the form's own fields in order, secrets masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from app.accounts.vocabularies import Scope
from app.kit import canonical
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow
from app.kit.languages import SOURCE, Language
from app.notices import edits, filling, submission
from app.notices.edits import Edits
from app.notices.notice import Notice
from app.platforms.channels import Channel
from app.schemas.vocabularies import Basis, ChannelKind, Purpose
from app.takedowns import queries
from app.takedowns.facts import OTHER
from app.takedowns.lifecycle import DRAFTS
from app.takedowns.rows import TakedownRow
from app.web.notices import card_lines, form_places
from app.web.notices.card_lines import Line
from app.web.shell import addresses, error_messages, sites
from app.web.shell.request_context import Visit

RECIPIENT = "recipient"


class Which(NamedTuple):
    """Which notice of a takedown; None leaves the choice to its facts."""

    channel: str | None = None
    language: str | None = None
    purpose: Purpose = Purpose.FIRST


@dataclass(frozen=True)
class Card:
    """One notice as a person works with it."""

    row: TakedownRow
    notice: Notice
    channel: Channel
    channels: Sequence[Channel]
    lines: Sequence[Line]
    total: int  # items of the takedown
    obstacle: str | None  # why it cannot go out now, whatever it says, in words
    form_url: str | None
    seen: str
    site: str | None
    recipient: str | None  # as it may be shown
    has_recipient: bool
    places: Mapping[str, str]  # where its form may differ, by code

    @property
    def address(self) -> str:
        """Where everything about the notice goes."""
        return f"/takedowns/{self.row.reference}/notice"

    @property
    def query(self) -> str:
        """Which notice it is, for an address."""
        purpose, channel, language = self.key
        return urlencode({"channel": channel, "language": language, "purpose": purpose})

    @property
    def key(self) -> edits.Key:
        """Under which a caseworker's words for it are kept."""
        return self.notice.purpose, self.notice.channel.id, self.notice.language

    @property
    def elsewhere(self) -> Sequence[tuple[str, str]]:
        """What is missing that has no line of its own, as (field, reason)."""
        own = {line.id for line in self.lines} | ({RECIPIENT} if self.asks_recipient else set())
        return [(lack.field, lack.reason) for lack in self.notice.missing if lack.field not in own]

    @property
    def warnings(self) -> Sequence[str]:
        """What to look at before sending, each once."""
        return tuple(dict.fromkeys(warning.code for warning in self.notice.warnings))

    @property
    def is_to_be_sent(self) -> bool:
        """Tell whether it can go out as things stand, once it is complete."""
        return self.obstacle is None

    @property
    def may_be_reworded(self) -> bool:
        """Tell whether its words may still be changed; on hold they may."""
        return self.notice.purpose != Purpose.FIRST or self.row.stage in DRAFTS

    @property
    def asks_recipient(self) -> bool:
        """Tell whether a person has to say where it goes: until it went out."""
        is_first = self.notice.purpose == Purpose.FIRST and self.row.stage in DRAFTS
        return is_first and self.channel.by_hand

    @property
    def is_of_other(self) -> bool:
        """Tell whether a person may say who runs the site."""
        return bool(self.row.platform == OTHER)

    @property
    def can_be_looked_at(self) -> bool:
        """Tell whether its form is one form: of any other website each has its own."""
        return not self.is_of_other

    @property
    def languages(self) -> Sequence[str]:
        """The languages it can be asked for in: of a request of US law, English alone."""
        return (SOURCE,) if self.row.basis == Basis.TAKE_IT_DOWN else tuple(Language)

    @property
    def counted(self) -> Sequence[Line]:
        """The lines that there is something to copy of."""
        return [line for line in self.lines if line.is_filled]

    @property
    def idle(self) -> Sequence[Line]:
        """The lines that nothing is to be done about."""
        return [line for line in self.lines if line.is_idle]


def which_of(visit: Visit) -> Which:
    """Return which notice a page or a form is about."""
    query = visit.request.query_params
    told = {name: visit.form.given(name) or query.get(name) for name in Which._fields}
    return Which(**{name: value for name, value in told.items() if value})  # type: ignore[arg-type]


def back(visit: Visit) -> str:
    """Return the page of ours to go back to afterwards, "" where there is none."""
    return addresses.local(visit.form.given("back") or visit.request.query_params.get("back"), "")


def card(
    unit: Unit,
    visit: Visit,
    row: TakedownRow,
    *,
    which: Which,
    is_revealed: bool = False,
) -> Card:
    """Lay out a notice; raises Refused where the channel does not take the category."""
    workspace, may_read = visit.workspace, visit.may(Scope.CONTENT_READ)
    request = filling.request_of(unit, workspace, row)
    edited = edits.all_of(unit, row)
    notice = filling.filled(
        workspace,
        request,
        which.channel,
        language=which.language,
        purpose=which.purpose,
        own=edited,
    )
    own = edited.get((notice.purpose, notice.channel.id, notice.language), {})
    masked = (
        None
        if is_revealed
        else filling.masked(workspace, request, notice, own=own, shows_recipient=may_read)
    )
    platform = workspace.catalogue.platforms[row.platform]
    known = next(one for one in platform.channels if one.id == notice.channel.id)
    channel = known.asking(row.category, len(request.urls))
    [items] = queries.items_of(unit, [row]).values()
    return Card(
        row=row,
        notice=notice,
        channel=channel,
        channels=platform.serving(request.basis, row.category),
        lines=card_lines.of(notice, channel, items, own=own, masked=masked),
        total=len(items),
        obstacle=_obstacle(unit, visit, row, purpose=notice.purpose),
        form_url=form_url(visit, notice, channel),
        seen=fingerprint(unit, own),
        site=sites.of(unit, visit, [row]).get(row.id),
        recipient=request.recipient if may_read else None,
        has_recipient=request.recipient is not None,
        places=form_places.names(visit, known),
    )


def filled(
    unit: Unit, visit: Visit, row: TakedownRow, *, which: Which, reason: str | None = None
) -> Notice:
    """Fill in a notice, a caseworker's words included."""
    return filling.notice(
        unit,
        visit.workspace,
        row,
        channel=which.channel,
        language=which.language,
        purpose=which.purpose,
        reason=reason,
    )


def cards(visit: Visit, references: Sequence[str]) -> list[Card]:
    """Lay out the first notices of several takedowns as they would go out now."""
    with visit.read() as unit:
        rows = [queries.by_reference(unit, reference) for reference in references]
        return [card(unit, visit, row, which=Which()) for row in rows]


def own_words(unit: Unit, row: TakedownRow, notice: Notice) -> Edits:
    """Return what caseworkers wrote over the fields of a notice."""
    key = (notice.purpose, notice.channel.id, notice.language)
    return edits.all_of(unit, row).get(key, {})


def without_edits(unit: Unit, visit: Visit, of: Card) -> Notice:
    """Return the notice as the template alone would have it."""
    workspace = visit.workspace
    request = filling.request_of(unit, workspace, of.row)
    return filling.filled(
        workspace,
        request,
        of.channel.id,
        language=of.notice.language,
        purpose=of.notice.purpose,
        own={},
    )


def box(of: Card) -> str:
    """Return the field that takes an explanation."""
    if of.notice.channel.kind == ChannelKind.EMAIL:
        return "body"
    explains = ("explanation", "statement")
    return next((field.id for field in of.channel.fields if field.filled_by in explains), "body")


def fingerprint(unit: Unit, own: Edits) -> str:
    """Return what tells one state of the edits from another without telling them."""
    return unit.vault.fingerprint(canonical.text(dict(own)).encode()).hex()[:32]


def _obstacle(unit: Unit, visit: Visit, row: TakedownRow, *, purpose: Purpose) -> str | None:
    try:
        submission.refuse_untimely(unit, row, purpose)
    except NotAllowedNow as error:
        return error_messages.sentence(error.reason, visit.words)
    return None


def form_url(visit: Visit, notice: Notice, channel: Channel) -> str | None:
    """Return where the form is; the demo has its own, one that was looked up tells the site."""
    if visit.context.settings.demo and channel.kind == ChannelKind.FORM:
        return f"/demo/forms/{notice.platform}/{channel.id}"
    if channel.by_hand and not visit.may(Scope.CONTENT_READ):
        return None
    return notice.channel.form_url
