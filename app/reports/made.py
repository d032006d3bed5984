"""What is made of a report: its document, and what that was counted from.

Pure values.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.reports.counted import CountedRequest
from app.reports.document import Document
from app.reports.tables import Table


class Made(NamedTuple):
    """A report as it is now: the document, and the requests and tables it was made of."""

    document: Document
    requests: Sequence[CountedRequest]
    tables: Mapping[str, Table]
