"""Figures as CSV: a line for each row, a column for each dotted path, blank for null."""

from collections.abc import Mapping, Sequence

from app.api.figure_shapes import Group
from app.kit import cells
from app.metrics import dotted_paths
from app.metrics.dotted_paths import Json
from app.metrics.numbers import CurveStep, PlatformBesideOthers

ROWS: Mapping[str, type] = {
    "groups": Group,
    "steps": CurveStep,
    "platforms": PlatformBesideOthers,
}
EXAMPLES = {
    "response_times": "key,label,takedowns,items,…\r\nx,X,12,30,…\r\n",
    "curve": "hours,share,ci.0,ci.1,…\r\n1.5,0.1,0.02,0.3,…\r\n",
    "comparison": "platform,takedowns,share_24h,…\r\nx,30,0.4,…\r\n",
}


def table(name: str, rows: Sequence[Json], frame: Json) -> str:
    """Write the rows of an answer, each with what was asked behind it."""
    of_shape = dotted_paths.paths_of(ROWS[name], rows)
    behind = [path for path in frame if path not in of_shape]
    asked = [dotted_paths.at(frame, path) for path in behind]
    lines = ([*(dotted_paths.at(row, path) for path in of_shape), *asked] for row in rows)
    return "".join(cells.table([*of_shape, *behind], lines))
