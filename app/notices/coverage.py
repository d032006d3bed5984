"""Which channel a first notice takes by default, for every platform, basis and category.

Pure: what the template files say in, lines for a terminal out.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from app.kit.errors import Refused
from app.kit.languages import Language
from app.notices import channel_choice
from app.platforms.assembly import Assembled
from app.platforms.channels import Channel
from app.platforms.platform import Platform
from app.platforms.taxonomy import Category
from app.platforms.vocabularies import Mark
from app.schemas.vocabularies import Basis

WIDTH = 100
NONE = "-"
HEAD = ("platform", *Basis, "categories")
KEY = (
    "The channel a first notice takes by default, per platform, basis and category. "
    "? it was not read in its source; ! its address is confidential, to be set in the environment; "
    f"(en) it reads only these languages; {NONE} no channel."
)

Row: TypeAlias = tuple[str, ...]


class Cell(NamedTuple):
    """The default channel of one platform for one basis and category; None: there is none."""

    platform: str
    basis: Basis
    category: str
    channel: Channel | None

    def reads(self, language: str) -> bool:
        """Tell whether a notice has a channel that reads this language, or needs no other."""
        if self.channel is None:
            return False
        is_us_law = self.basis == Basis.TAKE_IT_DOWN  # written in English, whatever was asked
        return is_us_law or language in (self.channel.languages or tuple(Language))


def cells(platforms: Iterable[Platform], categories: Sequence[Category]) -> list[Cell]:
    """Return every cell, platform by platform; nothing is known of the case but its category."""
    return [
        Cell(platform.slug, basis, category.code, _default(platform, basis, category))
        for platform in platforms
        for category in categories
        for basis in Basis
    ]


def lines(found: Assembled, width: int = WIDTH) -> list[str]:
    """Return the grid: a line for each platform and the categories it treats alike.

    Nothing where no platform or no category could be read.
    """
    if found.taxonomy is None or not found.platforms:
        return []
    numbers = {code: number for number, code in enumerate(found.taxonomy.by_code, start=1)}
    every = cells(found.platforms.values(), found.taxonomy.categories)
    named = ", ".join(f"{number}\xa0{code}" for code, number in numbers.items())
    told = [
        *textwrap.wrap(KEY, width),
        *textwrap.wrap(f"Categories: {named}.", width),
        "",
        *_table([HEAD, *_rows(every, numbers)], width),
        "",
        *textwrap.wrap(_summary(every, found), width),
    ]
    return [line.replace("\xa0", " ") for line in told]


def _default(platform: Platform, basis: Basis, category: Category) -> Channel | None:
    identity = channel_choice.identity(category, basis, None)
    try:
        return channel_choice.choose(
            platform, basis, category.code, identity=identity, may_act=False
        )
    except Refused:
        return None


def _rows(every: Sequence[Cell], numbers: Mapping[str, int]) -> Iterator[Row]:
    alike: dict[Row, list[int]] = {}
    for start in range(0, len(every), len(Basis)):
        of_category = every[start : start + len(Basis)]
        row = (of_category[0].platform, *(_told(cell.channel) for cell in of_category))
        alike.setdefault(row, []).append(numbers[of_category[0].category])
    last = ""
    for (platform, *channels), found in alike.items():
        yield ("" if platform == last else platform, *channels, _runs(found))
        last = platform


def _told(channel: Channel | None) -> str:
    if channel is None:
        return NONE
    marks = "?" * (channel.mark != Mark.READ) + "!" * channel.confidential
    languages = f"({','.join(channel.languages)})" if channel.languages else ""
    return f"{channel.id}{marks}{languages}"


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers in order as 1-4 7 9-10."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(f"{run[0]}-{run[-1]}" if run[1:] else str(run[0]) for run in runs)


def _table(rows: Sequence[Row], width: int) -> Iterator[str]:
    """Lay out rows in columns; what does not fit goes on under the last one."""
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    indent = " " * (sum(widths) + len(widths))
    for row in rows:
        start = "".join(f"{text:{size}} " for text, size in zip(row, widths, strict=False))
        yield from textwrap.wrap(
            row[-1], width, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
        )


def _summary(every: Sequence[Cell], found: Assembled) -> str:
    taken = [cell.channel for cell in every if cell.channel]
    unread = sum(channel.mark != Mark.READ for channel in taken)
    confidential = sum(channel.confidential for channel in taken)
    by_language = ", ".join(
        f"{language} {sum(cell.reads(language) for cell in every)}" for language in Language
    )
    reviewed = ", ".join(code for code, texts in found.texts.items() if texts.reviewed)
    return (
        f"{len(every)} cells: {len(taken)} have a channel ({by_language}), {unread} of them not "
        f"read in its source and {confidential} with a confidential address; "
        f"{len(every) - len(taken)} are not covered. No file makes a channel verified: a person "
        "says at a notice that its form is as shown. "
        f"Texts reviewed by a professional: {reviewed or 'none'}."
    )
