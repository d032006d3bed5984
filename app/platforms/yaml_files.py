"""YAML 1.2 (core schema, and times) as plain values, and the nodes that know their lines.

PyYAML reads by the C library, ten times as fast as Python, but takes words for YAML 1.1: there
`no` is false and 1:30 is 90. So what a plain word means stands here.
"""

import re
from collections.abc import Hashable
from typing import ClassVar

import yaml
from yaml import MappingNode, Node, ScalarNode

MARK = "tag:yaml.org,2002:"
MEANINGS = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?",
    "merge": r"<<",
}


class DuplicateKey(yaml.MarkedYAMLError):  # type: ignore[misc] # PyYAML carries no types
    """A key that stands twice in one mapping."""


class Loader(yaml.CSafeLoader):  # type: ignore[misc] # PyYAML carries no types
    """A loader by whose resolvers a word is what YAML 1.2 says, and by which a key stands once."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_object(self, node: Node, deep: bool = False) -> object:
        """Make a value; raises yaml.YAMLError for what is none, as the 30th of February."""
        try:
            return super().construct_object(node, deep=deep)
        except (AttributeError, LookupError, ValueError):
            raise yaml.constructor.ConstructorError(
                problem="no such value", problem_mark=node.start_mark
            ) from None

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """Make a mapping; raises DuplicateKey."""
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value if isinstance(node, MappingNode) else ():
            if isinstance(key, ScalarNode):
                if (key.tag, key.value) in seen:
                    what = f'found duplicate key "{key.value}"'
                    raise DuplicateKey(problem=what, problem_mark=key.start_mark)
                seen.add((key.tag, key.value))
        return dict(super().construct_mapping(node, deep=deep))

    def construct_core_int(self, node: ScalarNode) -> int:
        """Make an integer: 012 is twelve, 0o17 is fifteen."""
        text = str(self.construct_scalar(node))
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


for _name, _pattern in MEANINGS.items():
    Loader.add_implicit_resolver(f"{MARK}{_name}", re.compile(f"(?:{_pattern})\\Z"), None)
Loader.add_constructor(f"{MARK}int", Loader.construct_core_int)


def plain(text: str) -> object:
    """Return what the one document of a text says; raises yaml.YAMLError."""
    # A subclass of the loader that makes nothing but plain values.
    return yaml.load(text, Loader)  # noqa: S506


def nodes(text: str) -> Node | None:
    """Return the root of the one document; raises yaml.YAMLError."""
    return yaml.compose(text, Loader)
