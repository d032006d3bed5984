"""Definition 2026-2 a second time: slowly, plainly, from domain.md 4-6 and api.md 4 alone.

It shares no line with the application. Where the text leaves room, the docstring of the module
concerned names the reading taken.
"""

from tests.metrics.oracle_2026_2.answers import answer, curve, rows
from tests.metrics.oracle_2026_2.comparison import comparison
from tests.metrics.oracle_2026_2.timeline import Entry, Timeline, from_feed

__all__ = ["Entry", "Timeline", "answer", "comparison", "curve", "from_feed", "rows"]
