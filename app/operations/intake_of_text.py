"""Pasted material: what it holds, what of it is wanted, and one takedown per addressee of that."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.notices import drafts, new_items
from app.notices.filling import Workspace
from app.notices.notice import Notice
from app.platforms.recognition import Answer, Recognised, Unrecognised
from app.schemas.facts import Given
from app.takedowns import addressees, same_content
from app.takedowns.addressees import Addressee
from app.takedowns.intake import NewItem
from app.takedowns.rows import TakedownRow
from app.takedowns.same_content import Occurrence
from app.takedowns.timeline import Actor

MAX_LINKS = 1000
# What to do with content that stood in a takedown before.
LEAVE_OUT, AGAIN, BACK = "leave", "again", "back"


class Links(NamedTuple):
    """What pasted material holds: links with their place in it, and what is none.

    `repeats` tell by that place where else the same content stands.
    """

    found: Sequence[tuple[int, Recognised]]
    unrecognised: Sequence[Unrecognised]
    repeats: Mapping[int, Sequence[int]] = {}


class Content(NamedTuple):
    """What can be reported, to which platform, and what somebody chose for it, if anything.

    `key` is what a face calls it by, and tells nobody what it is; `link` is as pasted.
    """

    platform: str
    item: NewItem
    link: Recognised | None = None
    key: str = ""
    asked: str | None = None

    @property
    def to(self) -> Addressee:
        """To whom its notice goes."""
        return addressees.of(self.platform, self.item.product, self.item.canonical_url)


class Earlier(NamedTuple):
    """One content with its history, the oldest first.

    `may_record` tells whether it may be noted that it came back.
    """

    content: Content
    history: Sequence[Occurrence]
    may_record: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether some takedown asks for it still: then it is left out unless told otherwise.

        What no takedown asks for any more is reported as if it were new.
        """
        return any(one.is_open for one in self.history)

    @property
    def last(self) -> Occurrence:
        """The takedown to look at: one that is open goes before one that ended."""
        return max(self.history, key=lambda one: (one.is_open, one.takedown_id))

    @property
    def returned(self) -> Occurrence | None:
        """Where it is recorded that it came back; None where that is not possible."""
        return same_content.returned(self.history) if self.may_record else None

    @property
    def choices(self) -> list[str]:
        """What a person may choose for it, the usual first."""
        usual, other = (LEAVE_OUT, AGAIN) if self.is_open else (AGAIN, LEAVE_OUT)
        return [usual, *([BACK] if self.returned else []), other]

    @property
    def choice(self) -> str:
        """What was chosen, else what is usual."""
        asked, choices = self.content.asked, self.choices
        return asked if asked in choices else choices[0]


class Plan(NamedTuple):
    """What is to be logged, and what stood in a takedown before."""

    wanted: Sequence[Content] = ()
    before: Sequence[Earlier] = ()

    @property
    def returned(self) -> list[Occurrence]:
        """Where it is to be recorded that content came back."""
        return [one.returned for one in self.before if one.choice == BACK and one.returned]

    @property
    def held(self) -> list[Earlier]:
        """What is left out, for a takedown holds it."""
        return [one for one in self.before if one.choice == LEAVE_OUT]


class Logged(NamedTuple):
    """A takedown as it was logged, to whom its notice goes, and that notice."""

    to: Addressee
    row: TakedownRow
    notice: Notice


def in_text(workspace: Workspace, text: str, now: datetime) -> Links:
    """Find the links in a text."""
    found = enumerate(workspace.recogniser.links_of(text, now=now))
    return _sorted_out([([place], link) for place, link in found])


def in_urls(workspace: Workspace, urls: Sequence[str], now: datetime) -> Links:
    """Recognise URLs one by one."""
    return _sorted_out(workspace.recogniser.each(urls, now=now))


def _sorted_out(links: Sequence[tuple[Sequence[int], Answer]]) -> Links:
    return Links(
        [(places[0], link) for places, link in links if isinstance(link, Recognised)],
        [link for _, link in links if isinstance(link, Unrecognised)],
        {places[0]: places for places, _ in links},
    )


def contents(
    links: Links, places: Sequence[str | None] = (), *, asked: str | None = None
) -> list[Content]:
    """Return what the links are, each on its own platform, called by its number.

    `places` tell where in each of the URLs that were read one by one.
    """
    return [
        Content(
            link.platform,
            new_items.item_of(link)._replace(place=_place(links, number, places)),
            link,
            str(number),
            asked,
        )
        for number, link in links.found
    ]


def _place(links: Links, index: int, places: Sequence[str | None]) -> str | None:
    """Return every place that was told of a content, however often it stands among the URLs."""
    told = dict.fromkeys(places[one] for one in links.repeats.get(index, ())) if places else {}
    return "; ".join(filter(None, told)) or None


def refuse_too_many(count: int, field: str = "text") -> None:
    """Refuse more links than one transaction should hold; `field` of the body holds them."""
    if count > MAX_LINKS:
        mend = f"at most {MAX_LINKS} links at once; split them"
        raise Refused("too_many_links", mend, [Fault(f"/{field}", "too_many_links", mend)])


def plan(
    unit: Unit, contents: Sequence[Content], *, beside: int = 0, may_record: bool = False
) -> Plan:
    """Look up what stood in a takedown before, and say what is wanted.

    `beside` is how many links are left out already, `may_record` whether it may be noted that
    content came back. Raises Refused for more than one transaction should hold.
    """
    refuse_too_many(len(contents) + beside)
    found = same_content.history(unit, [one.item.identity for one in contents])
    before = [
        Earlier(one, found[one.item.identity], may_record)
        for one in contents
        if found[one.item.identity]
    ]
    stays = {one.content.key for one in before if one.choice != AGAIN}
    return Plan([one for one in contents if one.key not in stays], before)


def log(
    unit: Unit, workspace: Workspace, wanted: Iterable[Content], *, given: Given, by: Actor
) -> list[Logged]:
    """Log one takedown per addressee of what is wanted."""
    of = dict[Addressee, list[NewItem]]()
    for one in wanted:
        of.setdefault(one.to, []).append(one.item)
    return [
        Logged(
            to,
            *drafts.log_with_notice(
                unit, workspace, given, platform=to.platform, items=new_items.once(items), by=by
            ),
        )
        for to, items in of.items()
    ]
