"""What an entry amounts to before anything is written down: what would be logged, what not."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from app.accounts.vocabularies import Scope
from app.kit.errors import TrackerError
from app.kit.texts import trimmed
from app.kit.vault import Vault
from app.notices import filling
from app.notices.filling import Workspace
from app.notices.notice import Notice
from app.operations import intake_of_text
from app.operations.intake_of_text import Links, Placed
from app.platforms.channels import Channel
from app.platforms.identity import identity
from app.platforms.recognition import Recognised
from app.takedowns import addressees, queries
from app.takedowns.addressees import Addressee
from app.takedowns.intake import NewItem
from app.web.intake import earlier, entries
from app.web.intake.earlier import Earlier
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


def preview(visit: Visit, entry: Entry, *, is_shown: bool = False) -> Preview:
    """Say what would be logged; nothing of it is kept.

    Of the places kept earlier it says that they are there, unless they are to be shown.
    """
    workspace, vault = visit.workspace, visit.context.database.vault
    now = visit.context.clock()
    pasted = intake_of_text.in_text(workspace, entry.text, now)
    decided = entries.decided(workspace, vault, entry, pasted, now)
    known: Sequence[Earlier] = ()
    notices: Mapping[Addressee, Notice] = {}
    complaints: list[Complaint] = []
    reported: Sequence[Placed] = decided.placed
    try:
        intake_of_text.refuse_too_many(decided.total)
        with visit.read() as unit:
            known = earlier.of(
                unit, entry, decided.placed, may_record=visit.may(Scope.EVENTS_WRITE)
            )
        reported = earlier.wanted(decided.placed, known)
        if entry.facts["category"] and reported:
            notices = _rehearsed(visit, entry, reported)
    except TrackerError as error:
        complaints = error_messages.told(error, visit.words)
    links = _links(workspace, pasted, now)
    places: dict[Addressee, list[Spot]] = {}
    for one in reported:
        to = addressees.of(one.platform, one.item.product, one.item.canonical_url)
        key = entries.content_key(vault, one.item.identity)
        typed = visit.form.given(entries.PLACE + key) is not None
        where = entry.places.get(key, "")
        spot = _spot(one.item, links)._replace(key=key)
        spot = (
            spot._replace(where=where) if is_shown or typed else spot._replace(is_kept=bool(where))
        )
        places.setdefault(to, []).append(spot)
    return Preview(
        [_group(visit, to, shown, notices.get(to)) for to, shown in places.items()],
        known,
        _unknown(visit, entry, pasted, now),
        _added(workspace, vault, entry, {one.key for one in known}),
        complaints,
        confirmations(visit, entry.facts["category"], entry.facts["conditions"].split()),
        links=sum(one.item.url is not None for one in reported),
        without_link=sum(one.item.url is None for one in reported),
        found=len(pasted.found) + len(pasted.unrecognised),
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


def _rehearsed(visit: Visit, entry: Entry, placed: Sequence[Placed]) -> Mapping[Addressee, Notice]:
    """Log it and fill in the notices, and take it all back."""
    workspace = visit.workspace
    entry = entries.explained(entry, workspace)
    told = entries.given(replace(entry, facts={**entry.facts, "case_ref": "preview"}), workspace)
    with visit.context.database.rehearse() as unit:
        again = {one.item.identity for one in placed}
        taken = intake_of_text.take_in(unit, workspace, placed, told, again=again, by=visit.actor)
        site_of = queries.sites_of(unit, taken.rows)
        return {
            Addressee(row.platform, row.product, site_of.get(row.id)): filling.notice(
                unit, workspace, row
            )
            for row in taken.rows
        }


def _unknown(visit: Visit, entry: Entry, links: Links, now: datetime) -> list[Doubtful]:
    workspace, vault = visit.workspace, visit.context.database.vault
    found = []
    for one in links.unrecognised:
        key = entries.pasted_key(vault, one.text)
        link = workspace.recogniser.other(one.text, now=now)
        may_be_reported = isinstance(link, Recognised)
        choice = entry.choice(key)
        if not may_be_reported or choice not in workspace.catalogue.platforms:
            choice = LEAVE_OUT
        found.append(
            Doubtful(
                key,
                one.reason,
                masking.item(None, None, one.text),
                choice,
                site=sites.of_unrecognised(visit, link),
                hint=one.hint or "",
                may_be_reported=may_be_reported,
            )
        )
    return found


def _added(
    workspace: Workspace, vault: Vault, entry: Entry, is_told: Container[str]
) -> list[Doubtful]:
    """Return the content without a link, but for what is reported already and so told there."""
    found = [
        (entries.content_key(vault, one.item.identity), one)
        for one in entries.added(workspace, entry)
    ]
    return [
        Doubtful(key, *earlier.place(one.item), entry.choice(key), platform=one.platform)
        for key, one in dict(found).items()
        if key not in is_told
    ]


def _group(visit: Visit, to: Addressee, places: Sequence[Spot], notice: Notice | None) -> Group:
    channels = visit.workspace.catalogue.platforms[to.platform].channels
    taken = (one for one in channels if notice is not None and one.id == notice.channel.id)
    site = to.site if visit.may(Scope.CONTENT_READ) else to.site and masking.HIDDEN
    return Group(to, site, places, notice, next(taken, None))


def _links(workspace: Workspace, pasted: Links, now: datetime) -> Mapping[str, Recognised]:
    """Return by its identity what each link is, or would be on a site of its own."""
    others = (workspace.recogniser.other(one.text, now=now) for one in pasted.unrecognised)
    found = [link for link in others if isinstance(link, Recognised)]
    return {identity(link): link for link in (*found, *(link for _, link in pasted.found))}


def _spot(item: NewItem, links: Mapping[str, Recognised]) -> Spot:
    shown, link = earlier.place(item), links.get(item.identity)
    return Spot(*shown, len(link.also), link.warnings) if link else Spot(*shown)
