"""What a closed vocabulary is: the codes that may stand in one place, stored and sent as they are.

Pure. Each stands as a subclass in one module of the folder that owns it.
"""

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
        codes = core_schema.literal_schema([code.value for code in cls])
        return core_schema.no_info_after_validator_function(cls, codes)
