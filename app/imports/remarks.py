"""What an import remarks of a row, in the record's own English; read back, it is facts again.

Pure. The record keeps a sentence, for whoever reads it alone; pages say it in their reader's
language.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

# The notice frozen with a backdated submission must not pass for the words that went out then.
NOTE = (
    "Imported: it was submitted before it was logged here. The notice kept with the submission is"
    " what the template says at the import, not the words that were sent."
)
_DAYS = "The file gives no time of day for {}: {} stands for it."
_READ = re.compile(
    rf"({re.escape(NOTE)})?\s?(?:"
    + _DAYS.format(r"([a-z_]+(?:, [a-z_]+)*)", r"(\d\d:\d\d)").replace(".", r"\.")
    + ")?"
)


class Remark(NamedTuple):
    """That it was submitted before, and of which columns a time of day is not the file's."""

    was_sent: bool
    columns: tuple[str, ...] = ()
    day_time: str = ""


def of_days(columns: Iterable[str], day_time: str) -> str:
    """Say of which columns the time of day is one person's word for all rows."""
    named = ", ".join(columns)
    return _DAYS.format(named, day_time) if named else ""


def written(*, was_sent: bool, of_row: str) -> str:
    """Return what is written into the record; empty where there is nothing to remark."""
    return " ".join(filter(None, (NOTE if was_sent else "", of_row)))


def read(text: str) -> Remark | None:
    """Return what a remark says; None of a text that is not one of ours."""
    found = _READ.fullmatch(text) if text.strip() else None
    if found is None:
        return None
    columns = tuple(found[2].split(", ")) if found[2] else ()
    return Remark(found[1] is not None, columns, found[3] or "")
