"""Forms that somebody found changed: every notice for them warns until the catalogue is newer."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from app.kit import preferences
from app.kit.clock import moment, stamp
from app.kit.database import Unit
from app.platforms.channels import Channel

PREFERENCE = "changed_forms"


class FormChange(NamedTuple):
    """When a form was reported as changed, and by whom."""

    at: datetime
    by: str


Reported = Mapping[str, FormChange]


def report(unit: Unit, platform: str, channel: str, *, by: str) -> None:
    """Note that a platform's form is no longer the one we know."""
    told = preferences.read(unit).get(PREFERENCE, {})
    told[_name(platform, channel)] = {"at": stamp(unit.clock()), "by": by}
    preferences.write(unit, {PREFERENCE: told})


def reported(unit: Unit) -> Reported:
    """Return every report there is."""
    told = preferences.read(unit).get(PREFERENCE, {})
    return {name: FormChange(moment(one["at"]), one["by"]) for name, one in told.items()}


def of(found: Reported, platform: str, channel: Channel) -> FormChange | None:
    """Return the report about a form, None where there is none or somebody has checked it since."""
    change = found.get(_name(platform, channel.id))
    return None if change is None or channel.checked > change.at.date() else change


def _name(platform: str, channel: str) -> str:
    return f"{platform}/{channel}"
