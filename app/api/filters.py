"""Filters that name something known: what nobody knows is refused, never answered with nothing."""

from collections.abc import Collection, Iterable, Mapping

from app.kit.errors import Fault, Refused
from app.notices.filling import Workspace


def refuse_unknown_codes(workspace: Workspace, asked: Mapping[str, str | None]) -> None:
    """Refuse a platform or category that the catalogue does not know; raises Refused."""
    known = {"platform": workspace.catalogue.platforms, "category": workspace.catalogue.categories}
    for name, code in asked.items():
        if code is not None:
            refuse_unknown(name, [code], known[name], is_named=True)


def refuse_unknown(
    name: str, asked: Iterable[str], known: Collection[str], *, is_named: bool = False
) -> None:
    """Refuse what is not among the known; `is_named`: say which those are."""
    if set(asked) <= set(known):
        return
    mend = f"choose from {', '.join(known)}" if is_named else f"nothing has such a {name}"
    code = f"unknown_{name}"
    raise Refused(code, mend, [Fault(f"/query/{name}", code, mend)])
