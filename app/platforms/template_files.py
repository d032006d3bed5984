"""Template files as text: reading YAML, and faults that name file, line and mend.

Pure: texts in, plain values and faults out.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml import MappingNode, MarkedYAMLError, Node, SequenceNode, YAMLError

from app.platforms import yaml_files

Model = TypeVar("Model", bound=BaseModel)
Where = Sequence[str | int]

# Steps in an error's path that name a variant of a union, not a place in the file.
VARIANTS = frozenset({"literal['all']", "tuple[constrained-str, ...]"})


class FileFault(NamedTuple):
    """One thing wrong with a template file: where, which rule, what, and how to mend it."""

    file: str
    line: int
    code: str
    detail: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.detail}; {self.mend}"


class TemplateFile:
    """One file: its text, its plain content (None when unreadable), and where things stand."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.faults: list[FileFault] = []
        self.content: Mapping[str, object] | None = None
        self._text = text
        try:
            content = _plain(text)
        except YAMLError as problem:
            self.faults.append(_unreadable(name, problem))
            return
        if isinstance(content, dict):
            self.content = content
        else:
            self.report(
                (), "not_a_mapping", "the file holds no keys", mend="write `key: value` lines"
            )

    def report(self, where: Where, code: str, detail: str, *, mend: str) -> None:
        """Note a fault at a path such as ("channels", 0, "id")."""
        self.faults.append(FileFault(self.name, self.line(where), code, detail, mend))

    def line(self, where: Where) -> int:
        """Return the line of a path, or of the deepest part of it that exists."""
        node, line = _nodes(self._text), 0
        for step in where:
            if not isinstance(node, MappingNode | SequenceNode):
                continue  # a step that names a variant of a model, not a place in the file
            found = _below(node, step)
            if found is None:
                break
            line, node = found
        return line + 1

    def read_as(self, model: type[Model], content: object) -> Model | None:
        """Turn (a part of) the content into a model; None and faults where it does not fit."""
        try:
            return model.model_validate(content)
        except ValidationError as problems:
            for problem in _by_place(problems):
                where = problem["loc"]
                self.report(
                    where, problem["type"], _what(where, problem), mend=_mend(problem, model)
                )
            return None


@lru_cache(maxsize=64)
def _plain(text: str) -> object:
    # Most files stay the same from one look to the next.
    return yaml_files.plain(text)


@lru_cache(maxsize=64)
def _nodes(text: str) -> Node | None:
    return yaml_files.nodes(text)


def _below(node: MappingNode | SequenceNode, step: str | int) -> tuple[int, Node] | None:
    """Return what stands under a key or at a place, and the line (from 0) on which it starts."""
    if isinstance(node, MappingNode):
        pairs = [(key, value) for key, value in node.value if key.value == str(step)]
        return (pairs[0][0].start_mark.line, pairs[0][1]) if pairs else None
    if isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def _unreadable(name: str, problem: YAMLError) -> FileFault:
    mark = problem.problem_mark if isinstance(problem, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 1
    if isinstance(problem, yaml_files.DuplicateKey):
        return FileFault(name, line, "duplicate_key", str(problem.problem), "keep one of the two")
    what = problem.problem if isinstance(problem, MarkedYAMLError) else str(problem)
    mend = "check quotes, colons and indentation on this line and the one above"
    return FileFault(name, line, "not_yaml", f"not readable as YAML: {what}", mend)


def _by_place(problems: ValidationError) -> Iterator[ErrorDetails]:
    """Give one problem per place, the innermost: a variant that does not fit is not the cause."""
    found = problems.errors(include_url=False, include_input=False)
    places = [tuple(step for step in problem["loc"] if step not in VARIANTS) for problem in found]
    for number, (place, problem) in enumerate(zip(places, found, strict=True)):
        inner = any(len(other) > len(place) and other[: len(place)] == place for other in places)
        if not inner and place not in places[:number]:
            yield problem


def _what(where: Where, problem: ErrorDetails) -> str:
    path = ".".join(str(step) for step in where if step not in VARIANTS)
    match problem["type"]:
        case "missing":
            return f"{path} is missing"
        case "extra_forbidden":
            return f"{path} is no known key"
        case "value_error":
            said = problem["msg"].removeprefix("Value error, ")
            return f"{path}: {said}" if path else said
        case _:
            return f"{path}: {problem['msg']}"


def _mend(problem: ErrorDetails, model: type[BaseModel]) -> str:
    last = problem["loc"][-1] if problem["loc"] else ""
    match problem["type"]:
        case "missing":
            return f"add `{last}:`"
        case "extra_forbidden" if len(problem["loc"]) == 1:
            known = [field.alias or name for name, field in model.model_fields.items()]
            return f"remove it, or use one of: {', '.join(known)}"
        case "extra_forbidden":
            return "remove it, or correct its spelling"
        case "value_error":
            return "correct it as said"
        case "date_from_datetime_parsing" | "date_type" | "date_parsing":
            return "write a day as YYYY-MM-DD, without quotes"
        case _:
            return "correct the value"
