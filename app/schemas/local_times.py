"""A local date and time as people type it: one moment, or none, or two.

Pure. Where clocks are put forward an hour never was; where they are put back one came twice, and
only its offset from UTC tells which is meant.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoMoment(ValueError):
    """What was typed is not one moment: `code` says why, `mend` how to write it."""

    def __init__(self, code: str, mend: str) -> None:
        super().__init__(mend)
        self.code, self.mend = code, mend


def read(text: str, zone: ZoneInfo, offset: str = "") -> datetime:
    """Return the moment of a local time, in UTC; `offset`, as in `ways`, chooses one of two.

    Raises NoMoment: `no_moment`, `time_skipped`, `time_twice`.
    """
    try:
        found = _moments(text, zone)
    except (ValueError, OverflowError):
        raise NoMoment("no_moment", "write it like 2026-03-02 09:00") from None
    if not found:
        raise NoMoment("time_skipped", "the clock skipped this time: write one that was")
    if len(found) > 1 and offset not in found:
        raise NoMoment("time_twice", f"this time came twice: say {' or '.join(found)}")
    return found[offset] if len(found) > 1 else next(iter(found.values()))


def ways(text: str, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the offsets of a local time that came twice, the earlier first; () of any other."""
    try:
        found = _moments(text, zone)
    except (ValueError, OverflowError):
        return ()
    return tuple(found) if len(found) > 1 else ()


def offset_of(moment: datetime, zone: ZoneInfo) -> str:
    """Return the offset from UTC that a moment had in a zone, like +02:00."""
    return moment.astimezone(zone).isoformat(timespec="seconds")[19:]


def _moments(text: str, zone: ZoneInfo) -> dict[str, datetime]:
    """Return the moments at which the clocks of a zone showed this, by their offset, in order.

    Raises ValueError or OverflowError for what is no local time.
    """
    local = datetime.fromisoformat(text.strip())
    if local.tzinfo is not None:
        raise ValueError
    moments = [local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [one for one in moments if one.astimezone(zone).replace(tzinfo=None) == local]
    return {offset_of(one, zone): one for one in shown}
