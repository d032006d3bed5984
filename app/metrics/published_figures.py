"""Which of the figures a platform publishes stands beside ours.

Pure: domain rules on what may be set side by side at all.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Published(Protocol):
    """One figure of a platform: a median over a period, of a category (None: the widest)."""

    @property
    def period(self) -> str:
        """A year or half a year."""

    @property
    def category(self) -> str | None:
        """What the figure is about."""

    @property
    def method(self) -> str | None:
        """How it is counted: to the first action or decision; None where that is not told."""


P = TypeVar("P", bound=Published)


def beside(series: Iterable[P], method: str, category: str | None) -> P | None:
    """Return the newest figure of a method and category, else the newest of the widest.

    Where a platform does not say how it counted, its figure stands beside either.
    """
    told = [one for one in series if one.method in (method, None)]
    same = [one for one in told if category and one.category == category]
    widest = [one for one in told if one.category is None]
    return max(same or widest, key=lambda one: one.period, default=None)
