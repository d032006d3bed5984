"""What the help says of a word.

Pure.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.web.help.vocabularies import HelpWord


class Entry(NamedTuple):
    """Texts in English, to be said in the reader's language; `figures` None: no figure knows it."""

    title: str
    gist: str  # in one sentence, for the list of words too
    what: Sequence[str]
    do: Sequence[str]
    related: Sequence[HelpWord]
    figures: str | None = None
