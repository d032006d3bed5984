"""What the keys of a table are called in a language.

Pure.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import Words, say, words_of
from app.reports.document import Document, DsaType
from app.reports.forms import written
from app.reports.forms.edition import Edition
from app.reports.labels import TABLES
from app.reports.tables import TOTAL
from app.reports.vocabularies import Axis
from app.takedowns import platform_names

# Lists of labels that are not called as their axis is.
_LISTS = {
    Axis.ACTION: "report_action",
    Axis.GROUND: "report_ground",
    Axis.LINK_KIND: "kind",
    Axis.CHANNEL: "channel_used",
}


_NO_CODES: Mapping[str, DsaType] = MappingProxyType({})


class Names:
    """The names of one edition; `words` say the sentences, `types` has the codes of each type."""

    def __init__(self, edition: Edition, types: Mapping[str, DsaType] = _NO_CODES) -> None:
        self._types = types
        self.language = edition.language
        self.words: Words = words_of(edition.language)
        self._catalogue = edition.catalogue

    def say(self, text: str) -> str:
        """Return a marked text."""
        return say(self.words, text)

    def gettext(self, text: str, **named: str) -> str:
        """Return a sentence with what it names."""
        return self.words.gettext(text) % named if named else self.words.gettext(text)

    def ngettext(self, singular: str, plural: str, num: int, **named: str) -> str:
        """Return a sentence about a number of things, `num`, and with what else it names."""
        told = {"num": written.number(num, self.language), **named}
        return self.words.ngettext(singular, plural, num) % told

    def period(self, document: Document) -> str:
        """Return the days of a report, as a heading has them."""
        first, last = written.days(document, self.language)
        if first == last:
            return first
        return self.gettext("%(first)s to %(last)s", first=first, last=last)

    def days(self, document: Document) -> str:
        """Return the days of a report, as a sentence begins with them."""
        first, last = written.days(document, self.language)
        if first == last:
            return self.gettext("On %(day)s", day=first)
        return self.gettext("From %(first)s to %(last)s", first=first, last=last)

    def label(self, kind: str, code: str) -> str:
        """Return the label of a code."""
        return self.say(TABLES[kind][code])

    def of(self, axis: Axis, key: str) -> str:
        """Return what a row or column is called; what nobody named stays as it is."""
        if key == TOTAL:
            return self.words.gettext("Total")
        match axis:
            case Axis.PROVIDER:
                return platform_names.named(self.words, key)
            case Axis.PLATFORM:
                return platform_names.of_slug(self.words, self._catalogue, key)
            case Axis.TYPE:
                return self.category(key)
            case Axis.QUARTER:
                return self._quarter(key)
        return self.say(TABLES[_LISTS.get(axis, axis)].get(key, key))

    def category(self, code: str) -> str:
        """Return the label of a type of content."""
        return self._catalogue.category_name(code, self.language)

    def with_code(self, axis: Axis, key: str) -> str:
        """Return what a row is called; a type with its DSA category and keyword."""
        name, dsa = self.of(axis, key), self._types.get(key) if axis == Axis.TYPE else None
        return f"{name} ({': '.join(dsa.short)})" if dsa else name

    def _quarter(self, key: str) -> str:
        year, _, quarter = key.partition("-Q")
        return self.words.gettext("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": year}
