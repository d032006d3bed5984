"""Numbers, days and moments as a language writes them.

Pure. Spaces inside a number are no-break spaces that every font has.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from app.kit.languages import Language
from app.kit.wording import LOCALES
from app.reports.document import Document
from app.reports.forms.view import Unit, Value

_NARROW, _WIDE = "\u202f", "\u00a0"


def value(told: Value, unit: Unit, language: Language) -> str:
    """Write the value of a cell; words stay as they are."""
    if isinstance(told, str):
        return told
    if unit == Unit.SHARE:
        return _plain(format_percent(told, locale=LOCALES[language]))
    if unit == Unit.HOURS:
        return _plain(format_decimal(told, "#,##0.#", locale=LOCALES[language]))
    return number(int(told), language)


def number(count: int, language: Language) -> str:
    """Write a count."""
    return _plain(format_decimal(count, locale=LOCALES[language]))


def share_between(low: str, high: str, language: Language) -> str:
    """Write an interval of shares, in whole percents."""
    return f"{Decimal(low) * 100:.0f}–{value(Decimal(high), Unit.SHARE, language)}"


def day(on: date, language: Language) -> str:
    """Write a day; French counts the first of a month: 1er."""
    pattern = "d'er' MMMM y" if language == Language.FR and on.day == 1 else "d MMMM y"
    return format_date(on, pattern, locale=LOCALES[language])


def days(document: Document, language: Language) -> tuple[str, str]:
    """Write the first and the last day of a report."""
    return day(document.from_, language), day(document.to - timedelta(days=1), language)


def moment(at: str, language: Language) -> str:
    """Write a moment, given as ISO 8601 tells it, in UTC."""
    told = datetime.fromisoformat(at).astimezone(UTC)
    clock = format_datetime(told, "HH:mm", tzinfo=UTC, locale=LOCALES[language])
    return f"{day(told.date(), language)}, {clock} UTC"


def _plain(text: str) -> str:
    return text.replace(_NARROW, _WIDE)
