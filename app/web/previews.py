"""What an entry amounts to before anything is written down: what would be logged, what not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from app.input import pasting
from app.input.pasting import Links
from app.kit.database import Unit
from app.kit.errors import TrackerError
from app.kit.vault import Vault
from app.notices import filling
from app.notices.filling import Desk
from app.notices.notice import Notice
from app.platforms.channels import Channel
from app.platforms.recognition import Recognised, identity
from app.web import entries, masking, refusals
from app.web.entries import LEAVE_OUT, Entry
from app.web.refusals import Complaint
from app.web.visits import Visit


class Group(NamedTuple):
    """What would become one takedown; `notice` None while the facts do not suffice."""

    platform: str
    places: Sequence[tuple[str, str]]
    notice: Notice | None
    channel: Channel | None


class Doubtful(NamedTuple):
    """A link that needs a decision: reported already (by `reference`), or not recognised."""

    key: str
    kind: str
    shown: str
    choice: str
    reference: str = ""
    state: str = ""
    may_be_reported: bool = True


class Preview(NamedTuple):
    """What would be logged."""

    groups: Sequence[Group]
    duplicates: Sequence[Doubtful]
    unknown: Sequence[Doubtful]
    complaints: Sequence[Complaint]

    @property
    def found(self) -> int:
        """How many links there are, whatever becomes of them."""
        left_out = [one for one in self.duplicates if one.choice == LEAVE_OUT]
        return self.total + len(left_out) + len(self.unknown)

    @property
    def total(self) -> int:
        """How many links would be reported."""
        return sum(len(group.places) for group in self.groups)


def preview(visit: Visit, entry: Entry) -> Preview:
    """Say what would be logged; nothing of it is kept."""
    desk, database = visit.context.desk, visit.context.database
    vault, now = database.vault, visit.context.clock()
    pasted = pasting.in_text(desk, entry.text, now)
    links = entries.decided(desk, vault, entry, pasted, now)
    duplicates: Sequence[Doubtful] = ()
    notices: Mapping[str, Notice] = {}
    complaints: list[Complaint] = []
    try:
        pasting.refuse_too_many(links)
        with database.read() as unit:
            duplicates = _duplicates(unit, entry, links)
        if entry.facts["category"] and links.found:
            notices = _rehearsed(visit, entry, links)
    except TrackerError as error:
        complaints = refusals.told(error, visit.words)
    left_out = {one.key for one in duplicates if one.choice == LEAVE_OUT}
    places: dict[str, list[tuple[str, str]]] = {}
    for _, link in links.found:
        if entries.content_key(vault, identity(link)) not in left_out:
            places.setdefault(link.platform, []).append(_place(link))
    groups = [_group(desk, slug, shown, notices.get(slug)) for slug, shown in places.items()]
    return Preview(groups, duplicates, _unknown(desk, vault, entry, pasted, now), complaints)


def _rehearsed(visit: Visit, entry: Entry, links: Links) -> Mapping[str, Notice]:
    """Log it and fill in the notices, and take it all back."""
    desk, vault = visit.context.desk, visit.context.database.vault
    entry = entries.explained(entry, desk)
    told = entries.given(replace(entry, facts={**entry.facts, "case_ref": "preview"}), desk)
    with visit.context.database.rehearse() as unit:
        taken = pasting.take_in(
            unit, desk, links, told, again=entries.again(vault, entry, links), by=visit.actor
        )
        return {row.platform: filling.notice(unit, desk, row) for row in taken.rows}


def _duplicates(unit: Unit, entry: Entry, links: Links) -> list[Doubtful]:
    known = pasting.known(unit, links)
    found = []
    for _, link in links.found:
        open_ones = [one for one in known[identity(link)] if one.is_open]
        if open_ones:
            key = entries.content_key(unit.vault, identity(link))
            kind, shown = _place(link)
            last = open_ones[-1]
            found.append(Doubtful(key, kind, shown, entry.choice(key), last.reference, last.state))
    return found


def _unknown(desk: Desk, vault: Vault, entry: Entry, links: Links, now: datetime) -> list[Doubtful]:
    return [
        Doubtful(
            key := entries.pasted_key(vault, one.text),
            one.reason,
            masking.item(None, None, one.text),
            entry.choice(key),
            may_be_reported=isinstance(desk.recogniser.other(one.text, now=now), Recognised),
        )
        for one in links.unrecognised
    ]


def _group(
    desk: Desk, platform: str, places: Sequence[tuple[str, str]], notice: Notice | None
) -> Group:
    channels = desk.catalogue.platforms[platform].channels
    taken = (one for one in channels if notice is not None and one.id == notice.channel.id)
    return Group(platform, places, notice, next(taken, None))


def _place(link: Recognised) -> tuple[str, str]:
    return link.kind, masking.item(link.content_id, link.account, link.url)
