"""What a closed vocabulary is: the codes that may stand in one place, stored and sent as they are.

Pure. Each stands as a subclass in one module of the folder that owns it.
"""

from collections.abc import Mapping
from enum import StrEnum

from pydantic_core import CoreSchema, core_schema


class Vocabulary(StrEnum):
    """A closed list of codes; each is the string it is written as, in JSON and in the database."""

    def __repr__(self) -> str:
        """Show the code as a plain string, as in a refusal that lists them."""
        return repr(self.value)

    @classmethod
    def has(cls, code: str) -> bool:
        """Tell whether a code is in the list."""
        return code in cls._value2member_map_

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> CoreSchema:
        """Read a code from its string, also where nothing else is converted."""
        return core_schema.enum_schema(cls, list(cls), sub_type="str", strict=False)

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: object, _handler: object) -> Mapping[str, object]:
        """Spell the codes out wherever one may stand: the contract names no list of its own."""
        codes = [code.value for code in cls]
        told = {"enum": codes} if len(codes) > 1 else {"const": codes[0]}
        return told | {"type": "string"}
