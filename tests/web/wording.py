"""The sentences of the frontend and their translations; run it to see what is missing.

`python -m tests.web.wording` prints, for each language, a .po entry for each sentence that has no
translation yet, by the file it comes from.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.web import languages

WEB = languages.FOLDER.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {
    "templates/**.html": {
        "silent": "false",
        "trimmed": "true",
        "newstyle_gettext": "true",
        "extensions": "jinja2.ext.do",
    }
}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
TRANSLATED = ("nl", "fr")
Sentence = str | tuple[str, ...]


def sentences() -> dict[Sentence, str]:
    """Every sentence of code and templates, and the first file it stands in."""
    found: dict[Sentence, str] = {}
    for file, _, message, _, _ in extract_from_dir(
        str(WEB), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
    ):
        found.setdefault(message if isinstance(message, str) else tuple(message), file)
    return found


def translations(language: str) -> Iterator[tuple[Path, Catalog]]:
    """Every file of a language."""
    for path in sorted((languages.FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=language, abort_invalid=True)


def placeholders(text: str) -> list[str]:
    return sorted(match.group() for match in PLACEHOLDER.finditer(text))


def main() -> None:
    every = sentences()
    for language in TRANSLATED:
        known = {
            message.id: message.string
            for _, catalog in translations(language)
            for message in catalog
            if message.id
        }
        for sentence, file in sorted(every.items(), key=lambda one: (one[1], str(one[0]))):
            if not known.get(sentence):
                print(f"# {language} {file}: {sentence!r}")  # noqa: T201


if __name__ == "__main__":
    main()
