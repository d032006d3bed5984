"""What must not stand in public: where something is, or anybody's data.

Pure.
"""

import unicodedata
from collections.abc import Iterator, Set
from enum import StrEnum

from app.kit import personal_data
from app.platforms import hostnames, spelling


class Leak(StrEnum):
    """What a text gives away that must not stand in public, as a refusal calls it."""

    HOST = "names_a_host"
    PERSONAL_DATA = "personal_data"


def leaks(text: str, endings: Set[str]) -> Iterator[Leak]:
    """Return what a text gives away, each once; `endings` are the last words of hosts."""
    if hostnames.names_a_host(text, endings):
        yield Leak.HOST
    if holds_personal_data(text):
        yield Leak.PERSONAL_DATA


def holds_personal_data(text: str) -> bool:
    """Tell whether it does: a number is one however it is spaced, whatever unseen stands in it."""
    return bool(personal_data.scan(spelling.plain_signs(unicodedata.normalize("NFKC", text))))
