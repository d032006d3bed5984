"""Cells of a spreadsheet that stay data: what a program would run as a formula becomes text.

Pure: a value in, the cell's text out.
"""

# Fullwidth forms too: some programs fold them (OWASP ASVS 5.0, 1.2.10).
FORMULA_STARTS = tuple("=+-@＝＋－＠")
SKIPPED = " \t\r\n\0\ufeff"


def cell(value: str | float | bool | None) -> str:
    """Write a value: None as an empty cell, a number as it is, a text so that nothing runs it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.lstrip(SKIPPED).startswith(FORMULA_STARTS) else value
