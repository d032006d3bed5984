"""A date as people write it in a sheet: Dutch, French, English, ISO, or a spreadsheet's own number.

Pure. The day comes before the month. A local time is one moment or it is refused: a day needs a
time, and of the hour that comes twice only an offset tells which is meant.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.imports.files import DAYS, DAYS_1904, Cell, Days1904
from app.kit.clock import stamp
from app.schemas import local_times
from app.schemas.local_times import NoMoment

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_MONTHS = (
    ("jan", "janv"), ("feb", "fev", "fevr"), ("maa", "mrt", "mar", "mars"), ("apr", "avr"),
    ("mei", "mai", "may"), ("jun", "juin"), ("jul", "juil"), ("aug", "aou", "aout"),
    ("sep", "sept"), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
_NO_MOMENT = ("no_moment", "write day, month, year and time, like 31-12-2025 14:30")
_PLAIN_LETTERS = str.maketrans("éèêëûùôâàä", "eeeeuuoaaa")
_DAY = re.compile(
    r"(\d{1,2})(?:er|e|ste|de|st|nd|rd|th)?\s*[-/. ]\s*(\d{1,2}|[a-z]{3,9})\.?\s*[-/. ]\s*"
    r"'?(\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_TIME = re.compile(
    r"(?:[t,;]|-(?=\s))?\s*(?:om|a|at|@)?\s*(\d{1,2})\s*(?:[:.uh]|uur|heures?)\s*(\d{2})?"
    r"(?:[:.](\d{2})(?:\.\d+)?)?\s*(?:u|uur|h|heures?|min)?\.?\s*(z|[+-]\d{2}:\d{2})?"
    r"(?:([ap])\.?\s?m\.?)?"
)
_WEEKDAY = re.compile(
    r"(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|lun|mar|"
    r"mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mon|tue|wed|thu|fri|"
    r"sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,?\s+"
)
_BEFORE_A_DAY = re.compile(r"(?:le|op|on|the|du|on the)\s+")


def day_alone(cell: Cell) -> bool:
    """Tell whether a cell holds a day and no time."""
    found = _parted(cell)
    return found is not None and found[1] is None


def read(cell: Cell, zone: ZoneInfo, *, beside: Cell = None, otherwise: time | None = None) -> str:
    """Return a cell's moment as RFC 3339; the time of a day alone stands `beside` it.

    `otherwise` is the time that a person chose for days without one. Raises NoMoment.
    """
    found = _parted(cell)
    if found is None:
        raise NoMoment(*_NO_MOMENT)
    day, at, offset = found
    if at is None:
        at = clock_time(beside) or otherwise
    if at is None:
        raise NoMoment("no_time", "write the time behind the day, like 31-12-2025 14:30")
    local = datetime.combine(day, at)
    if offset:
        try:
            return stamp(datetime.fromisoformat(f"{local.isoformat()}{offset}"))
        except (ValueError, OverflowError):  # no such offset, or beyond the years there are
            raise NoMoment(*_NO_MOMENT) from None
    return stamp(local_times.read(local.isoformat(), zone).astimezone(UTC))


def clock_time(cell: Cell) -> time | None:
    """Return the time of day that a cell holds by itself."""
    match cell:
        case datetime():
            return cell.time()
        case time():
            return cell
        case bool():
            return None
        case float() if 0 <= cell < 1:
            return (_EPOCH + timedelta(seconds=round(cell * 86_400))).time()
        case str():
            found = _TIME.fullmatch(_plain(cell))
            return _time(found) if found and not found[4] else None
    return None


def _parted(cell: Cell) -> tuple[date, time | None, str] | None:
    """Return the day, the time and the offset that a cell holds; None for what is no day."""
    match cell:
        case datetime():
            return cell.date(), cell.time(), ""
        case date():
            return cell, None, ""
        case bool():
            return None
        case int() | float():
            return _serial(cell)
        case str():
            return _written(_plain(cell))
    return None


def _serial(number: float) -> tuple[date, time | None, str] | None:
    if isinstance(number, Days1904):
        days = number + DAYS[0] - DAYS_1904[0]
        number = int(days) if days.is_integer() else days
    if not DAYS[0] <= number < DAYS[1]:
        return None
    moment = _EPOCH + timedelta(seconds=round(number * 86_400))
    return moment.date(), None if isinstance(number, int) else moment.time(), ""


def _written(text: str) -> tuple[date, time | None, str] | None:
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        number = float(text.replace(",", "."))
        return _serial(int(number) if number.is_integer() else number)
    for passed_over in (_BEFORE_A_DAY, _WEEKDAY, _BEFORE_A_DAY):
        if (found := passed_over.match(text)) and not _MONTH_FIRST.match(text):  # `mar` is both
            text = text[found.end() :]
    iso, named = _ISO.match(text), _MONTH_FIRST.match(text)
    found = iso or named or _DAY.match(text)
    if found is None:
        return None
    first, second, third = found[1], found[2], found[3]
    year, month, day = (first, second, third) if iso else (third, second, first)
    if named:
        month, day = first, second
    whole = _day(year, _month(month), int(day))
    rest = text[found.end() :].strip(" ,")
    if whole is None or not rest:
        return None if whole is None else (whole, None, "")
    told = _TIME.fullmatch(rest)
    at = _time(told) if told else None
    if told is None or at is None:
        return None
    return whole, at, (told[4] or "").replace("z", "+00:00")


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", text.strip().lower()).translate(_PLAIN_LETTERS)


def _month(text: str) -> int:
    """Return a month's number by its number or name; 0 for what is none."""
    if text.isdigit():
        return int(text)
    for number, beginnings in enumerate(_MONTHS, start=1):
        if text.startswith(beginnings):
            return number
    return 0


def _day(year: str, month: int, day: int) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    hour = int(found[1])
    if half := found[5]:  # of twelve hours
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    try:
        return time(hour, int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        return None
