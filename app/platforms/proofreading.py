"""The words of the template files: finished, dignified, nobody's data, and in step by language.

Pure: what was assembled in, faults noted at its files.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.kit import personal_data
from app.kit.languages import Language
from app.platforms import placeholders
from app.platforms.assembly import TAXONOMY, Assembled
from app.platforms.channels import SECTIONS
from app.platforms.platform import Head, Platform
from app.platforms.taxonomy import Discouraged
from app.platforms.template_files import TemplateFile, Where
from app.platforms.texts import Path
from app.platforms.vocabularies import ContentKind, FieldSource

BRACE = re.compile(r"[{}]")
# Addresses and expressions: no words.
NO_WORDS = frozenset({"to", "form_url", "pattern"})
# Where a discouraged term may stand: others' words, sources, and what people type.
OTHERS_WORDS = frozenset({"words", "discouraged", "synonyms", "source", "sources", "published"})
WORDED = SECTIONS | frozenset(Head.model_fields)


def proofread(found: Assembled) -> None:
    """Note every fault of wording at the file it stands in; files that do not fit are left out."""
    terms = found.taxonomy.discouraged if found.taxonomy else ()
    if found.taxonomy is not None:
        file = found.files[TAXONOMY]
        _read_strings(file, file.content or {}, terms)
    for language, texts in found.texts.items():
        file = found.files[f"texts/{language}.yaml"]
        for path, sentence in texts.sentences():
            _read_sentence(file, _indexed(path), path, sentence=sentence)
            _read_words(file, _indexed(path), sentence, terms=terms)
    for platform in found.platforms.values():
        file = found.file_of(platform)
        content = {key: value for key, value in (file.content or {}).items() if key in WORDED}
        _read_strings(file, content, terms)
        _read_own_texts(file, platform)
    if len(found.texts) == len(Language):
        _compare(found)


def discouraged_in(text: str, terms: Sequence[Discouraged]) -> Iterator[Discouraged]:
    """Give the discouraged terms a text holds, whatever their case."""
    lowered = text.casefold()
    return (term for term in terms if term.term.casefold() in lowered)


def _read_strings(file: TemplateFile, content: object, terms: Sequence[Discouraged]) -> None:
    for where, text in _strings(content, ()):
        if where[:1] != ("texts",) and _is_unfinished(text):
            _report_unfinished(file, where)
        _read_words(file, where, text, terms=() if OTHERS_WORDS & set(where) else terms)


def _read_words(
    file: TemplateFile, where: Where, text: str, *, terms: Sequence[Discouraged]
) -> None:
    for term in discouraged_in(text, terms):
        detail = f'the term "{term.term}" is discouraged'
        file.report(where, "discouraged_term", detail, mend=f'write "{term.use}"')
    for finding in personal_data.scan(text):
        detail = f"{_name(where)} seems to hold personal data ({finding.code})"
        mend = "take it out: templates are for every notice, and for everybody's eyes"
        file.report(where, "personal_data", detail, mend=mend)


def _read_sentence(file: TemplateFile, where: Where, path: Path, *, sentence: str) -> None:
    for name in sorted(placeholders.must_use(path) - placeholders.used(sentence)):
        detail = f"{_name(where)} does not say {{{name}}}"
        file.report(where, "missing_variable", detail, mend=f"put {{{name}}} into the sentence")
    if _is_unfinished(placeholders.PLACEHOLDER.sub("", sentence)):
        _report_unfinished(file, where)


def _read_own_texts(file: TemplateFile, platform: Platform) -> None:
    own = platform.dealings.texts
    for number, text in enumerate(own):
        for language, sentence in text.said.items():
            where: Where = ("texts", number, language)
            _read_sentence(file, where, text.path, sentence=sentence)
            _report_other_names(file, where, text.path, said=text.said, language=language)
        if any(text.overlaps(other) for other in own[:number]):
            detail = f"{text.sentence} has another text for the same notices"
            mend = "keep one, or tell them apart by `categories` or `channels`"
            file.report(("texts", number, "sentence"), "ambiguous_text", detail, mend=mend)


def _compare(found: Assembled) -> None:
    """Tell where the languages say a thing in one and not in another."""
    said = {language: dict(texts.sentences()) for language, texts in found.texts.items()}
    for language in Language:
        file = found.files[f"texts/{language}.yaml"]
        for path in _elsewhere(said, language):
            others = ", ".join(other for other in Language if path in said[other])
            detail = f"{'.'.join(path)} stands in {others} but not in {language}"
            file.report(path, "out_of_step", detail, mend="translate it here, or take it out there")
        for path in said[language]:
            each = {other: said[other][path] for other in said if path in said[other]}
            _report_other_names(file, _indexed(path), path, said=each, language=language)


def _elsewhere(said: Mapping[Language, Mapping[Path, str]], language: Language) -> list[Path]:
    """Return what another language says beside the texts that all must have."""
    needed: set[Path] = {("fields", source) for source in FieldSource}
    needed |= {("values", "kinds", kind) for kind in ContentKind}
    everywhere = dict.fromkeys(path for each in said.values() for path in each)
    return [
        path
        for path in everywhere
        if path not in said[language] and path not in needed and path[0] != "categories"
    ]


def _report_other_names(
    file: TemplateFile,
    where: Where,
    path: Path,
    *,
    said: Mapping[Language, str],
    language: Language,
) -> None:
    """Report a name that may stand in a sentence and does so in another language only."""
    used = {other: placeholders.used(sentence) for other, sentence in said.items()}
    optional = placeholders.may_use(path) - placeholders.must_use(path)
    for name in sorted(optional & frozenset[str]().union(*used.values()) - used[language]):
        others = ", ".join(other for other in used if name in used[other])
        detail = f"{_name(where)} does not say {{{name}}}, but {others} does"
        mend = f"put it into the sentence, or take it out of {others}"
        file.report(where, "out_of_step", detail, mend=mend)


def _report_unfinished(file: TemplateFile, where: Where) -> None:
    detail = f"{_name(where)} holds a leftover placeholder"
    file.report(where, "leftover_placeholder", detail, mend="finish it, or remove it")


def _is_unfinished(text: str) -> bool:
    return bool(placeholders.LEFTOVER.search(text) or BRACE.search(text))


def _strings(node: object, where: tuple[str | int, ...]) -> Iterator[tuple[Where, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in NO_WORDS:
                yield from _strings(value, (*where, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _strings(value, (*where, number))
    elif isinstance(node, str):
        yield where, node


def _name(where: Where) -> str:
    return ".".join(str(step) for step in where)


def _indexed(path: Path) -> Where:
    return [int(step) if step.isdigit() else step for step in path]
