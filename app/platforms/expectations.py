"""What we expect of a platform, and how it confirms receipt.

Pure: the shape of these sections of a platform's file.
"""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StrictBool, model_validator

from app.platforms.schema import Code, Data, Sentence


class HourTargets(Data):
    """Hours for a receipt and for the content to be gone; None keeps the platform's own."""

    receipt_hours: Annotated[int, Field(gt=0)] | None = None
    gone_hours: Annotated[int, Field(gt=0)] | None = None
    urgent_hours: Annotated[int, Field(gt=0)] | None = None


class Targets(Data):
    """Hours we give a platform, and exceptions per category. Ours, not the law's."""

    receipt_hours: Annotated[int, Field(gt=0)] = 24
    gone_hours: Annotated[int, Field(gt=0)] = 24
    urgent_hours: Annotated[int, Field(gt=0)] = 6
    categories: Mapping[Code, HourTargets] = {}

    def of(self, category: str) -> Mapping[str, int]:
        """Return receipt_hours, gone_hours and urgent_hours for a category."""
        usual = self.model_dump(exclude={"categories"})
        own = self.categories.get(category)
        return usual if own is None else usual | own.model_dump(exclude_none=True)


class Acknowledgement(Data):
    """How a platform confirms receipt, and the pattern of its ticket number where one is known."""

    how: Sentence
    pattern: str | None = None
    verified: StrictBool

    @model_validator(mode="after")
    def _pattern_compiles(self) -> "Acknowledgement":
        if self.pattern is not None:
            try:
                re.compile(self.pattern)
            except re.error as problem:
                raise ValueError(f"`pattern` is no regular expression: {problem}") from None
        return self
