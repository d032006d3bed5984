"""How moments, spans and numbers are written for people, in their language and our time zone.

Pure: plain values in, text out.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from app.kit.clock import moment as read
from app.kit.clock import stamp
from app.schemas import local_times

DAY_PATTERN = "d MMM y"  # the month in letters: 3/11 is two different days
MOMENT_PATTERN = "d MMM y HH:mm"
REMEMBERED = 10_000  # lists say the same again and again, and Babel takes its time


def _pattern(pattern: str, day: date, locale: Locale) -> str:
    """Return a pattern that begins with the day; French counts the first of a month: 1er."""
    return pattern.replace("d", "d'er'", 1) if locale.language == "fr" and day.day == 1 else pattern


@lru_cache(maxsize=REMEMBERED)
def moment(value: datetime, locale: Locale, zone: ZoneInfo) -> Markup:
    """Write a moment as people read it, with the exact one for machines."""
    local = value.astimezone(zone)
    shown = format_datetime(local, _pattern(MOMENT_PATTERN, local, locale), locale=locale)
    return Markup('<time datetime="{}">{}</time>').format(stamp(value), shown)


@lru_cache(maxsize=REMEMBERED)
def clock_time(value: datetime, locale: Locale, zone: ZoneInfo) -> Markup:
    """Write the time of day of a moment."""
    shown = format_datetime(value.astimezone(zone), "HH:mm", locale=locale)
    return Markup('<time datetime="{}">{}</time>').format(stamp(value), shown)


def for_field(value: datetime | str | None, zone: ZoneInfo) -> str:
    """Write a moment for a field of type datetime-local; what was typed there stays as it is."""
    if value is None:
        return ""
    if isinstance(value, str):
        if not value.endswith("Z"):
            return value
        value = read(value)
    return f"{value.astimezone(zone):%Y-%m-%dT%H:%M}"


def ways_of_field(value: datetime | str | None, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the two offsets of what `for_field` shows, where that time came twice."""
    return local_times.ways(for_field(value, zone), zone)


def offset_of_field(value: datetime | str | None, zone: ZoneInfo) -> str:
    """Write the offset of a moment as `for_field` shows it; what was typed there has none."""
    if isinstance(value, str):
        value = read(value) if value.endswith("Z") else None
    return local_times.offset_of(value, zone) if value else ""


@lru_cache(maxsize=REMEMBERED)
def day(value: date | datetime, locale: Locale, zone: ZoneInfo) -> Markup:
    """Write a day; a moment's is the local one."""
    if isinstance(value, datetime):
        value = value.astimezone(zone).date()
    shown = format_date(value, _pattern(DAY_PATTERN, value, locale), locale=locale)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)


def month(key: str, locale: Locale, *, short: bool = False) -> str:
    """Write a month given as YYYY-MM; a short one without its year."""
    pattern = "LLL" if short else "LLLL y"
    return format_date(date.fromisoformat(f"{key}-01"), pattern, locale=locale)


@lru_cache(maxsize=REMEMBERED)
def number(value: float, locale: Locale, digits: int = 0) -> str:
    """Write a number with at most so many decimals."""
    return format_decimal(round(value, digits), locale=locale)


def country(code: str, locale: Locale) -> str:
    """Name a country by its two letters; what is none stays as it was written."""
    return str(locale.territories.get(code, code))


def percent(share: float, locale: Locale) -> str:
    """Write a share as whole percents."""
    return format_percent(
        share, "#,##0\xa0%" if locale.language != "en" else "#,##0%", locale=locale
    )


def hours(value: float, locale: Locale) -> str:
    """Write a span as people say it: minutes under an hour, days and hours from two days on.

    From ten days on nobody asks for the hours. What a clock ahead dated to come has lasted nothing,
    and what lasted seconds is not nothing.
    """
    value = max(value, 0)
    minutes = round(value * 60)
    if minutes < 60:
        return f"{minutes}\xa0min" if minutes or not value else "<\xa01\xa0min"
    hour, day = {"nl": ("u", "d"), "fr": ("h", "j")}.get(locale.language, ("h", "d"))
    if value < 48:
        return f"{number(value, locale, 0 if value >= 10 else 1)}\xa0{hour}"
    days, rest = divmod(round(value), 24)
    return f"{number(days, locale)}\xa0{day}" + (
        f"\xa0{rest}\xa0{hour}" if rest and days < 10 else ""
    )
