"""The sentences of the frontend and their translations; run it to see what is missing.

`python -m tests.web.translations` prints, for each language, a .po entry for each sentence that
has no translation yet, by the file it comes from.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.kit import wording

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {
    "**/templates/**.html": {
        "silent": "false",
        "trimmed": "true",
        "newstyle_gettext": "true",
        "extensions": "jinja2.ext.do",
    }
}
IN_CONTEXT = ((1, "c"), 2)
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "ngettext": (1, 2),
    "P_": IN_CONTEXT, "pgettext": IN_CONTEXT,
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
TRANSLATED = wording.TRANSLATED


class Sentence(NamedTuple):
    """A sentence of the source: its context where its English has several senses, its plural."""

    context: str | None
    singular: str
    plural: str | None = None

    @classmethod
    def of(cls, context: str | None, message: str | Sequence[str]) -> Self:
        """Take what the extractor and the catalogues call a message."""
        return cls(context, *([message] if isinstance(message, str) else message))


class Place(NamedTuple):
    """Where a sentence stands."""

    file: str
    line: int


@cache
def sentences() -> Mapping[Sentence, Place]:
    """Every sentence of code and templates, and the first place it stands in."""
    found: dict[Sentence, Place] = {}
    for file, line, message, _, context in extract_from_dir(
        str(wording.APP), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
    ):
        found.setdefault(Sentence.of(context, message), Place(file, line))
    return MappingProxyType(found)


def translations(language: str) -> Iterator[tuple[Path, Catalog]]:
    """Every file of a language."""
    for path in wording.files_of(language):
        with path.open("rb") as file:
            yield path, read_po(file, locale=language, abort_invalid=True)


@cache
def translated(language: str) -> Sequence[tuple[Place, Sentence, tuple[str, ...]]]:
    """Every translation of a language: where it stands, of which sentence, and its words."""
    return tuple(
        (
            Place(path.relative_to(wording.APP).as_posix(), one.lineno or 0),
            Sentence.of(one.context, one.id),
            (one.string,) if isinstance(one.string, str) else tuple(one.string),
        )
        for path, catalog in translations(language)
        for one in catalog
        if one.id
    )


def placeholders(text: str) -> list[str]:
    return sorted(match.group() for match in PLACEHOLDER.finditer(text))


def main() -> None:
    every = sentences()
    for language in TRANSLATED:
        known = {sentence for _, sentence, words in translated(language) if all(words)}
        for sentence, place in sorted(every.items(), key=lambda one: (one[1], str(one[0]))):
            if sentence not in known:
                print(f"# {language} {place.file}:{place.line}: {sentence}")  # noqa: T201


if __name__ == "__main__":
    main()
