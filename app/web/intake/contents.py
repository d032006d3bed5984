"""What an entry holds: each content recognised once, where it stood before, and what it becomes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.kit.database import Unit
from app.kit.vault import Vault
from app.notices import new_items
from app.notices.filling import Workspace
from app.platforms.recognition import Answer, Recognised, Unrecognised
from app.takedowns import same_content
from app.takedowns.intake import NewItem
from app.takedowns.same_content import Occurrence
from app.web.intake import entries, locators
from app.web.intake.entries import AGAIN, BACK, DROP, LEAVE_OUT, Entry
from app.web.shell import masking
from app.web.shell.request_context import Visit


class Content(NamedTuple):
    """What can be reported: `key` names it on a page without telling it, `link` is as pasted."""

    key: str
    platform: str
    item: NewItem
    link: Recognised | None = None

    @property
    def shown(self) -> tuple[str, str]:
        """Its kind, and how it is told apart."""
        item = self.item
        return item.kind, masking.item(item.content_id, item.account, item.url)


class Unplaced(NamedTuple):
    """A link of no platform we know; `as_any` is what it is as one of any website.

    `choice` is the platform it is to be reported to all the same, else LEAVE_OUT.
    """

    key: str
    link: Unrecognised
    as_any: Answer
    choice: str


class Contents(NamedTuple):
    """All that an entry holds; `links` is how many were pasted, whatever becomes of them."""

    to_report: Sequence[Content] = ()
    unplaced: Sequence[Unplaced] = ()
    without_link: Sequence[Content] = ()
    links: int = 0

    @property
    def left_out(self) -> list[Unplaced]:
        """The links that are reported to nobody."""
        return [one for one in self.unplaced if one.choice == LEAVE_OUT]

    @property
    def total(self) -> int:
        """How much there is to decide on, reported or not."""
        return len(self.to_report) + len(self.left_out)


class Earlier(NamedTuple):
    """One content with its history, the oldest first, and what a person may choose for it."""

    content: Content
    history: Sequence[Occurrence]
    choices: Sequence[str]
    choice: str

    @property
    def is_open(self) -> bool:
        """Tell whether some takedown asks for it still: then it is left out unless told otherwise.

        What no takedown asks for any more is reported as if it were new, as over the API.
        """
        return any(one.is_open for one in self.history)

    @property
    def last(self) -> Occurrence:
        """The takedown to look at: one that is open goes before one that ended."""
        return max(self.history, key=lambda one: (one.is_open, one.takedown_id))

    @property
    def returned(self) -> Occurrence | None:
        """Where it is recorded that it came back; None where that is not possible."""
        return _returned(self.history)


def recognised(visit: Visit, entry: Entry) -> Contents:
    """Recognise what was pasted, and add the content without a link."""
    workspace, vault = visit.workspace, visit.context.database.vault
    now = visit.context.clock()
    links = workspace.recogniser.links_of(entry.text, now=now)
    read = workspace.recogniser.other
    unplaced = [
        _unplaced(workspace, entry, vault, link=one, as_any=read(one.text, now=now))
        for one in links
        if isinstance(one, Unrecognised)
    ]
    placed = [(one.platform, one) for one in links if isinstance(one, Recognised)] + [
        (one.choice, one.as_any)
        for one in unplaced
        if one.choice != LEAVE_OUT and isinstance(one.as_any, Recognised)
    ]
    pasted = [
        _content(entry, vault, platform, item=new_items.item_of(link), link=link)
        for platform, link in placed
    ]
    without_link = _once(
        _content(entry, vault, told["platform"], item=locators.item_of(told))
        for told in entry.locators
        if told["platform"] in workspace.catalogue.platforms
    )
    included = [one for one in without_link if entry.choice(one.key) != DROP]
    return Contents(_once([*pasted, *included]), unplaced, without_link, len(links))


def earlier(
    unit: Unit, entry: Entry, contents: Sequence[Content], *, may_record: bool
) -> list[Earlier]:
    """Return what of it stood in a takedown before, in its order."""
    found = same_content.history(unit, [one.item.identity for one in contents])
    return [
        _earlier(entry, one, found[one.item.identity], may_record=may_record)
        for one in contents
        if found[one.item.identity]
    ]


def wanted(contents: Sequence[Content], before: Sequence[Earlier]) -> list[Content]:
    """Return what a new takedown is to be logged for."""
    stays = {one.content.key for one in before if one.choice != AGAIN}
    return [one for one in contents if one.key not in stays]


def _content(
    entry: Entry, vault: Vault, platform: str, *, item: NewItem, link: Recognised | None = None
) -> Content:
    """Return a content with where in it, as far as that was typed and can be kept."""
    key = vault.index("content", item.identity).hex()[:24]
    if key in entry.places:
        item = item._replace(place=entries.place(entry.places[key]))
    return Content(key, platform, item, link)


def _unplaced(
    workspace: Workspace, entry: Entry, vault: Vault, *, link: Unrecognised, as_any: Answer
) -> Unplaced:
    key = vault.index("pasted", link.text).hex()[:24]
    choice = entry.choice(key)
    if choice not in workspace.catalogue.platforms or isinstance(as_any, Unrecognised):
        choice = LEAVE_OUT
    return Unplaced(key, link, as_any, choice)


def _once(contents: Iterable[Content]) -> list[Content]:
    """Keep the first of each content."""
    found: dict[str, Content] = {}
    for one in contents:
        found.setdefault(one.key, one)
    return list(found.values())


def _earlier(
    entry: Entry, content: Content, history: Sequence[Occurrence], *, may_record: bool
) -> Earlier:
    usual = LEAVE_OUT if any(one.is_open for one in history) else AGAIN
    other = AGAIN if usual == LEAVE_OUT else LEAVE_OUT
    back = [BACK] if may_record and _returned(history) else []
    choices = [usual, *back, other]
    choice = entry.choices.get(content.key, usual)
    return Earlier(content, history, choices, choice if choice in choices else usual)


def _returned(history: Sequence[Occurrence]) -> Occurrence | None:
    """The newest that was not withdrawn, if it is gone there and no other asks for it still."""
    held = [one for one in history if not one.is_withdrawn]
    if not held or any(one.is_open and not one.may_come_back for one in held):
        return None
    return held[-1] if held[-1].may_come_back else None
