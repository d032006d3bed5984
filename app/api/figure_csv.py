"""Figures as CSV: a line for each row, a column for each dotted path of its JSON, blank for null.

The columns follow from the shape, so that they are there where no value is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from app.api.figure_shapes import Group
from app.kit import cells
from app.metrics.figures import SHARE_BY_HOURS
from app.metrics.numbers import CurveStep, PlatformBesideOthers

Json = Mapping[str, Any]
Shape = type[Any]

ROWS: Mapping[str, Shape] = {
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
    of_shape = list(_paths(ROWS[name], rows))
    behind = [path for path in frame if path not in of_shape]
    lines = ([*(_at(row, path) for path in of_shape), *map(frame.get, behind)] for row in rows)
    return "".join(cells.table([*of_shape, *behind], lines))


def _paths(kind: object, rows: Sequence[Json], before: str = "") -> Iterator[str]:
    if _is_shape(kind):
        hints = get_type_hints(kind)
        first = sorted(hints, key=lambda one: one not in ("key", "label", "platform"))
        for name in first:
            yield from _paths(hints[name], rows, f"{before}.{name}" if before else name)
        return
    origin, within = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        [known] = [one for one in within if one is not type(None)]
        yield from _paths(known, rows, before)
    elif origin is dict:
        for hours in SHARE_BY_HOURS:
            yield from _paths(within[1], rows, f"{before}.{hours}")
    elif origin is list:
        for place in range(max((len(_at(row, before)) for row in rows), default=0)):
            yield from _paths(within[0], rows, f"{before}.{place}")
    elif origin is tuple or (isinstance(kind, type) and issubclass(kind, tuple)):
        yield from (f"{before}.0", f"{before}.1")
    else:
        yield before


def _is_shape(kind: object) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, BaseModel))


def _at(row: Any, path: str) -> Any:
    for step in path.split("."):
        if row is None:
            return None
        if isinstance(row, Mapping):
            row = row[step]
        else:
            row = row[int(step)] if int(step) < len(row) else None
    return row
