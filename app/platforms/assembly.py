"""From the texts of template files to platforms, categories and sentences that fit together.

Pure. Every fault that would break a notice is collected here, not only the first; what is
merely unwise is told by `checking`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from app.kit.languages import Language
from app.platforms import placeholders
from app.platforms.channels import FOUND, SECTIONS, ChannelSections
from app.platforms.phrases import BadPhrase, Parts, check
from app.platforms.platform import Head, Platform
from app.platforms.replies import OwnReplies, Replies
from app.platforms.rules import PlatformRules
from app.platforms.taxonomy import Taxonomy
from app.platforms.template_files import FileFault, TemplateFile, Where
from app.platforms.texts import Texts
from app.platforms.texts_of_a_platform import FIXED
from app.platforms.vocabularies import ContentKind, FieldSource

TAXONOMY = "taxonomy.yaml"
HEAD = frozenset(Head.model_fields)
RULES = frozenset(PlatformRules.model_fields)
OWN_REPLIES = "replies"
FOLDERS = ("texts", "replies")  # a file for each language; without `replies`, none are read


@dataclass
class Assembled:
    """What could be read, and every file with its faults."""

    files: dict[str, TemplateFile]
    taxonomy: Taxonomy | None = None
    texts: dict[Language, Texts] = field(default_factory=dict)
    replies: dict[Language, Replies] = field(default_factory=dict)
    platforms: dict[str, Platform] = field(default_factory=dict)

    @property
    def faults(self) -> list[FileFault]:
        """Return all faults by file and line."""
        return sorted(fault for file in self.files.values() for fault in file.faults)

    def file_of(self, platform: Platform) -> TemplateFile:
        """Return the file a platform came from."""
        return self.files[f"{platform.slug}.yaml"]


def assemble(files: Mapping[str, str]) -> Assembled:
    """Read all files; what does not fit is left out and reported."""
    found = Assembled({name: TemplateFile(name, text) for name, text in sorted(files.items())})
    for name, file in found.files.items():
        if file.content is None:
            continue
        match PurePosixPath(name).parts:
            case ("texts", _):
                _read_texts(found, file, file.content)
            case ("replies", _):
                _read_replies(found, file, file.content)
            case (only,) if only == TAXONOMY:
                found.taxonomy = file.read_as(Taxonomy, file.content)
            case _:
                _read_platform(found, file, file.content)
    _report_absent_files(found)
    if found.taxonomy is not None:
        _check_taxonomy(found.files[TAXONOMY], found.taxonomy)
        codes = frozenset(found.taxonomy.by_code)
        for language, texts in found.texts.items():
            _check_texts(found.files[f"texts/{language}.yaml"], texts, codes)
        for platform in found.platforms.values():
            _check_channels(found.file_of(platform), platform.dealings, codes)
            _check_own_texts(found, platform, codes)
    for platform in found.platforms.values():
        _check_own_replies(found, platform)
    return found


def _read_texts(found: Assembled, file: TemplateFile, content: Mapping[str, object]) -> None:
    texts = file.read_as(Texts, content)
    if texts is not None and _is_named(file, f"texts/{texts.language}.yaml", "language"):
        found.texts[texts.language] = texts


def _read_replies(found: Assembled, file: TemplateFile, content: Mapping[str, object]) -> None:
    replies = file.read_as(Replies, content)
    if (
        replies is not None
        and _is_named(file, f"replies/{replies.language}.yaml", "language")
        and _phrases_fit(file, replies)
    ):
        found.replies[replies.language] = replies


def _is_named(file: TemplateFile, name: str, key: str) -> bool:
    """Report a file whose name is not what one of its keys says."""
    if file.name != name:
        detail, mend = f"{key} and file name differ", f"name the file {name}"
        file.report((key,), "name_mismatch", detail, mend=mend)
    return file.name == name


def _phrases_fit(file: TemplateFile, replies: Replies) -> bool:
    """Report each phrase that could never be found."""
    try:
        shared = replies.shared
    except BadPhrase as problem:
        file.report(("parts",), "bad_phrase", f"a part {problem}", mend="correct it as said")
        return False
    for where, phrase in replies.phrases():
        _report_bad_phrase(file, where, phrase, shared=shared)
    return not file.faults


def _read_platform(found: Assembled, file: TemplateFile, content: Mapping[str, object]) -> None:
    known = HEAD | SECTIONS | RULES | {OWN_REPLIES}
    for key in content:
        if key not in known:
            mend = f"remove it, or use one of: {', '.join(sorted(known))}"
            file.report((key,), "extra_forbidden", f"{key} is no known key", mend=mend)
    head = file.read_as(Head, _part(content, HEAD))
    dealings = file.read_as(ChannelSections, _part(content, SECTIONS))
    rules = file.read_as(PlatformRules, _part(content, RULES))
    replies = file.read_as(OwnReplies, content.get(OWN_REPLIES, {}))
    if head is None or dealings is None or rules is None or replies is None:
        return
    if not _is_named(file, f"{head.slug}.yaml", "slug"):
        return
    if head.provider is None and rules.any_host is None:
        mend = "name the legal entity; only what stands for any other website has none"
        file.report(("provider",), "no_provider", "provider is empty", mend=mend)
        return
    found.platforms[head.slug] = Platform(
        **head.model_dump(), dealings=dealings, rules=rules, replies=replies
    )


def _part(content: Mapping[str, object], keys: frozenset[str]) -> Mapping[str, object]:
    return {key: value for key, value in content.items() if key in keys}


def _report_absent_files(found: Assembled) -> None:
    needed = [TAXONOMY, *(f"texts/{language}.yaml" for language in Language)]
    for name in needed:
        if name not in found.files:
            file = found.files[name] = TemplateFile(name, "absent: true")
            file.report((), "missing_file", "the file is missing", mend="add it")


def _check_taxonomy(file: TemplateFile, taxonomy: Taxonomy) -> None:
    codes = [category.code for category in taxonomy.categories]
    report_repeated(file, ("categories",), codes, name="code")
    conditions = [condition.code for condition in taxonomy.conditions]
    report_repeated(file, ("conditions",), conditions, name="code")
    for number, category in enumerate(taxonomy.categories):
        for name in ("better", "when_ai"):
            if (code := getattr(category, name)) is not None:
                _report_unknown(file, ("categories", number, name), [code], known=codes)
        for at, reference in enumerate(category.law):
            if reference.act not in taxonomy.acts:
                where = ("categories", number, "law", at, "act")
                mend = f"add it under `acts`, or use one of: {', '.join(taxonomy.acts)}"
                file.report(where, "unknown_act", f"there is no act {reference.act}", mend=mend)
            if reference.condition is not None and reference.condition not in conditions:
                where = ("categories", number, "law", at, "condition")
                mend = f"add it under `conditions`, or use one of: {', '.join(conditions)}"
                detail = f"there is no condition {reference.condition}"
                file.report(where, "unknown_condition", detail, mend=mend)
    used = {code for category in taxonomy.categories for code in category.conditions}
    for number, code in enumerate(conditions):
        if code not in used:
            detail = f"no provision has the condition {code}"
            file.report(("conditions", number), "unused_condition", detail, mend="remove it")


def _check_texts(file: TemplateFile, texts: Texts, codes: frozenset[str]) -> None:
    needed: Mapping[Where, Iterable[str]] = {
        ("categories",): codes,
        ("fields",): FieldSource,
        ("values", "kinds"): ContentKind,
    }
    for where, keys in needed.items():
        given = texts.values.kinds if len(where) > 1 else getattr(texts, str(where[0]))
        for key in sorted(set(keys) - set(given)):
            name = ".".join(str(step) for step in (*where, key))
            file.report(where, "missing_text", f"{name} is missing", mend=f"add `{key}:`")
    _report_unknown(file, ("categories",), texts.categories, known=codes)
    _report_unknown(file, ("request", "categories"), texts.request.categories, known=codes)
    for path, sentence in texts.sentences():
        _report_unknown_variables(file, _indexed(path), path, sentence=sentence)


def _report_unknown_variables(
    file: TemplateFile, where: Where, path: tuple[str, ...], *, sentence: str
) -> None:
    allowed = placeholders.may_use(path)
    for variable in sorted(placeholders.used(sentence) - allowed):
        mend = f"use {_listed(allowed)}" if allowed else "write it out: no name may stand here"
        detail = f"{'.'.join(path)} uses the unknown variable {{{variable}}}"
        file.report(where, "unknown_variable", detail, mend=mend)


def _check_channels(file: TemplateFile, dealings: ChannelSections, codes: frozenset[str]) -> None:
    report_repeated(file, ("channels",), [channel.id for channel in dealings.channels], name="id")
    for number, channel in enumerate(dealings.channels):
        where: Where = ("channels", number)
        if channel.categories != "all":
            _report_unknown(file, (*where, "categories"), channel.categories, known=codes)
        _report_unknown(file, (*where, "words"), channel.words, known=codes)
        for name in sorted(channel.model_fields_set.intersection(FOUND)):
            detail = f"{name} is what people find, and no key of a file"
            file.report((*where, name), "extra_forbidden", detail, mend="remove it")
        ids = [form_field.id for form_field in channel.fields]
        report_repeated(file, (*where, "fields"), ids, name="id")
        for at, form_field in enumerate(channel.fields):
            asked_for = (*where, "fields", at, "categories")
            _report_unknown(file, asked_for, form_field.categories, known=codes)
            if form_field.label is None and not FieldSource.has(form_field.id):
                detail = f"field {form_field.id} has no label of its own and none in texts/"
                mend = f"add `label: {{{', '.join(f'{one}: ...' for one in Language)}}}`"
                file.report((*where, "fields", at), "missing_label", detail, mend=mend)
    _report_unknown(file, ("words",), dealings.words, known=codes)
    _report_unknown(file, ("targets", "categories"), dealings.targets.categories, known=codes)
    for number, published in enumerate(dealings.published):
        if published.category is not None:
            where = ("published", number, "category")
            _report_unknown(file, where, [published.category], known=codes)


def _check_own_texts(found: Assembled, platform: Platform, codes: frozenset[str]) -> None:
    file = found.file_of(platform)
    channels = [channel.id for channel in platform.channels]
    known = {path for texts in found.texts.values() for path, _ in texts.sentences()}
    for number, text in enumerate(platform.dealings.texts):
        where: Where = ("texts", number)
        if text.path not in known or text.path[0] in FIXED:
            problem = "is the same for all platforms" if text.path in known else "does not exist"
            mend = "name a sentence of texts/<language>.yaml, such as request.default"
            detail = f"the sentence {text.sentence} {problem}"
            file.report((*where, "sentence"), "unknown_sentence", detail, mend=mend)
            continue
        _report_unknown(file, (*where, "categories"), text.categories, known=codes)
        for channel in text.channels:
            if channel not in channels:
                mend = f"use one of: {', '.join(channels)}"
                detail = f"there is no channel {channel}"
                file.report((*where, "channels"), "unknown_channel", detail, mend=mend)
        for language in Language:
            _report_unknown_variables(
                file, (*where, language), text.path, sentence=text.said[language]
            )


def _check_own_replies(found: Assembled, platform: Platform) -> None:
    file = found.file_of(platform)
    for language, replies in found.replies.items():
        for outcome, phrases in platform.replies.to(replies.language).items():
            for number, phrase in enumerate(phrases):
                where: Where = (OWN_REPLIES, language, outcome, number)
                _report_bad_phrase(file, where, phrase, shared=replies.shared)


def _report_bad_phrase(file: TemplateFile, where: Where, phrase: str, *, shared: Parts) -> None:
    try:
        check(phrase, shared)
    except BadPhrase as problem:
        detail = f"{'.'.join(map(str, where))} {problem}"
        file.report(where, "bad_phrase", detail, mend="correct it as said")


def _report_unknown(
    file: TemplateFile, where: Where, given: Iterable[str], *, known: Iterable[str]
) -> None:
    for code in given:
        if code not in known:
            mend = f"use one of: {', '.join(sorted(known))}"
            file.report(
                (*where, code), "unknown_category", f"there is no category {code}", mend=mend
            )


def report_repeated(file: TemplateFile, where: Where, values: Sequence[str], *, name: str) -> None:
    """Report each value of a list that an earlier entry of the list has taken."""
    for number, value in enumerate(values):
        if value in values[:number]:
            detail = f"the {name} {value} is used twice"
            file.report((*where, number), "duplicate_id", detail, mend="give each its own")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _indexed(path: Sequence[str]) -> Where:
    return [int(step) if step.isdigit() else step for step in path]
