"""How far a long reading is.

Told are what is being read, how much of it so far, and how much there is.
"""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody how far it is."""
