"""The facts of a takedown on their way through the timeline, and what contradicts them.

Pure: plain values in, plain values out.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from app.kit.clock import moment, stamp
from app.kit.errors import Fault, Refused
from app.platforms.leaks import Leak, leaks
from app.schemas.facts import FACTS, Plain, Value

# The platform that stands for every website we do not know.
OTHER = "other"
# What a provider nobody named goes by in figures and filters.
UNKNOWN = "unknown"
_KINDS = {name: fact.kind for name, fact in FACTS.items()}  # sorted out once: read for every event


def read(plain: Mapping[str, Plain]) -> dict[str, Value]:
    """Turn facts of the timeline back into values."""
    return {name: _value(_KINDS[name], value) for name, value in plain.items() if name in _KINDS}


def moment_of(plain: Mapping[str, Plain], name: str) -> datetime | None:
    """Return a moment among the facts of the timeline, where it is known."""
    text = plain.get(name)
    return moment(text) if text and isinstance(text, str) else None


def plain(values: Mapping[str, Value]) -> dict[str, Plain]:
    """Turn values into facts of the timeline: JSON values, times as text."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Value) -> Plain:
    if isinstance(value, datetime):
        return stamp(value)
    return list(value) if isinstance(value, tuple) else value


def _value(kind: type, value: Plain) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and kind is datetime:
        return moment(value)
    return kind(value) if isinstance(value, str) and issubclass(kind, str) else value


def confirmed(known: Sequence[str], category: str, told: Sequence[str]) -> tuple[str, ...]:
    """Return the confirmed conditions in the category's order; raises Refused on any other."""
    unknown = [place for place, code in enumerate(told) if code not in known]
    if unknown:
        mend = (
            f"use one of: {', '.join(known)}" if known else "leave it out: this category has none"
        )
        raise Refused(
            "unknown_condition",
            f"{category} knows no such condition; {mend}",
            [Fault(f"/conditions/{place}", "unknown_condition", mend) for place in unknown],
        )
    return tuple(code for code in known if code in told)


def refuse_contradiction(
    category: str, concerns_minor: bool | None, person_is_minor: bool | None, *, better: str | None
) -> None:
    """Refuse a category that says the opposite of the person's age, naming the better one."""
    if concerns_minor is None or person_is_minor is None or concerns_minor == person_is_minor:
        return
    mend = f"use the category {better}" if better else "choose another category"
    age = "a minor" if person_is_minor else "an adult"
    raise Refused(
        "contradictory_facts",
        f"the category {category} cannot concern {age}; {mend}",
        [Fault("/category", "contradictory_facts", mend)],
    )


_MENDS = {
    Leak.HOST: "give a name, without any host or address; or leave it out",
    Leak.PERSONAL_DATA: "give the name alone, without anybody's data; or leave it out",
}


def refuse_provider(platform: str, provider: str | None, host_endings: Set[str]) -> None:
    """Only of any other website does a person say who runs it, and never where it is."""
    if provider is None:
        return
    if platform != OTHER:
        code, mend = "provider_known", "leave it out: the catalogue says who runs the platform"
        raise Refused(code, mend, [Fault("/provider", code, mend)])
    if (leak := next(leaks(provider, host_endings), None)) is not None:
        code, mend = "names_a_host" if leak == Leak.HOST else "invalid_request", _MENDS[leak]
        raise Refused(code, mend, [Fault("/provider", leak, mend)])
