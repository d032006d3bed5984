"""Static files: one folder, and one stylesheet of one file a component; browsers keep them a year.

The address of all changes with any of them, so that a script imports its neighbour, and a
stylesheet its fonts, by name alone, and no browser mixes two releases.
"""

import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parents[1] / "static"
# One file a component, in the order of the cascade.
STYLES = Path(__file__).parent / "styles"
COMPONENTS = (
    "tokens", "elements", "page", "text", "badge", "button", "field", "error_summary", "filters",
    "card", "table", "kpi", "tabs", "disclosure", "notice", "doubts", "takedown", "flash",
    "dialog", "chart", "progress", "print",
)  # fmt: skip
FILES: Mapping[str, bytes] = MappingProxyType(
    {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }
    | {"style.css": b"\n".join((STYLES / f"{name}.css").read_bytes() for name in COMPONENTS)}
)
PREFIX = f"/static/{hashlib.sha256(repr(dict(FILES)).encode()).hexdigest()[:12]}"
ROUTE = PREFIX + "/{name:path}"
_YEAR = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    """Return the address of a file of ours."""
    return f"{PREFIX}/{name}"


async def serve(request: Request) -> Response:
    """Answer with a file; what is not there is not kept."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    kind, _ = mimetypes.guess_type(name)
    return Response(FILES[name], media_type=kind, headers={"Cache-Control": _YEAR})
