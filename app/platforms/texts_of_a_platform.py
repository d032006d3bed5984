"""Sentences a platform needs in other words, and which of several texts counts.

Pure. The most specific text wins: the platform's own for category and channel, then its own for the
category, the general one for the category, the platform's own for the channel, its own for all.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar, cast

from pydantic import BaseModel, Field

from app.kit.languages import Language
from app.platforms.schema import Code, InEveryLanguage, Localised, Sentence
from app.platforms.texts import Path, Texts

# What no platform may have in other words: the statements of DSA Article 16(2)(c) and (d), what
# the law is called, and what is a fact of the takedown.
FIXED = frozenset(
    [
        "good_faith",
        "identity",
        "mandate",
        "law",
        "dates",
        "reference",
        "status",
        "counts",
    ]
)
REQUEST: Path = ("request", "default")

T = TypeVar("T")


class SpecificText(InEveryLanguage):
    """A sentence in a platform's own words, for some categories or channels where given, and why.

    `sentence` is its place in `texts/<language>.yaml`, such as request.default.
    """

    sentence: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")
    categories: tuple[Code, ...] = ()
    channels: tuple[Code, ...] = ()
    because: Sentence

    @property
    def said(self) -> Localised:
        """Return the text in each language."""
        return {language: getattr(self, language) for language in Language}

    @property
    def path(self) -> Path:
        """Return the steps to the sentence it stands for."""
        return tuple(self.sentence.split("."))

    @property
    def rank(self) -> tuple[bool, bool]:
        """Return how specific it is; the greater one goes first."""
        return bool(self.categories), bool(self.channels)

    def suits(self, channel: str, category: str) -> bool:
        """Tell whether it is meant for a notice to this channel about this category."""
        return (not self.channels or channel in self.channels) and (
            not self.categories or category in self.categories
        )

    def overlaps(self, other: "SpecificText") -> bool:
        """Tell whether some notice could not choose between the two."""
        return (self.sentence, self.rank) == (other.sentence, other.rank) and all(
            not ours or bool(set(ours) & set(theirs))
            for ours, theirs in (
                (self.categories, other.categories),
                (self.channels, other.channels),
            )
        )


class Chosen(NamedTuple):
    """A text that stands instead of a general sentence: whose it is, and why it goes first."""

    sentence: str
    source: str
    because: str
    text: str


def settle(
    general: Texts, own: Sequence[SpecificText], file: str, *, channel: str, category: str
) -> tuple[Texts, tuple[Chosen, ...]]:
    """Return the texts of one notice, and those among them that are not the general ones.

    `own` are the platform's, from `file`.
    """
    best: dict[str, SpecificText] = {}
    for one in own:
        if one.suits(channel, category):
            best[one.sentence] = max(best.get(one.sentence, one), one, key=lambda each: each.rank)
    texts: Texts = general
    for one in best.values():
        is_for_category = one.path == REQUEST and bool(one.categories)
        path = ("request", "categories", category) if is_for_category else one.path
        texts = _with(texts, path, one.said[general.language])
    return texts, tuple(_chosen(general, best, file, channel=channel, category=category))


def _chosen(
    general: Texts, best: Mapping[str, SpecificText], file: str, *, channel: str, category: str
) -> Iterator[Chosen]:
    of_category = general.request.categories.get(category)
    if of_category is not None:
        name = f"texts/{general.language}.yaml"
        yield Chosen(".".join(REQUEST), name, f"category {category}", of_category)
    for sentence, one in best.items():
        scope = [f"category {category}"] * bool(one.categories)
        scope += [f"channel {channel}"] * bool(one.channels)
        because = f"{', '.join(scope) or 'platform'}: {one.because}"
        yield Chosen(sentence, file, because, one.said[general.language])


def _with(node: T, path: Sequence[str], text: str) -> T:
    """Return the same texts with another sentence at one place."""
    step, *rest = path
    inner = node.get(step) if isinstance(node, Mapping) else getattr(node, step)
    changed = {step: _with(inner, rest, text) if rest else text}
    if isinstance(node, Mapping):
        return cast("T", {**node, **changed})
    assert isinstance(node, BaseModel)  # noqa: S101 - texts are made of nothing else
    return node.model_copy(update=changed)
