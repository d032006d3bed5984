"""The facts as `docs/` tells them, made from the table of facts.

`python -m tests.facts_in_docs` writes them anew.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from app.kit.settings import ROOT
from app.schemas.facts import FACTS, meanings

PAGES = (ROOT / "docs/definitions.md", ROOT / "docs/spreadsheets.md")
PART = re.compile(r"(<!-- facts: (\w+) -->)(.*?)(<!-- end of facts -->)", re.DOTALL)
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


PARTS: Mapping[str, Callable[[], str]] = {
    "table": table,
    "read": lambda: listed(APART),
    "written": lambda: listed(FIRST),
}


def page(path: Path) -> str:
    """Return a page with the facts as they are now."""
    return PART.sub(lambda found: found[1] + PARTS[found[2]]() + found[4], path.read_text("utf-8"))


if __name__ == "__main__":
    for one in PAGES:
        one.write_text(page(one), "utf-8")
