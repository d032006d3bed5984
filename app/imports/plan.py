"""What a person said of their file, and what was found in it: kept as JSON beside the file.

Pure.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import time

from pydantic import TypeAdapter

from app.imports.files import SheetName

# What a person chose for a word that stands in a column of codes: a code, or one of these.
NOTHING = "-"  # the cell says nothing
MOST_WORDS = 60  # different words of a column that a person is asked about


@dataclass(frozen=True)
class Plan:
    """What was said so far; `columns` are targets by the column's place, from 0.

    `words` are by target what each word means; `fixed` are codes for every row.
    """

    name: str
    sheets: tuple[SheetName, ...]
    sheet: int = 0
    heading: int = 1
    columns: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    day_time: str = ""  # for days without a time; empty: such rows are refused
    is_matched: bool = False  # the columns are, and the words are asked
    again: tuple[int, ...] = ()  # rows that are requests of their own, whatever holds their content

    @property
    def otherwise(self) -> time | None:
        """The time of a day without one."""
        return time.fromisoformat(self.day_time) if self.day_time else None

    def places(self, target: str) -> list[int]:
        """Return the columns that are this."""
        return [place for place, name in sorted(self.columns.items()) if name == target]

    def told(self) -> dict[str, object]:
        """Return it as JSON."""
        return asdict(self) | {"columns": {str(k): v for k, v in self.columns.items()}}


@dataclass(frozen=True)
class Survey:
    """What stands below the headings that were chosen, column by column.

    `words` are the different short texts of a column with how often each stands there, none where
    there are too many; `days` counts days without a time.
    """

    headings: tuple[str, ...]
    rows: int
    samples: tuple[tuple[str, ...], ...]
    words: tuple[Mapping[str, int], ...]
    days: tuple[int, ...]
    totals: int = 0  # lines that add up others, passed over

    def told(self) -> dict[str, object]:
        """Return it as JSON."""
        return asdict(self)


_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
_SURVEY: TypeAdapter[Survey] = TypeAdapter(Survey)


def plan_of(told: object) -> Plan:
    """Read what `Plan.told` wrote."""
    return _PLAN.validate_python(told)


def survey_of(told: object) -> Survey:
    """Read what `Survey.told` wrote."""
    return _SURVEY.validate_python(told)
