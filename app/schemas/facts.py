"""The table of facts: whatever carries a fact of a takedown derives from its line here.

Pure. Columns (`takedowns/models.py`), shapes (`schemas/shapes.py`, `api/shapes.py`), lists and
spreadsheets (`takedowns/list_columns.py`), forms (`web/intake`, `web/takedown`): none names them
anew.
"""

import ast
import inspect
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from functools import cache
from itertools import pairwise
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import Field

from app.kit.languages import SOURCE, Language
from app.schemas.values import Code, Moment, Ref, Short
from app.schemas.vocabularies import AiGenerated, Basis

Value = str | bool | datetime | tuple[str, ...] | None
# Facts and texts as somebody gave them: JSON that a shape has checked.
Given = Mapping[str, Any]
# As the timeline keeps it.
Plain = str | bool | list[str] | None


class Fact(NamedTuple):
    """A line of the table: what is to be known of a fact.

    `size` is that of its column, where it is text. `given` is how it comes in, where it comes
    otherwise than it is kept.
    """

    size: int | None = None
    given: object = None
    is_asked: bool = False  # on the page of a new request
    is_settled: bool = False  # from category and bases, where nobody says it
    is_clearable: bool = False  # null takes back what was said, though it is never unknown
    is_past: bool = False  # may not lie in the future
    is_correctable: bool = False  # after the submission
    is_apart: bool = False  # asked on a form of its own, not among the others
    # These are its field's.
    name: str = ""
    hint: object = None  # with the rules for what comes in
    default: object = MISSING

    @property
    def kind(self) -> type:
        """Its plain type, without rules and None."""
        return _bare(self.hint)

    @property
    def may_be_unknown(self) -> bool:
        """Tell whether it may be None."""
        return NoneType in get_args(self.hint)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of a takedown but for its texts and items (docs/definitions.md section 2)."""

    case_ref: Annotated[Ref, Fact(64, is_asked=True, is_correctable=True)]
    """The hotline's own file. Never a name."""
    external_ref: Annotated[Ref | None, Fact(64, is_asked=True)] = None
    """The case system's own id, unique for each platform, product and site."""
    provider: Annotated[Short | None, Fact(200, is_apart=True)] = None
    """The legal entity that runs it; null where nobody said."""
    category: Annotated[Code, Fact(40, is_asked=True)]
    """What is wrong with the content; `GET /categories` lists the codes."""
    ai_generated: Annotated[AiGenerated, Fact(10, is_asked=True, is_correctable=True)] = (
        AiGenerated.UNKNOWN
    )
    """Whether it was made or changed by AI; where unknown, what the category says."""
    sexual_extortion: Annotated[bool, Fact(is_settled=True, is_clearable=True)] = False
    """Whether somebody is being extorted; null for what the category says."""
    person_is_minor: Annotated[bool | None, Fact(is_asked=True, is_correctable=True)] = None
    """Whether the person shown is under age; where unknown, what the category says, else null."""
    urgent: Annotated[bool, Fact(is_asked=True, is_correctable=True)] = False
    """Somebody is in danger or the clock of a threat runs."""
    deadline_at: Annotated[Moment | None, Fact(is_asked=True, is_correctable=True)] = None
    """When a threat comes true; may lie ahead."""
    reported_at: Annotated[
        Moment | None, Fact(is_asked=True, is_past=True, is_correctable=True)
    ] = None
    """When the public report reached the hotline, if known."""
    court_order: Annotated[bool, Fact(is_asked=True, is_correctable=True)] = False
    """A court ordered the removal; it is never credited to the notice."""
    language: Annotated[Language, Fact(2, is_asked=True)] = SOURCE
    """The language of the notice."""
    basis: Annotated[Basis, Fact(20, is_settled=True)]
    """Why the platform should listen; null or left out stands for the basis held by default."""
    channel: Annotated[Code | None, Fact(40)] = None
    """The way the notice goes; `GET /platforms` lists them. Null leaves the choice to us."""
    include_identity: Annotated[bool | None, Fact()] = None
    """Whether the notice says who we are; null for what the category says."""
    authorised_by_person: Annotated[bool, Fact(is_asked=True)] = False
    """The person shown gave a mandate; the TAKE IT DOWN Act asks it."""
    conditions: Annotated[
        tuple[Code, ...], Fact(given=Annotated[list[Code], Field(max_length=20)], is_asked=True)
    ] = ()
    """Codes of conditions of the category that were confirmed."""

    def by_name(self) -> dict[str, Value]:
        """Return each fact by its name."""
        return {name: getattr(self, name) for name in FACTS}


def _line(name: str, hint: object, default: object) -> Fact:
    kept, *rules = get_args(hint)
    [fact] = [rule for rule in rules if isinstance(rule, Fact)]
    others = tuple(rule for rule in rules if rule is not fact)
    own = Annotated[(kept, *others)] if others else kept
    return fact._replace(name=name, hint=own, default=default)


def _bare(hint: object) -> type:
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return _bare(next(part for part in get_args(hint) if part is not NoneType))
    found = get_origin(hint) or hint
    assert isinstance(found, type)  # noqa: S101 - the table holds no other
    return found


_HINTS = get_type_hints(Facts, include_extras=True)
FACTS: Mapping[str, Fact] = MappingProxyType(
    {one.name: _line(one.name, _HINTS[one.name], one.default) for one in fields(Facts)}
)


@cache
def meanings() -> Mapping[str, str]:
    """Return what each fact means: the sentence below its field."""
    [table] = ast.parse(inspect.getsource(Facts)).body
    assert isinstance(table, ast.ClassDef)  # noqa: S101 - it is one
    return {
        field.target.id: said.value.value
        for field, said in pairwise(table.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    }


def past(told: Mapping[str, object]) -> dict[str, datetime]:
    """Return of what is told the facts that may not lie in the future."""
    return {
        name: at
        for name, at in told.items()
        if isinstance(at, datetime) and name in FACTS and FACTS[name].is_past
    }
