"""Figures flattened: the dotted paths of what an answer's rows say, and what stands at each.

Pure. The paths follow from the shape, so that they are there where no value is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from types import UnionType
from typing import Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from app.kit.cells import Value
from app.metrics.figures import SHARE_BY_HOURS

Json = Mapping[str, object]


def paths_of(shape: type, rows: Sequence[Json]) -> list[str]:
    """Return the paths of a shape, what names a row first; a list has as many as it is long."""
    return list(_paths(shape, rows))


def at(row: Json, path: str) -> Value:
    """Return what stands at a path; None where the path ends before."""
    found: object = row
    for step in path.split("."):
        if isinstance(found, Mapping):
            found = found[step]
        elif isinstance(found, Sequence) and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return cast(Value, found)


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
        lists = (at(row, before) for row in rows)
        for place in range(
            max((len(one) for one in lists if isinstance(one, Sequence)), default=0)
        ):
            yield from _paths(within[0], rows, f"{before}.{place}")
    elif origin is tuple or (isinstance(kind, type) and issubclass(kind, tuple)):
        yield from (f"{before}.0", f"{before}.1")
    else:
        yield before


def _is_shape(kind: object) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, BaseModel))
