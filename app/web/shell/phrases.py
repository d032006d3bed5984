"""Short phrases that rows of lists say in words: said in Python, for a page says hundreds of them.

Pure: values in, text out.
"""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from markupsafe import Markup

from app.kit.wording import N_, Words, say
from app.takedowns.inbox_reason import Why
from app.takedowns.vocabularies import InboxReason
from app.web.shell import formatting
from app.web.shell.labels import TABLES

_LATE = N_("%(span)s late")
_AHEAD = N_("in %(span)s")
_NOW = N_("due now")
_SPANS = ("no_receipt", "no_decision", "no_reply_expected")
_BY_THE_CLOCK = 12 * 3600
_MINUTE = 60


class Phrases:
    """The phrases of one language."""

    def __init__(self, words: Words, locale: Locale, zone: ZoneInfo) -> None:
        self._words, self._locale, self._zone = words, locale, zone
        self._text = cache(lambda text: Markup(say(words, text)))  # noqa: S704 - our own words

    def late(self, due_at: datetime, now: datetime) -> Markup:
        """Say for how long something is late; no minute yet is now."""
        if self._is_now(due_at, now):
            return self._text(_NOW)
        return self._text(_LATE) % {"span": self._span(due_at, now)}

    def ahead(self, due_at: datetime, now: datetime) -> Markup:
        """Say in how long something is due; less than a minute is now."""
        if self._is_now(due_at, now):
            return self._text(_NOW)
        return self._text(_AHEAD) % {"span": self._span(now, due_at)}

    def at(self, moment: datetime, now: datetime) -> Markup:
        """Say a moment within twelve hours by the clock, one further off by its day."""
        if abs((now - moment).total_seconds()) < _BY_THE_CLOCK:
            return formatting.clock_time(moment, self._locale, self._zone)
        return formatting.day(moment, self._locale, self._zone)

    def why(self, found: Why, now: datetime) -> Markup | str:
        """Say why a row is here."""
        if found.code == InboxReason.FIELDS_MISSING:
            said = self._words.ngettext(
                "%(num)s field is missing", "%(num)s fields are missing", found.number
            )
            return said % {"num": found.number}
        text = self._text(TABLES["why"][found.code])
        if found.at is None:
            return text
        if found.code in _SPANS:
            return text % {"span": self._span(found.at, now)}
        return text % {"at": self.at(found.at, now)}

    def _is_now(self, due_at: datetime, now: datetime) -> bool:
        return abs((now - due_at).total_seconds()) < _MINUTE

    def _span(self, start: datetime, end: datetime) -> str:
        return formatting.hours((end - start).total_seconds() / 3600, self._locale)
