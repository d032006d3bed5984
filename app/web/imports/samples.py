"""What is shown of a sheet: nothing that was reported, whatever its columns are said to be.

Pure.
"""

import re

from app.imports import guessing
from app.imports.targets import HARMLESS, KINDS
from app.web.shell.masking import HIDDEN, told_apart

_READABLE = frozenset({"case_ref", "external_ref"})
_LONGEST = 40
_NUMBERS = re.compile(r"[\d\s/:.,-]*")
_MAY_POINT = re.compile(r"[/@]|www\.|\.[a-z]{2,}(?![a-z. ])", re.IGNORECASE)


def unpointed(text: str) -> str:
    """Return a heading, or a word that stands for a code; masked where it is an address."""
    return _masked(text) if guessing.is_pointing(text) else text


def sample(text: str, target: str | None) -> str:
    """Return what is shown of a cell: all of it only where nothing reported can be in it."""
    if target is not None and (target in _READABLE or KINDS[target] in HARMLESS):
        return unpointed(text) if len(text) <= _LONGEST else HIDDEN
    is_plain = _NUMBERS.fullmatch(text) or not _MAY_POINT.search(text)
    if target is None and len(text) <= _LONGEST and is_plain:
        return text
    return _masked(text)


def _masked(text: str) -> str:
    return told_apart(text) if " " not in text else HIDDEN
