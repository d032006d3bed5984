"""A site's links made ready: path and parameters in, the values they name out.

Pure. Links are found by their first word, then by their second, then in the file's order.
"""

import base64
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from app.platforms import grammar, identity
from app.platforms.parameters import encoded, value
from app.platforms.rules import Clock, CommentRule, LinkRule, Pattern, PlatformRules
from app.platforms.vocabularies import ContentKind, LinkWarning

_NAMED = re.compile(r"\(\?P<\w+>")

Fits: TypeAlias = Callable[[str], re.Match[str] | None]
Values: TypeAlias = dict[str, str | None]


class Link(NamedTuple):
    """One path of a link rule, compiled."""

    rule: LinkRule
    match: Fits
    required: tuple[tuple[str, Fits], ...]
    lowered: tuple[tuple[str, str], ...]
    decoded: tuple[str, Fits] | None
    template: str
    asked: tuple[str, ...]
    space: str
    last: str
    clock: Clock | None

    def read(self, path: str, params: Mapping[str, str]) -> Values | None:
        """Values in a path and its raw parameters; None when this is another kind of link."""
        found = self.match(path)
        if found is None:
            return None
        values: Values = found.groupdict()
        for parameter, fits in self.required:
            text = value(params.get(parameter, "")).strip()
            # A second "?" where "&" was meant is common in copied links.
            inside = fits(text) or fits(text.partition("?")[0])
            if inside is None:
                return None
            values |= inside.groupdict()
        if self.decoded and not _decode(values, *self.decoded):
            return None
        for name, prefix in self.lowered:
            given = values[name]
            if given and not (prefix and given.startswith(prefix)):
                values[name] = lowered(given)
        if self.rule.account_is_id:
            values["account"] = values["id"]
        return values

    def written(self, path: str, values: Values, host: str, *, keeps_host: bool = False) -> str:
        """The canonical address of the values; without a template, the path as it stands."""
        if not self.template or (keeps_host and not self.template.startswith(grammar.SAME_HOST)):
            return f"https://{host}{self._path(path, values)}"
        for name in self.asked:
            values[f"?{name}"] = encoded(values[name] or "")
        values["host"] = host
        return self.template % values

    def _path(self, path: str, values: Values) -> str:
        found = self.match(path)
        for name, _ in self.lowered:
            if found and values[name]:
                path = path[: found.start(name)] + str(values[name]) + path[found.end(name) :]
        return path


class Comment(NamedTuple):
    """A comment rule, compiled; `link` is what the address then is."""

    link: Link
    on: frozenset[ContentKind]
    parameters: tuple[str, ...]
    names: frozenset[str]
    fits: Fits
    decoded: Fits | None

    def read(self, kind: ContentKind | None, params: Mapping[str, str]) -> list[tuple[str, str]]:
        """Parameters that name a comment on content of a kind, the most precise one last."""
        if kind not in self.on or self.names.isdisjoint(params):
            return []
        found = (
            (name, self._id(value(params[name]))) for name in self.parameters if name in params
        )
        return [(name, text) for name, text in found if text]

    def _id(self, text: str) -> str:
        if self.fits(text):
            return text
        found = self.decoded(from_base64(text)) if self.decoded else None
        return found["id"] if found else ""


class Links(NamedTuple):
    """A site's links by their first word, by their second, and the open ones; and their stems."""

    first: Mapping[str, tuple[Link, ...]]
    second: Mapping[str, tuple[Link, ...]]
    others: tuple[Link, ...]
    stem: Fits

    def candidates(self, path: str) -> tuple[Link, ...]:
        """Links that a path without a slash at its end may be, in the order to try them."""
        words = path.lower().split("/", 3)
        if len(words) > 1:
            found = self.first.get(words[1])
            if found is not None:
                return found
            if len(words) > 2:
                return self.second.get(words[2], self.others)
        return self.others

    def fitting(self, path: str, params: Mapping[str, str]) -> Iterator[tuple[Link, Values]]:
        """Links that an address is, each with its values, in the order to try them."""
        for link in self.candidates(path):
            values = link.read(path, params)
            if values is not None:
                yield link, values

    def is_begun(self, path: str, params: Mapping[str, str]) -> bool:
        """Whether an address that is none of the links would be one if its id were whole."""
        return self.stem(path) is not None or any(
            link.match(path) and any(params.get(name) for name, _ in link.required)
            for link in self.candidates(path)
        )


def links_of(
    rules: Sequence[LinkRule], patterns: Mapping[str, Pattern], reserved: Iterable[str] = ()
) -> Links:
    """All links of a site, compiled and sorted; reserved words lead to none but their own."""
    first: dict[str, tuple[Link, ...]] = {word.lower(): () for word in reserved}
    second: dict[str, tuple[Link, ...]] = defaultdict(tuple)
    others: tuple[Link, ...] = ()
    paths = [path for rule in rules for path in rule.paths]
    expressions = {name: pattern.match for name, pattern in patterns.items()}
    stems = {
        _NAMED.sub("(?:", grammar.expression(stem, expressions))
        for rule in rules
        if rule.kind is not None
        for path in rule.paths
        for stem in grammar.stems(path)
    }
    for rule in rules:
        for path in rule.paths:
            link = _link(rule, path, patterns, not_words=grammar.words_instead(path, paths))
            for word in grammar.first_words(path):
                first[word] = (*first.get(word, ()), link)
            for word in grammar.second_words(path):
                second[word] += (link,)
            if grammar.is_open(path):
                others += (link,)
    by_second = {word: links + others for word, links in second.items()}
    return Links(first, by_second, others, re.compile("|".join(sorted(stems)) or r"(?!)").fullmatch)


def _link(
    rule: LinkRule,
    path: str,
    patterns: Mapping[str, Pattern],
    *,
    not_words: Mapping[str, Iterable[str]],
) -> Link:
    expressions = {name: pattern.match for name, pattern in patterns.items()}
    kinds = _patterns_of(rule, path)
    template, asked = grammar.filler(rule.canonical) if rule.canonical else ("", ())
    content = patterns.get(kinds.get("id", ""))
    return Link(
        rule=rule,
        match=re.compile(grammar.expression(path, expressions, not_words)).fullmatch,
        required=tuple(
            (parameter, re.compile(grammar.expression(text, expressions)).fullmatch)
            for parameter, text in grammar.parameters(rule.query).items()
        ),
        lowered=tuple(
            (name, patterns[kind].unless_prefix)
            for name, kind in kinds.items()
            if kind in patterns and patterns[kind].lower
        ),
        decoded=_decoding(rule),
        template=template,
        asked=asked,
        space=space_of(rule),
        last=content.last if content else "",
        clock=content.clock if content else None,
    )


def space_of(rule: LinkRule) -> str:
    """Where the ids of a rule count."""
    is_short_link = LinkWarning.SHORT_LINK in rule.warnings
    return identity.space_of(rule.kind or "other", rule.unique_within, is_short_link=is_short_link)


def spaces_of(rules: PlatformRules) -> set[str]:
    """All spaces in which a platform gives numbers that tell content apart by themselves."""
    found = {space_of(rule) for site in rules.sites for rule in site.links if rule.kind}
    return (found | {"comment", "message"}) - {identity.ADDRESS, identity.ACCOUNT}


def usual_of(rules: PlatformRules) -> dict[str, tuple[Fits, ...]]:
    """How whole ids look in a platform's spaces, where its file says so."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for site in rules.sites:
        for rule in site.links:
            for path in rule.paths:
                pattern = rules.patterns.get(_patterns_of(rule, path).get("id", ""))
                if rule.kind and pattern and pattern.usual:
                    found[space_of(rule)][pattern.usual] = None
    return {
        space: tuple(re.compile(one).fullmatch for one in usual) for space, usual in found.items()
    }


def _patterns_of(rule: LinkRule, path: str) -> dict[str, str]:
    """Which pattern each value of a rule's path and query is written in."""
    found = grammar.pattern_names(path)
    for text in grammar.parameters(rule.query).values():
        found |= grammar.pattern_names(text)
    return found


def lowered(text: str) -> str:
    """A handle as it is compared: its letters composed and small."""
    return unicodedata.normalize("NFC", text).lower() if not text.isascii() else text.lower()


def _decoding(rule: LinkRule) -> tuple[str, Fits] | None:
    if rule.decode is None:
        return None
    return rule.decode.group, re.compile(rule.decode.base64).fullmatch


def comments_of(rules: PlatformRules) -> tuple[Comment, ...]:
    """A platform's comment rules, compiled."""
    return tuple(_comment(rule, rules.patterns) for rule in rules.comments)


def _comment(rule: CommentRule, patterns: Mapping[str, Pattern]) -> Comment:
    path = f"{{id:{rule.pattern}}}"
    link = _link(LinkRule(paths=(path,), kind="comment"), path, patterns, not_words={})
    decoded = re.compile(rule.decode).fullmatch if rule.decode else None
    names = frozenset(rule.parameters)
    return Comment(link, frozenset(rule.on), rule.parameters, names, link.match, decoded)


def _decode(values: Values, group: str, fits: Fits) -> bool:
    found = fits(from_base64(values.pop(group) or ""))
    if found:
        values |= found.groupdict()
    return found is not None


def from_base64(text: str) -> str:
    """Text written in base 64, either alphabet, padded or not; empty when it is not."""
    text = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
