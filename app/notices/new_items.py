"""Links and places turned into items of a takedown: recognised, told apart, each content once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from app.kit import canonical
from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.notices.filling import Workspace
from app.platforms import identity
from app.platforms.recognition import Recognised, Unrecognised
from app.platforms.vocabularies import Hint
from app.takedowns import addressees
from app.takedowns.facts import OTHER
from app.takedowns.intake import NewItem

# What only leads elsewhere is no place of content, and names whoever shared or received it.
_LEADS_ELSEWHERE = frozenset({"wrapper_to_unknown", "short_link"})
_WRAPS = re.compile(r"[?&;][\w.-]+=https?(?::|%3A|-3A)|/__https?:", re.IGNORECASE)


def items_at(
    workspace: Workspace,
    urls: Sequence[str],
    platform: str | None,
    *,
    now: datetime,
    places: Sequence[str | None] = (),
) -> tuple[str, list[NewItem]]:
    """Recognise URLs that belong together; returns their platform and an item for each content.

    `places` tell where in each URL, in the same order. Raises Refused when they belong to several
    platforms, products or sites, to another platform, or to none we know (then `platform: other`
    takes them).
    """
    read = workspace.recogniser.recognise
    if platform == OTHER:
        read = workspace.recogniser.other
    found = [(index, read(url, now=now)) for index, url in enumerate(urls)]
    faults = [
        Fault(f"/urls/{index}", link.reason, _mend(link))
        for index, link in found
        if isinstance(link, Unrecognised)
    ]
    if faults:
        raise Refused("unrecognised_url", "a link is of no platform we know", faults)
    links = [link for _, link in found if isinstance(link, Recognised)]
    platforms = sorted({link.platform for link in links})
    if len(platforms) > 1:
        mend = f"send one takedown per platform ({', '.join(platforms)}), or use /intakes"
        raise Refused("several_platforms", mend, [Fault("/urls", "several_platforms", mend)])
    if platform not in (None, platforms[0]):
        mend = f"these links belong to {platforms[0]}; leave platform out or correct it"
        raise Refused("another_platform", mend, [Fault("/platform", "another_platform", mend)])
    items = [item_of(link) for link in links]
    if places:
        items = [item._replace(place=place) for item, place in zip(items, places, strict=True)]
    addressees.one_of(platforms[0], items)
    return platforms[0], once(items)


def _mend(link: Unrecognised) -> str:
    """Say what to do with a link of no platform we know."""
    if link.hint == Hint.COPY_ORIGINAL:
        return "copy the original link from the message: this one only leads to a mail gateway"
    if link.reason in _LEADS_ELSEWHERE or _WRAPS.search(link.text):
        return "this link only leads elsewhere: send the address it leads to"
    return f"check the link, or report it with platform {OTHER}"


def item_at(workspace: Workspace, url: str, platform: str, *, now: datetime) -> NewItem:
    """Turn a URL into an item of a platform that a person chose for it, whatever its shape.

    Raises Refused when it is no web address.
    """
    link = workspace.recogniser.recognise(url, now=now)
    if isinstance(link, Unrecognised) or link.platform != platform:
        link = workspace.recogniser.other(url, now=now)
    if isinstance(link, Unrecognised):
        mend = "give a web address"
        raise Refused("unrecognised_url", mend, [Fault("/urls/0", link.reason, mend)])
    return item_of(link)


def item_of(link: Recognised) -> NewItem:
    """Turn a recognised link into an item."""
    return NewItem(
        identity=link.identity,
        kind=link.kind,
        url=link.url,
        canonical_url=link.canonical_url,
        content_id=link.content_id,
        account=link.account,
        posted_at=link.posted_at,
        pasted=link.text,
        product=link.product,
    )


def item_without_url(platform: str, locator: Mapping[str, str | datetime | None]) -> NewItem:
    """Turn a locator into an item: a message where it names one, else the account itself."""
    told = {
        name: stamp(value) if isinstance(value, datetime) else value
        for name, value in locator.items()
        if value is not None
    }
    if set(told) == {"account"}:
        same = identity.account_identity(platform, told["account"])
    elif "message_id" in told:
        same = identity.message_identity(platform, told["account"], told["message_id"])
    else:
        same = identity.locator_identity(platform, canonical.text(told))
    return NewItem(
        identity=same,
        kind="profile" if set(told) <= {"account", "description"} else "message",
        content_id=told.get("message_id"),
        account=told["account"],
        locator=told,
    )


def once(items: Iterable[NewItem]) -> list[NewItem]:
    """Keep the first item of each content, with every place that was told of it."""
    kept: dict[str, NewItem] = {}
    for item in items:
        first = kept.setdefault(item.identity, item)
        places = dict.fromkeys(place for place in (first.place, item.place) if place)
        kept[item.identity] = first._replace(place="; ".join(places) or None)
    return list(kept.values())
