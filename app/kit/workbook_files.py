"""A workbook as somebody sent it, opened within bounds: what it unpacks to, and no document type.

Pure. Its sheets are read row by row (openpyxl); formulas are worked out by nobody.
"""

import io
import zipfile

from app.kit.errors import Refused
from app.kit.read_sheets import ReadSheet

BEGINNING = b"PK\x03\x04"
MAX_PARTS = 500
_SAVE_ANEW = "save it anew as .xlsx, or as “CSV UTF-8”"


def broken(error: Exception) -> Refused:
    """Return the refusal of one that cannot be read: a broken one raises whatever its part does."""
    return error if isinstance(error, Refused) else Refused("not_a_workbook", _SAVE_ANEW)


def opened(content: bytes, most: int, *, results: bool = False) -> list[ReadSheet]:
    """Return the sheets of one that unpacks to at most so many bytes.

    `results`: of formulas what they came to.
    Raises Refused.
    """
    # It takes a tenth of a second: only who sends a workbook waits for it.
    from openpyxl.reader.excel import ExcelReader

    try:
        _refuse_bomb(content, most)
        reader = ExcelReader(
            io.BytesIO(content), read_only=True, keep_links=False, data_only=results
        )
        reader.read_chartsheet = lambda *_: None  # it has no cells, and fails where it is empty
        reader.read()
    except Exception as error:
        raise broken(error) from error
    sheets: list[ReadSheet] = reader.wb.worksheets
    if not sheets:  # charts alone, or a dialect of the format that the reader passes over
        raise Refused("not_a_workbook", _SAVE_ANEW)
    return sheets


def _refuse_bomb(content: bytes, most: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        told = parts.infolist()
        if len(told) > MAX_PARTS or sum(part.file_size for part in told) > most:
            raise Refused("file_too_large", f"it unpacks to more than {most} bytes")
        if any(b"<!DOCTYPE" in parts.read(part).replace(b"\0", b"") for part in told):
            raise Refused("not_a_workbook", "a workbook declares no document type")
