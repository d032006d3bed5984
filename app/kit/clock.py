"""What time it is: the one place that asks, so that everything below can be told."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def starting_at(start: datetime) -> Clock:
    """Make a clock that reads `start` now and runs at the usual pace (demonstration data)."""
    shift = start - system_clock()
    return lambda: system_clock() + shift


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC with `Z`; fractions only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(text)
