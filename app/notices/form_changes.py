"""What people saw of the real forms: that one is still as shown, or where it differed.

The last word counts. "Still right" holds for the form as it was shown: when what we know of it
changes it lapses. "It changed" stands until the catalogue is newer. Nothing else makes a channel
verified, whatever a file says.
"""

import hashlib
from collections.abc import Mapping

from app.kit import canonical, preferences
from app.kit.clock import moment, stamp
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.platforms.channels import FOUND, Channel
from app.platforms.platform import Platform

CHANGED, CONFIRMED = "changed_forms", "confirmed_forms"
# Where a form may differ beside its fields.
ELSEWHERE = ("address", "further_field", "order", "other")
# What does not tell how a form is: what we know of it, and how well.
_NO_FORM = {*FOUND, "verified", "mark", "checked", "source", "formerly"}


def confirm(unit: Unit, platform: str, channel: Channel, *, by: str) -> None:
    """Note that a platform's form was as it is shown; what was said before counts no more."""
    found = {"at": stamp(unit.clock()), "by": by, "form": digest(channel)}
    _note(unit, platform, channel, name=CONFIRMED, found=found, instead_of=CHANGED)


def report(unit: Unit, platform: str, channel: Channel, *, where: str | None, by: str) -> None:
    """Note that a platform's form is no longer the one we know, and where it differed.

    Raises Refused for a place that the form does not have.
    """
    if where not in places(channel):
        mend = f"use one of: {', '.join(places(channel))}"
        raise Refused("unknown_field", mend, [Fault("/where", "unknown_field", mend)])
    found = {"at": stamp(unit.clock()), "by": by, "where": where}
    found["checked"] = channel.checked.isoformat()
    _note(unit, platform, channel, name=CHANGED, found=found, instead_of=CONFIRMED)


def places(channel: Channel) -> tuple[str, ...]:
    """Return where a form may differ: its fields, and what is not one."""
    return (*(field.id for field in channel.fields), *ELSEWHERE)


def laid_over(platforms: Mapping[str, Platform], told: preferences.Set) -> dict[str, Platform]:
    """Return the platforms with what people saw of their forms; `told` are the preferences."""
    return {slug: _seen(platform, told) for slug, platform in platforms.items()}


def digest(channel: Channel) -> str:
    """Return what tells one state of a form, as we know it, from another."""
    shown = channel.model_dump(mode="json", exclude=_NO_FORM)
    return hashlib.sha256(canonical.text(shown).encode()).hexdigest()


def _seen(platform: Platform, told: preferences.Set) -> Platform:
    channels = tuple(
        channel.model_copy(update=_found(told, _name(platform.slug, channel), channel))
        for channel in platform.channels
    )
    verified = all(channel.verified for channel in channels)
    return platform.dealt_with(channels=channels, verified=verified)


def _found(told: preferences.Set, name: str, channel: Channel) -> dict[str, object]:
    confirmed = told.get(CONFIRMED, {}).get(name)
    changed = told.get(CHANGED, {}).get(name)
    found: dict[str, object] = {"verified": False}
    if confirmed is not None and confirmed["form"] == digest(channel):
        found |= {"verified": True, "confirmed_at": moment(confirmed["at"])}
        found |= {"confirmed_by": confirmed["by"]}
    if changed is not None and channel.checked.isoformat() <= changed.get("checked", changed["at"]):
        found |= {"changed_at": moment(changed["at"]), "changed_by": changed["by"]}
        found |= {"changed_where": changed.get("where")}
    return found


def _note(
    unit: Unit,
    platform: str,
    channel: Channel,
    *,
    name: str,
    found: Mapping[str, str | None],
    instead_of: str,
) -> None:
    before = preferences.read(unit)
    called = _name(platform, channel)
    told = {**before.get(name, {}), called: found}
    other = {key: one for key, one in before.get(instead_of, {}).items() if key != called}
    preferences.write(unit, {name: told, instead_of: other or None})


def _name(platform: str, channel: Channel) -> str:
    return f"{platform}/{channel.id}"
