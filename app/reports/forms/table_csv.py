"""A report as one long table (RFC 4180, UTF-8): table, row, column, value.

Pure. Keys are codes, the same in every language.
"""

import csv
import io

from app.kit.languages import Language
from app.reports.document import Document


def rendered(document: Document, _language: Language, _number: int) -> bytes:
    """Write every cell of every table on a line of its own."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(("table", "row", "column", "value"))
    for table in document.tables:
        for row, values in zip(table.rows, table.values, strict=True):
            for column, value in zip(table.columns, values, strict=True):
                lines.writerow((table.id, row, column, value))
    return written.getvalue().encode()
