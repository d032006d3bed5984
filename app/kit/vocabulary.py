"""What a closed vocabulary is: the codes that may stand in one place, stored and sent as they are.

Pure. Each stands as a subclass in the folder that owns it; labels, contract and documentation are
tied to it by `tests/vocabularies.py`.
"""

from enum import StrEnum
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema


class Vocabulary(StrEnum):
    """A closed list of codes; `Vocabulary(code)` raises ValueError for one that is not in it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take a code as the text it is in JSON and YAML, in strict shapes too."""
        return {**handler(source), "strict": False}
