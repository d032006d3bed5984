"""What the codes in a table's cells are called: by their column, which means one thing."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from app.kit.cells import Value
from app.kit.wording import say
from app.takedowns import platform_names
from app.web.shell import labels
from app.web.shell.request_context import Visit

Labels = Mapping[str, Mapping[str, str]]
NO_LABELS: Labels = MappingProxyType({})
# The list of labels (shell/labels.py) that the codes of a column are in.
KINDS: Mapping[str, str] = {
    "stage": "stage",
    "whose_turn": "turn",
    "next_step": "step",
    "basis": "basis",
    "bases": "basis",
    "ai_generated": "ai_generated",
    "person_is_minor": "minor",
    "language": "language",
    "languages": "language",
    "item_kinds": "kind",
    "item_states": "state",
    "item_outcomes": "outcome",
    "item_grounds": "ground",
    "kind": "kind",
    "stands": "stands",
    "complaint": "complaint",
    "clock": "clock",
    "figure": "key_figure",
    "verdict": "verdict",
    "band": "band",
    "severity": "severity",
    "role": "role",
    "method": "published_method",
}
Tell = Callable[[str, str], str]


def teller(
    visit: Visit, columns: Sequence[str] | Mapping[str, str], own: Labels
) -> Callable[[Sequence[Value]], list[Value]]:
    """Return what writes a row in the visitor's words; a code that is in no list stays one."""
    names = list(columns)
    tells = [_tell(visit, name, own) for name in names]
    platform = names.index("platform") if "platform" in names else None

    def told(row: Sequence[Value]) -> list[Value]:
        of = "" if platform is None else str(row[platform])
        return [
            value if tell is None else _words(value, tell, of)
            for value, tell in zip(row, tells, strict=True)
        ]

    return told


def _words(value: Value, tell: Tell, platform: str) -> Value:
    """Write a code, or each of several; what is no code stays as it is."""
    if isinstance(value, bool):
        return tell(str(value).lower(), platform)
    if isinstance(value, str):
        return tell(value, platform)
    if isinstance(value, Sequence):
        return "; ".join(tell(one, platform) if one else "–" for one in value)
    return value


def _tell(visit: Visit, column: str, own: Labels) -> Tell | None:
    """Return how the codes of a column are told, given the platform of their row."""
    catalogue, words, language = visit.workspace.catalogue, visit.words, visit.language

    special: dict[str, Tell] = {
        "category": lambda code, _: catalogue.category_name(code, language),
        "platform": lambda slug, _: platform_names.of_slug(words, catalogue, slug),
        "provider": lambda name, _: platform_names.named(words, name),
        "product": lambda code, slug: catalogue.product_name(slug, code, language),
        "channel": lambda code, slug: catalogue.channel_name(slug, code, language),
    }
    special |= {"categories": special["category"], "not_honoured_by": special["platform"]}
    found = special.get(column)
    table = {**labels.TABLES.get(KINDS.get(column, ""), {}), **own.get(column, {})}
    if found is None and not table:
        return None

    def told(code: str, slug: str) -> str:
        if code in table:
            return say(words, table[code])
        return found(code, slug) if found else code

    return cache(told)
