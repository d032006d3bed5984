"""Days and moments in the words of a language.

Pure: a part of `texts/<language>.yaml`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from app.platforms.placeholders import fill
from app.platforms.schema import Data, Sentence


class Dates(Data):
    """How a language writes a day and a moment in words."""

    months: Annotated[tuple[Sentence, ...], Field(min_length=12, max_length=12)]
    first: Sentence
    day: Sentence
    time: Sentence
    full_hour: Sentence
    moment: Sentence
    moment_two_days: Sentence
    zones: Mapping[str, Sentence]

    def on(self, day: date) -> str:
        """Write a day, such as 3 November 2026."""
        number = self.first if day.day == 1 else str(day.day)
        month = self.months[day.month - 1]
        return fill(self.day, {"day": number, "month": month, "year": str(day.year)})

    def at(self, moment: datetime, zone: ZoneInfo) -> str:
        """Write a moment in UTC and in a zone: its readers sit in many."""
        utc, local = moment.astimezone(UTC), moment.astimezone(zone)
        values = {
            "date": self.on(utc.date()),
            "utc": self._time(utc),
            "local_date": self.on(local.date()),
            "local": self._time(local),
            "zone": self.zones.get(zone.key, zone.key),
        }
        is_one_day = utc.date() == local.date()
        return fill(self.moment if is_one_day else self.moment_two_days, values)

    def _time(self, moment: datetime) -> str:
        told = {"hour": str(moment.hour), "minute": f"{moment:%M}"}
        return fill(self.time, told) if moment.minute else fill(self.full_hour, told)
