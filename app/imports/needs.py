"""What a sheet still lacks before its rows can be imported: told before anybody has it checked.

Pure.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.imports.import_columns import ANSWERED, ASKED, DECIDED, QUESTION, RECEIPT, STEPS, SUBMITTED
from app.imports.targets import KINDS, NEEDED, TIME, Kind

# What may hold for all rows, where no column says it.
FIXED = ("category", "explanation")
# What a column says nothing without, or is refused without.
GOES_WITH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SUBMITTED: ("explanation",),
        RECEIPT: (SUBMITTED,),
        ANSWERED: (SUBMITTED,),
        ASKED: (SUBMITTED, QUESTION),
        DECIDED: (SUBMITTED, "outcome"),
        **{more: (step,) for step, told in STEPS.items() for more in told if more in KINDS},
        **{
            f"{name}{TIME}": (name,)
            for name, kind in KINDS.items()
            if kind is Kind.MOMENT and f"{name}{TIME}" in KINDS
        },
    }
)


class Lack(NamedTuple):
    """A column that is not chosen, and the chosen one that says nothing without it."""

    target: str
    of: str


def lacking(chosen: Collection[str], fixed: Collection[str]) -> list[str]:
    """Return what no row can be imported without, and nothing says."""
    return [name for name in NEEDED if name not in chosen and name not in fixed]


def alone(chosen: Collection[str], fixed: Collection[str]) -> list[Lack]:
    """Return what was chosen without what it goes with: its rows would be left out."""
    said = {*chosen, *fixed}
    return [
        Lack(target, name)
        for name, others in GOES_WITH.items()
        if name in chosen
        for target in others
        if target not in said
    ]
