"""The closed vocabularies, and what follows each: its labels, the contract, a page of codes.

`python -m tests.vocabularies` writes `docs/codes.md` anew.
"""

import ast
import importlib
import json
import re
from collections.abc import Iterator
from typing import Any

from app.imports.vocabularies import CellRule, RowRule
from app.kit import wording
from app.kit.languages import SOURCE, Language
from app.kit.settings import ROOT
from app.kit.vocabulary import Vocabulary
from app.metrics.vocabularies import Grouping
from app.platforms.template_files import TemplateFile
from app.platforms.vocabularies import FieldSource, LawMark, Mark, Region, SenderIdentity, Writing
from app.schemas.vocabularies import ChannelKind
from app.takedowns.vocabularies import InboxReason
from app.web.administration.audit_log import ACTIONS
from app.web.administration.first_steps import TITLES as FIRST_STEPS
from app.web.administration.tokens import MEANINGS
from app.web.help.entries import ENTRIES, TITLES
from app.web.shell.labels import TABLES
from tests.shipped_platforms import files
from tests.web.glossary import PAGE as GLOSSARY
from tests.web.translations import sentences, translated

PAGE = ROOT / "docs" / "codes.md"
BEGIN = "<!-- codes -->\n"
WHY = {InboxReason.FIELDS_MISSING: "%(num)s field is missing", **TABLES["why"]}
HELP = {word: entry.title for word, entry in ENTRIES.items()}
LABELS = {
    **TABLES, "why": WHY, "action": ACTIONS, "scope": MEANINGS,
    "help_word": HELP, "first_step": FIRST_STEPS, "help_group": TITLES,
}  # fmt: skip
# Lists of labels that are of no vocabulary of ours, or of one whose codes are true, false and none.
OF_PAGES = {
    "minor",
    "bulk",
    "absent",
    "fact",
    "report_ground",
    "report_table",
    "extortion",
    "severity",
    "import_column",
    "import_group",
    "key_figure",
    "own_quality",
}
# Stand in template files, or are read by machines only.
UNLABELLED = {
    FieldSource, LawMark, Mark, Region, SenderIdentity, Writing, ChannelKind,
    Grouping, CellRule, RowRule,
}  # fmt: skip
# Of calls or the command line alone, or told by a page in words of its own.
IN_OTHER_WORDS = {
    "bad_cursor", "idempotency_key_reused", "not_yours", "too_late_to_undo", "unknown_qualifier",
    "cell_of_one", "empty_heading", "host_name", "cell_count", "nul", "unknown_column",
    "column_twice", "long_line", "invalid_row",
}  # fmt: skip
# Where a code stands in what refuses: its place among the arguments.
REFUSING = {"Refused": 0, "Conflict": 0, "NotAllowedNow": 0, "PydanticCustomError": 0, "Fault": 1}
BELOW_THE_PAGES = (
    "accounts",
    "imports",
    "notices",
    "operations",
    "platforms",
    "schemas",
    "takedowns",
    "transparency",
    "web",
)
CODE = re.compile(r"[a-z][a-z_]*[a-z]")
PROOFS = ("proof", "verification")  # their findings are sentences


def every() -> list[type[Vocabulary]]:
    """Return all closed vocabularies, by name."""
    for path in (ROOT / "app").rglob("vocabularies.py"):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    ours = [one for one in Vocabulary.__subclasses__() if one.__module__.startswith("app.")]
    return sorted(ours, key=lambda one: one.__name__)


def labels_of(vocabulary: type[Vocabulary]) -> list[str]:
    """Return the names of the lists of labels that have exactly these codes."""
    return [name for name, labels in LABELS.items() if set(labels) == set(vocabulary)]


def refusals() -> set[str]:
    """Return every code that the code below the pages may refuse something with."""
    paths = [
        path
        for folder in BELOW_THE_PAGES
        for path in (ROOT / "app" / folder).rglob("*.py")
        if path.stem not in PROOFS
    ]
    calls = (
        call
        for path in paths
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    )
    given = (
        call.args[REFUSING[call.func.id]]
        for call in calls
        if call.func.id in REFUSING and len(call.args) > REFUSING[call.func.id]
    )
    values = [one.value for one in given if isinstance(one, ast.Constant)]
    return {value for value in values if isinstance(value, str) and CODE.fullmatch(value)}


def contract_lists() -> set[frozenset[str]]:
    """Return every closed list of codes that the contract names."""
    spec = json.loads((ROOT / "docs/openapi.json").read_text("utf-8"))
    return {
        frozenset(found) for found in _enums(spec) if all(isinstance(one, str) for one in found)
    }


def _enums(part: Any) -> Iterator[list[str]]:
    if isinstance(part, dict):
        if "enum" in part:
            yield part["enum"]
        part = [*part.values()]
    for inner in part if isinstance(part, list) else ():
        yield from _enums(inner)


def page() -> str:
    """Return the page of codes as it is now."""
    return f"{PAGE.read_text('utf-8').split(BEGIN)[0]}{BEGIN}{''.join(map(_section, every()))}"


def _section(vocabulary: type[Vocabulary]) -> str:
    doc = (vocabulary.__doc__ or "").split("\n")[0]
    found = labels_of(vocabulary)
    lines = [f"\n## {vocabulary.__name__}\n", f"{doc}\n"]
    if not found:
        lines.append(", ".join(f"`{code}`" for code in vocabulary) + ".")
        return "\n".join(lines) + "\n"
    known = [SOURCE, *wording.TRANSLATED]
    lines.append(f"| code | {' | '.join(one.own_name for one in known)} |")
    lines.append("|---" * (len(known) + 1) + "|")
    for code in vocabulary:
        text = LABELS[found[0]][code]
        said = [wording.say(wording.words_of(one), text) for one in known]
        lines.append(f"| `{code}` | {' | '.join(said)} |")
    return "\n".join(lines) + "\n"


def lacking(language: str) -> dict[str, int]:
    """Count what a language lacks, by where it should stand; empty where it lacks nothing."""
    found = {
        "the list of languages": not Language.has(language),
        "the label of the language": language not in TABLES["language"],
        "the contract": not any(language in codes for codes in contract_lists()),
        "platform_templates/texts": f"texts/{language}.yaml" not in files(),
        "platform_templates/replies": f"replies/{language}.yaml" not in files(),
        "texts in platform_templates": sum(language not in one for one in _localised()),
        "words of the pages": 0 if language == SOURCE else len(_untranslated(language)),
        "docs/glossary.md": _own_name(language) not in GLOSSARY.read_text("utf-8"),
    }
    return {name: int(count) for name, count in found.items() if count}


def _untranslated(language: str) -> set[Any]:
    if not Language.has(language):
        return set(sentences())
    done = {said for _, said, words in translated(Language(language)) if all(words)}
    return set(sentences()) - done


def _own_name(language: str) -> str:
    return Language(language).own_name if Language.has(language) else f"no {language}"


def _localised() -> Iterator[dict[str, str]]:
    """Give every text of the template files that stands there in several languages."""
    for name, text in files().items():
        yield from _by_language(TemplateFile(name, text).content)


def _by_language(node: Any) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        if SOURCE.value in node and isinstance(node[SOURCE.value], str):
            yield node
        node = [*node.values()]
    for inner in node if isinstance(node, list) else ():
        yield from _by_language(inner)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
