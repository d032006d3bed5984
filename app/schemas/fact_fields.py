"""Facts as fields of shapes: the table of facts gives them, so that no shape names a fact anew.

Pure.
"""

from collections.abc import Callable
from dataclasses import MISSING
from typing import Any, Optional, TypeVar

from pydantic import BaseModel, create_model

from app.schemas.facts import FACTS, Fact
from app.schemas.values import absent

S = TypeVar("S", bound=BaseModel)
# A field's type and default.
Field = tuple[object, object]


def with_facts(
    field: Callable[[Fact], Field], wanted: Callable[[Fact], bool] = bool
) -> Callable[[type[S]], type[S]]:
    """Add the facts that are wanted to a shape, each as the field that is made of it."""

    def added(shape: type[S]) -> type[S]:
        # A type with its rules is what typing has no type for.
        found: dict[str, Any] = {name: field(fact) for name, fact in FACTS.items() if wanted(fact)}
        return create_model(
            shape.__name__,
            __base__=shape,
            __module__=shape.__module__,
            __doc__=shape.__doc__,
            **found,
        )

    return added


def given(fact: Fact) -> Field:
    """Return a fact as anyone may give it: left out, it takes its default."""
    hint = fact.given or fact.hint
    if fact.is_settled:
        return Optional[hint], None  # noqa: UP045 - it is known only now
    default = list(fact.default) if isinstance(fact.default, tuple) else fact.default
    return hint, ... if default is MISSING else default


def changed(fact: Fact) -> Field:
    """Return a fact as a change names it: left out, it stays; null takes it back where it may."""
    hint = fact.given or fact.hint
    if fact.may_be_unknown or fact.is_clearable:
        return Optional[hint], None  # noqa: UP045 - it is known only now
    return hint, absent()
