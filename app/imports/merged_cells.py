"""Merged cells of a sheet parted, so that in each stands what stands in all of them.

Pure.
"""

from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")
Range = tuple[int, int, int, int]  # its first column and row, its last column and row


class Merged(Generic[T]):
    """The merged cells of a sheet, met row by row; of two that overlap the first counts."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._left = deque(sorted(ranges, key=lambda one: one[1]))
        self._open: dict[
            int, tuple[int, T | None]
        ] = {}  # by place: its last row, what stands in it

    def part(self, number: int, cells: list[T | None]) -> None:
        """Write into each cell of a row what stands in those that it is merged with."""
        self._open = {place: one for place, one in self._open.items() if one[0] >= number}
        while self._left and self._left[0][1] <= number:
            first, _, last, bottom = self._left.popleft()
            places = range(first - 1, last)
            if bottom >= number and self._open.keys().isdisjoint(places):
                value = cells[first - 1] if first <= len(cells) else None
                self._open |= dict.fromkeys(places, (bottom, value))
        if self._open:
            cells += [None] * (max(self._open) + 1 - len(cells))
        for place, (_, value) in self._open.items():
            cells[place] = value
