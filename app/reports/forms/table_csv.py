"""A report as one long table (RFC 4180, UTF-8): table, row, column, value.

Pure. Keys are codes, the same in every language; a name that a program would run is only text.
"""

from app.kit import cells
from app.reports.document import Document
from app.reports.forms.edition import Edition


def rendered(document: Document, _edition: Edition) -> bytes:
    """Write every cell of every table on a line of its own."""
    lines = (
        (table.id, row, column, value)
        for table in document.tables
        for row, values in zip(table.rows, table.values, strict=True)
        for column, value in zip(table.columns, values, strict=True)
    )
    return "".join(cells.table(("table", "row", "column", "value"), lines)).encode()
