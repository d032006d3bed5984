"""The columns that a file of refused rows has beside the person's own: they come back with it."""

from functools import cache
from typing import Final

from app.kit import wording
from app.kit.languages import Language
from app.kit.wording import N_

ROW: Final = N_("Row in the file")
FAULTS: Final = N_("What is wrong, and how to correct it")


@cache
def every() -> frozenset[str]:
    """Return them in every language."""
    return frozenset(
        wording.words_of(language).gettext(text) for language in Language for text in (ROW, FAULTS)
    )
