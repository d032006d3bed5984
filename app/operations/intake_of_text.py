"""Pasted material: which links it holds, and one takedown per addressee made of it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.notices import drafts, new_items
from app.notices.filling import Workspace
from app.platforms.recognition import Answer, Recognised, Unrecognised
from app.schemas.facts import Given
from app.takedowns import addressees, intake
from app.takedowns.addressees import Addressee
from app.takedowns.intake import Known, NewItem
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor

MAX_LINKS = 1000


class Links(NamedTuple):
    """What pasted material holds: links with their place in it, and what is none.

    `repeats` tell by that place where else the same content stands.
    """

    found: Sequence[tuple[int, Recognised]]
    unrecognised: Sequence[Unrecognised]
    repeats: Mapping[int, Sequence[int]] = {}


class Placed(NamedTuple):
    """An item, the platform it is reported to, and its number in what was pasted."""

    number: int
    platform: str
    item: NewItem


class Duplicate(NamedTuple):
    """An item whose content is in a takedown that is open."""

    number: int
    item: NewItem
    known: Known


class TakenIn(NamedTuple):
    """What became of pasted material: the rows of its takedowns, and what was left out."""

    rows: Sequence[TakedownRow]
    duplicates: Sequence[Duplicate]


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


def placed(links: Links, places: Sequence[str | None] = ()) -> list[Placed]:
    """Return the items that the links are, each on the link's own platform.

    `places` tell where in each of the URLs that were read one by one.
    """
    return [
        Placed(
            index,
            link.platform,
            new_items.item_of(link)._replace(place=_place(links, index, places)),
        )
        for index, link in links.found
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


def known(unit: Unit, found: Sequence[Placed]) -> dict[str, list[Known]]:
    """Return in which takedowns each content already is, by its identity."""
    return intake.known(unit, [one.item.identity for one in found])


def take_in(
    unit: Unit,
    workspace: Workspace,
    found: Sequence[Placed],
    *,
    given: Given,
    again: Container[str],
    by: Actor,
) -> TakenIn:
    """Log what no takedown asks for yet; what is in an open one is left out.

    `again` are the identities of what is to be reported once more all the same.
    """
    already = known(unit, found)
    duplicates = list[Duplicate]()
    wanted = list[tuple[str, NewItem]]()
    for index, platform, item in found:
        reported = [one for one in already[item.identity] if one.is_open]
        if reported and item.identity not in again:
            duplicates.append(Duplicate(index, item, reported[-1]))
        else:
            wanted.append((platform, item))
    return TakenIn(log(unit, workspace, wanted, given=given, by=by), duplicates)


def log(
    unit: Unit,
    workspace: Workspace,
    wanted: Iterable[tuple[str, NewItem]],
    *,
    given: Given,
    by: Actor,
) -> list[TakedownRow]:
    """Log one takedown per addressee of these items, each with its platform; returns their rows."""
    of = dict[Addressee, list[NewItem]]()
    for platform, item in wanted:
        of.setdefault(addressees.of(platform, item.product, item.canonical_url), []).append(item)
    return [
        drafts.log(unit, workspace, given, platform=to.platform, items=new_items.once(items), by=by)
        for to, items in of.items()
    ]
