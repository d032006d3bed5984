"""The languages people read: which one a visitor gets, and the words of each.

The source's sentences stand in templates and code. Those of the others lie beside them, in `words/`
of each menu entry; what is missing there fails the tests.
"""

import gettext
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.kit.languages import SOURCE, Language

WEB = Path(__file__).parents[1]
TRANSLATED = tuple(language for language in Language if language != SOURCE)
# The source comes last: whoever wants no language in particular reads Dutch, most people's here.
LANGUAGES = (*TRANSLATED, SOURCE)
LOCALES = {language: Locale(language, language.territory) for language in Language}
Words = gettext.NullTranslations


class InContext(str):
    """A sentence that other senses share their English with: the context tells which one it is."""

    __slots__ = ("context",)
    context: str


def N_(text: str) -> str:  # noqa: N802 - what gettext calls it
    """Mark a text to be translated where it is shown."""
    return text


def P_(context: str, text: str) -> str:  # noqa: N802 - like N_
    """Mark a text that means several things, by what it speaks of here, to be translated later."""
    marked = InContext(text)
    marked.context = context
    return marked


def say(words: Words, text: str) -> str:
    """Return a marked text in the visitor's words."""
    if isinstance(text, InContext):
        return words.pgettext(text.context, text)
    return words.gettext(text)


def files_of(language: Language) -> list[Path]:
    """Return the files with the words of a language, one for each menu entry that has its own."""
    return sorted(WEB.glob(f"*/words/{language}.po"))


@cache
def words_of(language: Language) -> Words:
    """Return the words of a language, all its files in one."""
    if language == SOURCE:
        return gettext.NullTranslations()
    found: Words | None = None
    for path in files_of(language):
        with path.open("rb") as file:
            part = io.BytesIO()
            write_mo(part, read_po(file, locale=language, abort_invalid=True))
        part.seek(0)
        words = gettext.GNUTranslations(part)
        if found is None:
            found = words
        else:
            found.add_fallback(words)
    return found or gettext.NullTranslations()


def preferred(chosen: str | None, own: str | None, accepted: str) -> Language:
    """Choose a language: the one asked for here, the person's own, or one the browser accepts."""
    for language in (chosen, own, *_wanted(accepted)):
        if language in LANGUAGES:
            return Language(language)
    return LANGUAGES[0]


def _wanted(accepted: str) -> list[str]:
    """Read Accept-Language (RFC 9110 section 12.5.4), the best first; broken weights count as 0."""
    weighted = []
    for part in accepted[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        weighted.append((-quality, name.partition("-")[0].lower()))
    return [name for quality, name in sorted(weighted, key=lambda one: one[0]) if quality < 0]
