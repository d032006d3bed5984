"""The words of each language: what is marked to be translated, and how it is said.

The source's sentences stand in templates and code. Those of the others lie beside them, in `words/`
of each folder that has its own; what is missing there fails the tests.
"""

import gettext
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.kit.languages import SOURCE, Language

APP = Path(__file__).parents[1]
TRANSLATED = tuple(language for language in Language if language != SOURCE)
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
    """Return a marked text in a reader's words."""
    if isinstance(text, InContext):
        return words.pgettext(text.context, text)
    return words.gettext(text)


def files_of(language: Language) -> list[Path]:
    """Return the files with the words of a language, one for each folder that has its own."""
    return sorted(APP.glob(f"**/words/{language}.po"))


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
