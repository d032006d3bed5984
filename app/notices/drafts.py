"""Log and amend takedowns, and know what their notices lack: where links, facts and texts meet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from app.kit import canonical
from app.kit.database import Database, Unit
from app.kit.errors import Fault, Refused
from app.notices import edits, filling
from app.notices.filling import Desk
from app.platforms.hostnames import names_a_host
from app.platforms.recognition import Recognised, Unrecognised, content_identity, identity
from app.takedowns import addressees, bases, cache, facts, intake, queries
from app.takedowns.addressees import Addressee
from app.takedowns.facts import OTHER, Facts
from app.takedowns.intake import NewItem, NewTakedown
from app.takedowns.models import takedowns
from app.takedowns.timeline import Actor

DRAFTS = ("draft", "held")


def items_at(
    desk: Desk,
    urls: Sequence[str],
    platform: str | None,
    now: datetime,
    places: Sequence[str | None] = (),
) -> tuple[str, list[NewItem]]:
    """Recognise URLs that belong together; returns their platform and an item for each content.

    `places` tell where in each URL, in the same order. Raises Refused when they belong to several
    platforms, products or sites, to another platform, or to none we know (then `platform: other`
    takes them).
    """
    read = desk.recogniser.recognise
    if platform == OTHER:
        read = desk.recogniser.other
    found = [(index, read(url, now=now)) for index, url in enumerate(urls)]
    faults = [
        Fault(f"/urls/{index}", link.reason, f"check the link, or report it with platform {OTHER}")
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


def item_at(desk: Desk, url: str, platform: str, now: datetime) -> NewItem:
    """Turn a URL into an item of a platform that a person chose for it, whatever its shape.

    Raises Refused when it is no web address.
    """
    link = desk.recogniser.recognise(url, now=now)
    if isinstance(link, Unrecognised) or link.platform != platform:
        link = desk.recogniser.other(url, now=now)
    if isinstance(link, Unrecognised):
        mend = "give a web address"
        raise Refused("unrecognised_url", mend, [Fault("/urls/0", link.reason, mend)])
    return item_of(link)


def item_of(link: Recognised) -> NewItem:
    """Turn a recognised link into an item."""
    return NewItem(
        identity=identity(link),
        kind=link.kind,
        url=link.url,
        canonical_url=link.canonical_url,
        content_id=link.content_id,
        account=link.account,
        posted_at=link.posted_at,
        pasted=link.text,
        product=link.product,
    )


def item_without_url(platform: str, locator: Mapping[str, Any]) -> NewItem:
    """Turn a locator into an item: a message where it names one, else the account itself."""
    told = {name: value for name, value in facts.plain(locator).items() if value is not None}
    if set(told) == {"account"}:
        same = f"{platform} account {intake.account_key(told['account'])}"
    elif "message_id" in told:
        same = content_identity(platform, told["message_id"])
    else:
        same = f"{platform} locator {canonical.text(told)}"
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


def log(
    unit: Unit,
    desk: Desk,
    given: Mapping[str, Any],
    platform: str,
    items: Sequence[NewItem],
    *,
    by: Actor,
) -> Row[Any]:
    """Write down a takedown of one platform, and return its row.

    `given` are facts as told, without defaults. Raises Refused when no single notice may hold the
    items.
    """
    if platform not in desk.catalogue.platforms:
        mend = f"choose from {', '.join(desk.catalogue.platforms)}"
        raise Refused("unknown_platform", mend, [Fault("/platform", "unknown_platform", mend)])
    settled = settle(unit, desk, platform, given)
    new = NewTakedown(
        platform,
        settled.provider if platform == OTHER else desk.catalogue.platforms[platform].provider,
        settled,
        items,
        given.get("explanation"),
        given.get("recipient"),
    )
    lacking = filling.missing(desk, filling.request_for(new, unit.clock(), desk.zone), {})
    return intake.log(unit, new._replace(missing=lacking), by=by)


def amend(unit: Unit, desk: Desk, row: Row[Any], changed: Mapping[str, Any], *, by: Actor) -> None:
    """Change facts of a draft, with everything that follows from them."""
    now = facts.of_row(row._mapping)
    given = now | dict(changed)
    if "category" in changed and changed.get("sexual_extortion") is None:
        given["sexual_extortion"] = None
    settled = settle(unit, desk, row.platform, given)._asdict()
    different = {name: value for name, value in settled.items() if value != now[name]}
    texts = _changed_texts(unit, row, changed)
    if not different and not texts and row.stage in DRAFTS:
        return
    if "external_ref" in different:
        site = queries.sites_of(unit, [row]).get(row.id)
        to = Addressee(row.platform, row.product, site)
        intake.refuse_taken(unit, to, different["external_ref"])
    request = filling.request_of(unit, desk, row, changed=settled, texts=texts)
    lacking = filling.missing(desk, request, edits.all_of(unit, row))
    intake.amend(unit, row, different, texts, missing=lacking, by=by)


def _changed_texts(unit: Unit, row: Row[Any], changed: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the sealed texts that say something else than now; an explanation is never lost."""
    found = {
        "explanation": changed.get("explanation"),
        "recipient": changed.get("recipient"),
    }
    standing = {
        "explanation": queries.explanations_of(unit, [row]).get(row.id),
        "recipient": queries.recipients_of(unit, [row]).get(row.id),
    }
    return {
        name: text
        for name, text in found.items()
        if name in changed and text != standing[name] and (text or name != "explanation")
    }


def settle(unit: Unit, desk: Desk, platform: str, given: Mapping[str, Any]) -> Facts:
    """Complete and check the facts: what the category says, the basis held, the channel."""
    code = given["category"]
    category = desk.catalogue.categories.get(code)
    if category is None:
        mend = f"choose from {', '.join(desk.catalogue.categories)}"
        raise Refused("unknown_category", mend, [Fault("/category", "unknown_category", mend)])
    facts.refuse_contradiction(
        code, category.concerns_minor, given.get("person_is_minor"), category.better
    )
    today = unit.clock().astimezone(desk.zone).date()
    values = {name: given[name] for name in Facts._fields if given.get(name) is not None}
    values.setdefault("sexual_extortion", category.sexual_extortion)
    _refuse_provider(platform, given.get("provider"))
    held = bases.of_platform(unit, platform)
    values["basis"] = bases.chosen(held, given.get("basis"), code, today)
    settled = Facts(**values)
    if settled.channel is not None:
        filling.channel_of(desk, platform, settled)
    return settled


def _refuse_provider(platform: str, provider: str | None) -> None:
    """Only of any other website does a person say who runs it, and never where it is."""
    if provider is None:
        return
    code, mend = "", ""
    if platform != OTHER:
        code, mend = (
            "provider_known",
            "leave provider out: the catalogue says who runs the platform",
        )
    elif names_a_host(provider):
        code, mend = "names_a_host", "give a name, without any host or address; or leave it out"
    if code:
        raise Refused(code, mend, [Fault("/provider", code, mend)])


def reassess(unit: Unit, desk: Desk, row: Row[Any]) -> None:
    """Note anew what a draft's notice lacks, after its edits or the templates changed."""
    if row.stage not in DRAFTS:
        return
    lacking = filling.missing(desk, filling.request_of(unit, desk, row), edits.all_of(unit, row))
    if canonical.text(lacking) != row.missing:
        entries = queries.events_of(unit, [row.id])[row.id]
        cache.write(unit, row.id, entries, lacking, unit.clock())


def reassess_all(database: Database, desk: Desk) -> None:
    """Note anew what every draft lacks; at the start, when templates may have changed."""
    with database.write() as unit:
        query = select(takedowns).where(takedowns.c.stage.in_(DRAFTS))
        for row in unit.connection.execute(query).all():
            reassess(unit, desk, row)
