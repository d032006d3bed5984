"""What a contract promises, line by line, and which promises another version of it breaks.

Pure. `python -m tests.api.promises > tests/data/promised.txt` renews them, with a release.
"""

import sys
from collections.abc import Iterator, Mapping, Set
from typing import Any

from app.api import application

Json = Mapping[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


def broken(old: Set[str], new: Set[str]) -> list[str]:
    """Return what an old caller would stumble over: promises gone, and needs that are new.

    A need that goes is a relief; one that comes with a new operation or shape meets nobody.
    """
    known = {line.split()[0] for line in old}
    gone = {line for line in old - new if not _is_need(line)}
    added = {line for line in new - old if _is_need(line) and line.split()[0] in known}
    return sorted(gone | added)


def of(spec: Json) -> set[str]:
    """Return the promises of a contract: of its operations, and of the shapes these name."""
    found = set[str]()
    shapes = spec["components"]["schemas"]
    taken = set[str]()
    for path, calls in spec["paths"].items():
        for method in METHODS:
            if method in calls:
                call = calls[method]
                found.add(f"{call['operationId']} is {method.upper()} {path}")
                found |= {*_asked(call, shapes), *_answered(call)}
                taken |= _named(call.get("requestBody", {}), shapes)
    for name, shape in shapes.items():
        word = "needs" if name in taken else "gives"
        ways = [set(_shaped(name, "", way, word)) for way in _kinds_of(shape, shapes)]
        always = set.intersection(*ways)
        found |= {line for way in ways for line in way if not _is(line, word) or line in always}
    return found


def _is_need(line: str) -> bool:
    return _is(line, "needs")


def _is(line: str, word: str) -> bool:
    return line.split()[1] == word


def _kinds_of(shape: Json, shapes: Json) -> list[Json]:
    """A shape itself, or those it is one of, as its discriminator tells them apart."""
    if "discriminator" not in shape:
        return [shape]
    return [shapes[way["$ref"].rpartition("/")[2]] for way in shape["oneOf"]]


def _asked(call: Json, shapes: Json) -> Iterator[str]:
    name = call["operationId"]
    for parameter in call.get("parameters", ()):
        place = f"/{parameter['in']}/{parameter['name']}"
        yield from _shaped(name, place, parameter["schema"], "needs")
        if "items" in parameter["schema"] and not parameter.get("explode", True):
            # With commas between them, one value is written as where there is no list.
            yield from _shaped(name, place, parameter["schema"]["items"], "needs")
        if parameter.get("required"):
            yield f"{name} needs {place}"
    for media_type, content in call.get("requestBody", {}).get("content", {}).items():
        yield from _shaped(name, f"/{media_type}", _chosen(content["schema"], shapes), "needs")


def _chosen(shape: Json, shapes: Json) -> Json:
    """What a name stands for that is only given to a choice of shapes."""
    named: Json = shapes.get(shape.get("$ref", "").rpartition("/")[2], shape)
    return shape if "properties" in named else named


def _answered(call: Json) -> Iterator[str]:
    name = call["operationId"]
    for status, answer in call["responses"].items():
        yield f"{name} answers {status}"
        for field in answer.get("headers", {}):
            yield f"{name} answers {status} with {field}"
        for media_type, content in answer.get("content", {}).items():
            yield from _shaped(name, f"/{status}/{media_type}", content["schema"], "gives")
            yield from (f"{name} answers {status} {code}" for code in content.get("examples", ()))


def _shaped(name: str, place: str, shape: Json, word: str) -> Iterator[str]:
    """Tell each place of a shape, what may stand there, and what must."""
    for way in _ways(shape):
        kind = way.get("$ref", "").rpartition("/")[2] or way.get("type", "anything")
        yield f"{name} has {place or '/'} {kind}"
        values = [way["const"]] if "const" in way else way.get("enum", ())
        yield from (f"{name} has {place or '/'} = {value}" for value in values)
        if "items" in way:
            yield from _shaped(name, f"{place}/*", way["items"], word)
        for field, part in way.get("properties", {}).items():
            yield from _shaped(name, f"{place}/{field}", part, word)
        yield from (f"{name} {word} {place}/{field}" for field in way.get("required", ()))


def _ways(shape: Json) -> Iterator[Json]:
    """The alternatives of a shape; rules laid over its own properties are none."""
    ways = [] if "properties" in shape else [*shape.get("anyOf", ()), *shape.get("oneOf", ())]
    for way in ways:
        yield from _ways(way)
    if not ways:
        yield shape


def _named(part: Any, shapes: Json) -> set[str]:
    """The shapes that a part of the contract names, and those that they name."""
    if isinstance(part, list):
        return set().union(*(_named(each, shapes) for each in part))
    if not isinstance(part, dict):
        return set()
    name = str(part.get("$ref", "")).rpartition("/")[2]
    own = {name} | _named(shapes[name], shapes) if name in shapes else set()
    return own.union(*(_named(each, shapes) for each in part.values()))


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in sorted(of(application.build().openapi()))))
