"""Filters that name something known: what nobody knows is refused, never answered with nothing."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from app.kit.errors import Fault, Refused, pointer
from app.notices.filling import Workspace

Asked = Mapping[str, str | list[str] | None]


def refuse_unknown_codes(workspace: Workspace, asked: Asked) -> None:
    """Refuse a platform or category that the catalogue does not know; raises Refused naming it."""
    known: Mapping[str, Collection[str]] = {
        "platform": workspace.catalogue.platforms,
        "category": workspace.catalogue.categories,
    }
    for name, codes in known.items():
        given = asked.get(name) or []
        places = [f"/query/{name}"] if isinstance(given, str) else _places(name, given)
        values = [given] if isinstance(given, str) else given
        wrong = [at for at, code in zip(places, values, strict=True) if code not in codes]
        if wrong:
            raise _unknown(name, wrong, f"choose from {', '.join(codes)}")


def refuse_unknown(name: str, asked: Iterable[str], known: Collection[str]) -> None:
    """Refuse what is not among the known, without saying which those are; raises Refused."""
    if not set(asked) <= set(known):
        raise _unknown(name, [f"/query/{name}"], f"nothing has such a {name}")


def refuse_backwards(first: date | None, end: date | None) -> None:
    """Refuse days that end before they begin; raises Refused."""
    if first and end and first > end:
        mend = "a day from `from` on"
        fault = Fault("/query/to", "ends_too_early", mend)
        raise Refused("invalid_request", "days run backwards", [fault])


def _places(name: str, given: list[str]) -> list[str]:
    return [pointer(["query", name, place]) for place in range(len(given))]


def _unknown(name: str, places: Iterable[str], mend: str) -> Refused:
    code = f"unknown_{name}"
    return Refused(code, mend, [Fault(place, code, mend) for place in places])
