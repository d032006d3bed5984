"""The facts and the kinds of event as `docs/` tells them, made from their tables.

`python -m tests.facts_in_docs` writes them anew.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

from app.kit.settings import ROOT
from app.schemas.facts import FACTS, meanings
from app.takedowns import event_data
from app.takedowns.event_kinds import KINDS

PAGES = (ROOT / "docs/definitions.md", ROOT / "docs/spreadsheets.md")
PART = re.compile(
    r"(<!-- (?:facts|events): (\w+) -->)(.*?)(<!-- end of (?:facts|events) -->)", re.DOTALL
)
# The page on spreadsheets tells of these in lines of their own.
APART = {"case_ref", "category", "external_ref", "provider", "conditions"}
FIRST = {"case_ref", "external_ref"}


def table() -> str:
    """Return a line for each fact."""
    lines = [f"| `{name}` | {said} |" for name, said in meanings().items()]
    return "\n".join(["", "| fact | what it tells |", "|---|---|", *lines, ""])


def listed(apart: set[str]) -> str:
    """Return the names of the facts but for some."""
    return ", ".join(f"`{name}`" for name in FACTS if name not in apart)


def kinds() -> str:
    """Return a line for each kind of event."""
    lines = []
    for kind, one in KINDS.items():
        told = event_data.told_of(kind)
        kept = {field.name for field in fields(one.payload)}
        readable, sealed = (
            ", ".join(name for name in told if (name in kept) is is_kept)
            for is_kept in (True, False)
        )
        where = one.when.name.lower().replace("_", " ")
        where += ", also after the end" if one.may_follow_the_end else ""
        lines.append(f"| {kind} | {one.payload.__doc__} | {readable} | {sealed} | {where} |")
    head = "| kind | what it says | readable | sealed | where it may stand |"
    return "\n".join(["", head, "|---|---|---|---|---|", *lines, ""])


PARTS: Mapping[str, Callable[[], str]] = {
    "table": table,
    "kinds": kinds,
    "read": lambda: listed(APART),
    "written": lambda: listed(FIRST),
}


def page(path: Path) -> str:
    """Return a page with the facts as they are now."""
    return PART.sub(lambda found: found[1] + PARTS[found[2]]() + found[4], path.read_text("utf-8"))


if __name__ == "__main__":
    for one in PAGES:
        one.write_text(page(one), "utf-8")
