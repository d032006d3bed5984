"""Which of the figures a platform publishes stands beside ours.

Pure: domain rules on what may be set side by side at all.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Published(Protocol):
    """One figure of a platform: a median over a period, of a category (None: the widest)."""

    @property
    def period(self) -> str: ...
    @property
    def category(self) -> str | None: ...
    @property
    def method(self) -> str | None: ...


P = TypeVar("P", bound=Published)


def beside(series: Iterable[P], method: str, category: str | None) -> P | None:
    """Return the newest figure of a method and category, else the newest of the widest.

    Where a platform does not say how it counted, its figure stands beside either.
    """
    told = [one for one in series if one.method in (method, None)]
    same = [one for one in told if category and one.category == category]
    widest = [one for one in told if one.category is None]
    return max(same or widest, key=lambda one: one.period, default=None)
