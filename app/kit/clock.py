"""What time it is: the one place that asks, so that everything below can be told."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
# By how much clocks may differ, or be put right, without anybody having to know.
SKEW = timedelta(seconds=60)
_log = logging.getLogger(__name__)


def system_clock() -> datetime:
    """Return the present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def starting_at(start: datetime) -> Clock:
    """Make a clock that reads `start` now and runs at the usual pace (demonstration data)."""
    shift = start - system_clock()
    return lambda: system_clock() + shift


class SteadyClock:
    """The time by which what expires is judged: it goes on as the clock does, and never goes back.

    Where the clock goes back, an hour or from two years ahead, the steady time does not, and goes
    on at the clock's pace, `ahead` of it by as much from then on. So nothing that has expired lives
    again, and what was made in between lasts no longer than it should: both would not hold by the
    clock, nor by the newest moment that was ever written down. How long it is since the last
    reading before, `seconds` tell, which no clock puts back.
    """

    def __init__(self, clock: Clock, seconds: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds = seconds
        self._lock = threading.Lock()
        self._newest: datetime | None = None
        self._read_at = 0.0
        self.ahead = timedelta(0)
        # Until somebody has looked after what that made wrong; None: at a start nobody knows.
        self.has_gone_back: bool | None = None
        self._told: datetime | None = None

    def reading(self, kept: datetime | None = None) -> datetime:
        """Return the steady time: never before `kept`, one that was written down."""
        with self._lock:
            now, seconds = self._clock(), self._seconds()
            floor = max((one for one in (self._newest, kept) if one is not None), default=now)
            if now + self.ahead < floor - SKEW:
                if floor == self._newest:
                    floor += timedelta(seconds=max(seconds - self._read_at, 0))
                self.ahead = floor - now
                self.has_gone_back = True
            self._newest, self._read_at = max(now + self.ahead, floor), seconds
            return self._newest

    def check(self, now: datetime, newest: datetime) -> bool:
        """Tell whether the clock stands before an entry of the record; logs each such moment once.

        Then it ran ahead once, or is behind now: which, only somebody with another clock can tell.
        """
        is_behind = newest > now + SKEW
        if is_behind and (self._told is None or newest > self._told):
            self._told = newest
            _log.warning("%s", behind(now, newest))
        return is_behind

    def by_the_clock(self, moment: datetime) -> datetime:
        """Return what the clock shows at a moment of the steady time: to be read by people."""
        return moment - self.ahead


def behind(now: datetime, newest: datetime) -> str:
    """Say in one line that the clock stands before the record's newest entry, and the mend."""
    return (
        f"The clock says {stamp(now)}, but the record's newest entry is dated {stamp(newest)}: it "
        "ran ahead then, or is behind now. Let time synchronisation set it. Nothing is lost or "
        "hidden, for order goes by number. If the clock is right, this ends by itself at that time."
    )


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC with `Z`; fractions only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(text)
