"""What an entry amounts to before anything is written down: what would be logged, what not."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.accounts.vocabularies import Scope
from app.kit.errors import TrackerError
from app.kit.texts import trimmed
from app.notices import filling
from app.notices.notice import Notice
from app.operations import intake_of_text
from app.platforms.channels import Channel
from app.platforms.recognition import Recognised
from app.takedowns import addressees, queries
from app.takedowns.addressees import Addressee
from app.web.intake import contents, entries
from app.web.intake.contents import Content, Contents, Earlier, Unplaced
from app.web.intake.entries import LEAVE_OUT, Entry
from app.web.notices.notice_card import RECIPIENT
from app.web.shell import error_messages, masking, sites
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit


class Spot(NamedTuple):
    """An item, its other spellings in what was pasted, and what is doubtful about it."""

    kind: str
    shown: str
    also: int = 0
    doubts: Sequence[str] = ()
    key: str = ""
    where: str = ""  # in it, as typed
    is_kept: bool = False  # where in it is kept, and not shown


class Group(NamedTuple):
    """What would become one takedown; `notice` None while the facts do not suffice."""

    to: Addressee
    site: str | None  # as it may be shown
    places: Sequence[Spot]
    notice: Notice | None
    channel: Channel | None

    @property
    def lacks(self) -> Sequence[tuple[str, str]]:
        """What its notice lacks, as the kinds and codes of labels, each once."""
        found = self.notice.missing if self.notice else ()
        return list(
            dict.fromkeys(
                ("absent", lack.field)
                if lack.reason == "required" and lack.field == RECIPIENT
                else ("lack", lack.reason)
                for lack in found
            )
        )


class Doubtful(NamedTuple):
    """What needs a decision: not recognised, or without a link."""

    key: str
    kind: str
    shown: str
    choice: str
    platform: str = ""
    site: str | None = None
    hint: str = ""
    may_be_reported: bool = True


class Confirmation(NamedTuple):
    """What a provision needs, to be confirmed: its code and words, and whether it was."""

    code: str
    words: str
    is_confirmed: bool


class Preview(NamedTuple):
    """What would be logged; `found` is how many links there are, whatever becomes of them."""

    groups: Sequence[Group] = ()
    earlier: Sequence[Earlier] = ()
    unknown: Sequence[Doubtful] = ()
    added: Sequence[Doubtful] = ()
    complaints: Sequence[Complaint] = ()
    confirmations: Sequence[Confirmation] = ()
    links: int = 0
    without_link: int = 0
    found: int = 0
    has_text: bool = False

    @property
    def platforms(self) -> int:
        """How many platforms there are among the notices."""
        return len({group.to.platform for group in self.groups})

    @property
    def already(self) -> int:
        """How much of it some takedown asks for still."""
        return sum(one.is_open for one in self.earlier)

    @property
    def before(self) -> int:
        """How much of it stood in takedowns that ended."""
        return len(self.earlier) - self.already

    @property
    def not_reported(self) -> int:
        """How many links are of no platform, neither by their host nor by choice."""
        return sum(one.choice == LEAVE_OUT for one in self.unknown)


def preview(visit: Visit, entry: Entry, entered: Contents, *, is_shown: bool = False) -> Preview:
    """Say what would be logged of what was entered; nothing of it is kept.

    Of the places kept earlier it says that they are there, unless they are to be shown.
    """
    before: Sequence[Earlier] = ()
    reported = entered.to_report
    notices: Mapping[Addressee, Notice] = {}
    complaints: list[Complaint] = []
    try:
        intake_of_text.refuse_too_many(entered.total)
        with visit.read() as unit:
            before = contents.earlier(
                unit, entry, reported, may_record=visit.may(Scope.EVENTS_WRITE)
            )
        reported = contents.wanted(reported, before)
        if entry.facts["category"] and reported:
            notices = _rehearsed(visit, entry, reported)
    except TrackerError as error:
        complaints = error_messages.told(error, visit.words)
    is_told = {one.content.key for one in before}
    shown: dict[Addressee, list[Spot]] = {}
    for one in reported:
        to = addressees.of(one.platform, one.item.product, one.item.canonical_url)
        shown.setdefault(to, []).append(_spot(visit, entry, one, is_shown=is_shown))
    return Preview(
        [_group(visit, to, spots, notice=notices.get(to)) for to, spots in shown.items()],
        before,
        [_unplaced(visit, one) for one in entered.unplaced],
        [
            Doubtful(one.key, *one.shown, entry.choice(one.key), platform=one.platform)
            for one in entered.without_link
            if one.key not in is_told
        ],
        complaints,
        confirmations(visit, entry.facts["category"], entry.facts["conditions"].split()),
        links=sum(one.item.url is not None for one in reported),
        without_link=sum(one.item.url is None for one in reported),
        found=entered.links,
        has_text=bool(trimmed(entry.text)),
    )


def confirmations(visit: Visit, category: str, confirmed: Container[str]) -> list[Confirmation]:
    """Return what may be confirmed of a case: what the provisions in force today need."""
    workspace = visit.workspace
    found = workspace.catalogue.categories.get(category)
    if found is None:
        return []
    today = visit.context.clock().astimezone(workspace.zone).date()
    codes = dict.fromkeys(one.condition for one in found.claimable_on(today) if one.condition)
    known = workspace.catalogue.taxonomy.by_condition
    return [
        Confirmation(code, known[code].label[visit.language], code in confirmed) for code in codes
    ]


def _rehearsed(visit: Visit, entry: Entry, wanted: Sequence[Content]) -> Mapping[Addressee, Notice]:
    """Log it and fill in the notices, and take it all back."""
    workspace = visit.workspace
    told = entries.facts_of(replace(entry, facts={**entry.facts, "case_ref": "preview"}), workspace)
    found = [(one.platform, one.item) for one in wanted]
    with visit.context.database.rehearse() as unit:
        rows = intake_of_text.log(unit, workspace, found, given=told, by=visit.actor)
        site_of = queries.sites_of(unit, rows)
        return {
            Addressee(row.platform, row.product, site_of.get(row.id)): filling.notice(
                unit, workspace, row
            )
            for row in rows
        }


def _group(visit: Visit, to: Addressee, places: Sequence[Spot], *, notice: Notice | None) -> Group:
    channels = visit.workspace.catalogue.platforms[to.platform].channels
    taken = (one for one in channels if notice is not None and one.id == notice.channel.id)
    site = to.site if visit.may(Scope.CONTENT_READ) else to.site and masking.HIDDEN
    return Group(to, site, places, notice, next(taken, None))


def _spot(visit: Visit, entry: Entry, one: Content, *, is_shown: bool) -> Spot:
    also, doubts = (len(one.link.also), one.link.warnings) if one.link else (0, ())
    spot = Spot(*one.shown, also, doubts, one.key)
    where = entry.places.get(one.key, "")
    is_typed = visit.form.given(entries.PLACE + one.key) is not None
    if is_shown or is_typed:
        return spot._replace(where=where)
    return spot._replace(is_kept=bool(where))


def _unplaced(visit: Visit, one: Unplaced) -> Doubtful:
    return Doubtful(
        one.key,
        one.link.reason,
        masking.item(None, None, one.link.text),
        one.choice,
        site=sites.of_unrecognised(visit, one.as_any),
        hint=one.link.hint or "",
        may_be_reported=isinstance(one.as_any, Recognised),
    )
