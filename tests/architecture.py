"""The map in `docs/architecture.md`, made from the folders' own first lines.

`python -m tests.architecture` writes it anew.
"""

import ast
import tomllib
from pathlib import Path
from typing import Any

from app.kit.settings import ROOT

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- map -->\n", "<!-- end of map -->"


def contract(name: str) -> dict[str, Any]:
    """What pyproject.toml says under this name of who may import whom."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {one["name"]: one for one in config["tool"]["importlinter"]["contracts"]}[name]


def layers() -> list[list[str]]:
    """The layers of `app/` from the top, each with what stands side by side in it."""
    told = contract("Dependencies point down")["layers"]
    return [[name.strip(" ()") for name in layer.split("|")] for layer in told]


def purpose(path: Path) -> str:
    """What a folder or a module says it is for."""
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    return said.split("\n\n")[0].replace("\n", " ")


def table() -> str:
    """The map: a line for each part of `app/`, then for each menu entry of the pages."""
    lines = ["| in `app/` | what it is for |", "|---|---|"]
    for layer in layers():
        for name in layer:
            path = ROOT / "app" / name
            shown = f"{name}/" if path.is_dir() else f"{name}.py"
            lines.append(f"| `{shown}` | {purpose(path)} |")
    lines += ["", "| in `app/web/` | what it is for |", "|---|---|"]
    lines += [
        f"| `{path.name}/` | {purpose(path)} |"
        for path in sorted((ROOT / "app" / "web").iterdir())
        if (path / "__init__.py").exists()
    ]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page with the map as it is now."""
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
