"""What a person said that the columns are, and what is needed still, while they say it."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from app.imports import needs
from app.imports.plan import Plan, Survey
from app.imports.targets import KINDS, NEEDED
from app.kit.errors import Fault
from app.kit.wording import N_
from app.web.imports import choices
from app.web.imports.samples import unpointed
from app.web.shell.request_context import Visit

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NeedShown(NamedTuple):
    """What is needed: its name, which columns of the file say it, and whether one may for all."""

    target: str
    name: str
    columns: Sequence[str]
    may_be_fixed: bool
    is_fixed: bool

    @property
    def is_missing(self) -> bool:
        """Tell whether nothing says it yet."""
        return not self.columns and not self.is_fixed


class Needs(NamedTuple):
    """What is needed, and the columns that say nothing without another: (name, its other)."""

    each: Sequence[NeedShown]
    alone: Sequence[tuple[str, str]]

    @property
    def is_met(self) -> bool:
        """Tell whether rows can be imported like this."""
        return not any(one.is_missing for one in self.each)


def letter(place: int) -> str:
    """Return a column's letters as a spreadsheet shows them."""
    before, last = divmod(place, len(LETTERS))
    return (LETTERS[before - 1] if before else "") + LETTERS[last]


def called(visit: Visit, survey: Survey, place: int) -> str:
    """Name a column as its spreadsheet shows it."""
    said = visit.words.gettext(N_("%(letter)s “%(heading)s”"))
    return said % {"letter": letter(place), "heading": unpointed(survey.headings[place])}


def columns(visit: Visit, survey: Survey) -> dict[int, str]:
    """Return what was chosen for each column."""
    chosen = ((at, visit.form.text(f"column-{at}")) for at in range(len(survey.headings)))
    return {place: target for place, target in chosen if target in KINDS}


def fixed(visit: Visit) -> dict[str, str]:
    """Return what was said for all rows."""
    code = visit.form.text("fixed-category")
    category = {"category": code} if code in dict(choices.of(visit, "category")) else {}
    explanation = visit.form.text("fixed-explanation").strip()
    return category | ({"explanation": explanation} if explanation else {})


def needed(visit: Visit, plan: Plan, survey: Survey) -> Needs:
    """Return what is needed, and where it is by now."""
    chosen = plan.columns.values()
    names = {name: choices.column_name(visit.words, name) for name in KINDS}
    each = [
        NeedShown(
            name,
            names[name],
            [called(visit, survey, at) for at in plan.places(name)],
            name in needs.FIXED,
            name in plan.fixed,
        )
        for name in NEEDED
    ]
    lacks = needs.alone(chosen, plan.fixed)
    return Needs(each, [(names[one.of], names[one.target]) for one in lacks])


def faults(chosen: Mapping[int, str], for_all: Collection[str]) -> list[Fault]:
    """Return what keeps the columns from being taken like this."""
    told = list(chosen.values())
    found = [
        Fault(f"/{'fixed-category' if name == 'category' else 'columns'}", f"no_column_{name}", "")
        for name in needs.lacking(told, for_all)
    ]
    for place, target in chosen.items():
        if target != "url" and told.count(target) > 1:
            found.append(Fault(f"/column-{place}", "column_chosen_twice", ""))
    return found
