"""Log and amend takedowns, and know what their notices lack: where links, facts and texts meet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from app.kit import canonical
from app.kit.database import Database, Unit
from app.kit.errors import Fault, Refused
from app.notices import edits, filling
from app.notices.filling import Desk
from app.platforms import identity
from app.platforms.hostnames import names_a_host
from app.platforms.recognition import Recognised, Unrecognised
from app.takedowns import addressees, bases, basis_choice, cache, facts, intake, queries
from app.takedowns.addressees import Addressee
from app.takedowns.basis_choice import Asked, Record
from app.takedowns.facts import OTHER, Facts
from app.takedowns.intake import NewItem, NewTakedown
from app.takedowns.models import takedowns
from app.takedowns.timeline import Actor

DRAFTS = ("draft", "held")
# What only leads elsewhere is no place of content, and names whoever shared or received it.
_LEADS_ELSEWHERE = frozenset({"wrapper_to_unknown", "short_link"})
_WRAPS = re.compile(r"[?&;][\w.-]+=https?(?::|%3A|-3A)|/__https?:", re.IGNORECASE)


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
    if link.hint == "copy_original":
        return "copy the original link from the message: this one only leads to a mail gateway"
    if link.reason in _LEADS_ELSEWHERE or _WRAPS.search(link.text):
        return "this link only leads elsewhere: send the address it leads to"
    return f"check the link, or report it with platform {OTHER}"


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
        identity=identity.identity(link),
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


def log(
    unit: Unit,
    desk: Desk,
    given: Mapping[str, Any],
    platform: str,
    items: Sequence[NewItem],
    *,
    by: Actor,
    submitted_at: datetime | None = None,
) -> Row[Any]:
    """Write down a takedown of one platform, and return its row.

    `given` are facts as told, without defaults; `submitted_at` is when its notice went out, where
    that was before. Raises Refused when no single notice may hold the items.
    """
    if platform not in desk.catalogue.platforms:
        mend = f"choose from {', '.join(desk.catalogue.platforms)}"
        raise Refused("unknown_platform", mend, [Fault("/platform", "unknown_platform", mend)])
    on = (submitted_at or unit.clock()).astimezone(desk.zone).date()
    records = bases.records(unit, platform)
    settled = settle(desk, platform, given, on, records)
    new = NewTakedown(
        platform,
        settled.provider if platform == OTHER else desk.catalogue.platforms[platform].provider,
        settled,
        items,
        given.get("explanation"),
        given.get("recipient"),
    )
    lacking = filling.missing(desk, filling.request_for(desk, new, on, records), {})
    return intake.log(unit, new._replace(missing=lacking), by=by)


def amend(unit: Unit, desk: Desk, row: Row[Any], changed: Mapping[str, Any], *, by: Actor) -> None:
    """Change facts of a draft, with everything that follows from them."""
    now = facts.of_row(row._mapping)
    given = now | dict(changed) | {"basis": changed.get("basis")}
    if "category" in changed and changed.get("sexual_extortion") is None:
        given["sexual_extortion"] = None
    if "conditions" not in changed:
        given["conditions"] = still_known(desk, given["category"], row.conditions)
    on = unit.clock().astimezone(desk.zone).date()
    records = bases.records(unit, row.platform)
    settled = settle(desk, row.platform, given, on, records, row)._asdict()
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


def still_known(desk: Desk, category: str, conditions: Sequence[str]) -> list[str]:
    """Return of the conditions confirmed for another category those this one knows too."""
    found = desk.catalogue.categories.get(category)
    return [code for code in conditions if found is not None and code in found.conditions]


def settle(
    desk: Desk,
    platform: str,
    given: Mapping[str, Any],
    on: date,
    records: Sequence[Record],
    draft: Row[Any] | None = None,
) -> Facts:
    """Complete and check the facts: what the category says, the basis held, the channel.

    A basis that nobody names now is that of the draft, where there is one.
    """
    code = given["category"]
    category = desk.catalogue.categories.get(code)
    if category is None:
        mend = f"choose from {', '.join(desk.catalogue.categories)}"
        raise Refused("unknown_category", mend, [Fault("/category", "unknown_category", mend)])
    facts.refuse_contradiction(
        code, category.concerns_minor, given.get("person_is_minor"), category.better
    )
    values = {name: given[name] for name in Facts._fields if given.get(name) is not None}
    values.setdefault("sexual_extortion", category.sexual_extortion)
    _refuse_provider(platform, given.get("provider"))
    told = given.get("conditions") or ()
    values["conditions"] = facts.confirmed(category.conditions, code, told)
    asked = Asked(platform, category, on)
    values["basis"] = _basis(desk, records, asked, given.get("basis"), draft)
    settled = Facts(**values)
    if settled.channel is not None:
        filling.channel_of(desk, platform, settled)
    return settled


def _basis(
    desk: Desk, records: Sequence[Record], asked: Asked, named: str | None, draft: Row[Any] | None
) -> str:
    """Return the basis asked for by name, else that of the draft, else the default.

    A draft's that was the default of its category follows when that becomes another.
    """
    if named is not None:
        return basis_choice.named(records, named, asked)
    if draft is not None:
        before = desk.catalogue.categories.get(draft.category, asked.category)
        usual = basis_choice.default(records, asked._replace(category=before)).basis
        if before is asked.category or draft.basis != usual:
            return str(draft.basis)
    return basis_choice.default(records, asked).basis


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
