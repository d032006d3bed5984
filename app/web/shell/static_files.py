"""Static files: one folder, one stylesheet of one file a component, kept by browsers for a year.

The address of all changes with any of them, so that a script imports its neighbour, and a
stylesheet its fonts, by name alone, and no browser mixes two releases.
"""

import hashlib
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parents[1] / "static"
# One file a component, in the order of the cascade.
STYLES = Path(__file__).parent / "styles"
COMPONENTS = (
    "tokens", "elements", "page", "text", "badge", "button", "field", "error_summary", "filters",
    "card", "table", "kpi", "tabs", "disclosure", "notice", "doubts", "takedown", "flash",
    "dialog", "chart", "print",
)  # fmt: skip
STYLESHEET = b"\n".join((STYLES / f"{name}.css").read_bytes() for name in COMPONENTS)
_YEAR = "public, max-age=31536000, immutable"


def _fingerprint() -> str:
    seen = hashlib.sha256(STYLESHEET)
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            seen.update(path.relative_to(FOLDER).as_posix().encode() + path.read_bytes())
    return seen.hexdigest()[:12]


PREFIX = f"/static/{_fingerprint()}"


def address(name: str) -> str:
    """Return the address of a file of ours."""
    return f"{PREFIX}/{name}"


class Kept(StaticFiles):
    """The files, and the stylesheet as if it were one of them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file; what is not there is not kept."""
        if path == "style.css":
            answer = Response(STYLESHEET, media_type="text/css")
        else:
            answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = _YEAR
        return answer
