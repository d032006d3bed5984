"""A site's links made ready: path and parameters in, the values they name out.

Pure. Links are found by their first word, then by their second, then in the file's order.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from app.platforms import grammar
from app.platforms.parameters import encoded, value
from app.platforms.rules import Clock, CommentRule, Kind, LinkRule, Pattern, PlatformRules, Site

Fits: TypeAlias = Callable[[str], re.Match[str] | None]
Values: TypeAlias = dict[str, str | None]


class Link(NamedTuple):
    """One path of a link rule, compiled."""

    rule: LinkRule
    match: Fits
    required: tuple[tuple[str, str, Fits], ...]
    lowered: tuple[tuple[str, str], ...]
    decoded: tuple[str, Fits] | None
    template: str
    asked: tuple[str, ...]
    last: str
    clock: Clock | None

    def read(self, path: str, params: Mapping[str, str]) -> Values | None:
        """Values in a path and its raw parameters; None when this is another kind of link."""
        found = self.match(path)
        if found is None:
            return None
        values: Values = found.groupdict()
        for name, parameter, fits in self.required:
            text = value(params.get(parameter, "")).strip()
            if not fits(text):
                # A second "?" where "&" was meant is common in copied links.
                text = text.partition("?")[0]
                if not fits(text):
                    return None
            values[name] = text
        if self.decoded and not _decode(values, *self.decoded):
            return None
        for name, prefix in self.lowered:
            given = values[name]
            if given and not (prefix and given.startswith(prefix)):
                values[name] = given.lower()
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
    on: frozenset[Kind]
    parameters: tuple[str, ...]
    names: frozenset[str]
    fits: Fits
    decoded: Fits | None

    def read(self, kind: Kind | None, params: Mapping[str, str]) -> list[tuple[str, str]]:
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
    """A site's links by their first word, by their second, and the open ones."""

    first: Mapping[str, tuple[Link, ...]]
    second: Mapping[str, tuple[Link, ...]]
    others: tuple[Link, ...]

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


def links_of(site: Site, patterns: Mapping[str, Pattern]) -> Links:
    """All links of a site, compiled and sorted; reserved words lead to none but their own."""
    first: dict[str, tuple[Link, ...]] = {word.lower(): () for word in site.reserved}
    second: dict[str, tuple[Link, ...]] = defaultdict(tuple)
    others: tuple[Link, ...] = ()
    for rule in site.links:
        for path in rule.paths:
            link = _link(rule, path, patterns)
            for word in grammar.first_words(path):
                first[word] = (*first.get(word, ()), link)
            for word in grammar.second_words(path):
                second[word] += (link,)
            if grammar.is_open(path):
                others += (link,)
    return Links(first, {word: links + others for word, links in second.items()}, others)


def _link(rule: LinkRule, path: str, patterns: Mapping[str, Pattern]) -> Link:
    expressions = {name: pattern.match for name, pattern in patterns.items()}
    kinds = grammar.pattern_names(path) | {
        name: pattern or name
        for name, _, pattern in (text.partition(":") for text in rule.query.values())
    }
    template, asked = grammar.filler(rule.canonical) if rule.canonical else ("", ())
    content = patterns.get(kinds.get("id", ""))
    return Link(
        rule=rule,
        match=re.compile(grammar.expression(path, expressions)).fullmatch,
        required=tuple(
            (name, parameter, re.compile(expression).fullmatch)
            for name, parameter, expression in grammar.parameters(rule.query, expressions)
        ),
        lowered=tuple(
            (name, patterns[kind].unless_prefix)
            for name, kind in kinds.items()
            if kind in patterns and patterns[kind].lower
        ),
        decoded=_decoding(rule),
        template=template,
        asked=asked,
        last=content.last if content else "",
        clock=content.clock if content else None,
    )


def _decoding(rule: LinkRule) -> tuple[str, Fits] | None:
    if rule.decode is None:
        return None
    return rule.decode.group, re.compile(rule.decode.base64).fullmatch


def comments_of(rules: PlatformRules) -> tuple[Comment, ...]:
    """A platform's comment rules, compiled."""
    return tuple(_comment(rule, rules.patterns) for rule in rules.comments)


def _comment(rule: CommentRule, patterns: Mapping[str, Pattern]) -> Comment:
    path = f"{{id:{rule.pattern}}}"
    link = _link(LinkRule(paths=(path,), kind="comment"), path, patterns)
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
