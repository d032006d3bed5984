"""Addresses drawn from every path of every platform's file, with ids, parameters and fragments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from hypothesis import strategies as st

from app.platforms import grammar
from app.platforms.rules import LinkRule, PlatformRules, Site
from tests.shipped_platforms import shipped

_TOKEN = re.compile(r"\{(\w*)(?::(\w+))?\}")
_GROUP = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
# What a person's eye takes for one address: no signs that end it, no other letters.
ALPHABET = st.characters(
    codec="ascii", categories=["Lu", "Ll", "Nd"], include_characters="._-/:=+@"
)
WORD = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=5, max_size=9)
REST = st.lists(WORD, min_size=1, max_size=3).map("/".join)
MAIL = "jan.peeters@voorbeeld.example"

Place = tuple[PlatformRules, Site, LinkRule, str]


@dataclass(frozen=True)
class Drawn:
    """An address, the rule it was drawn from, and the values put into it."""

    url: str
    rules: PlatformRules
    rule: LinkRule
    values: Mapping[str, str]


@cache
def places() -> list[Place]:
    """Every path of every content rule of the shipped files, but for sites reported by hand."""
    return [
        (rules, site, rule, path)
        for rules in shipped().rules
        if rules.any_host is None
        for site in rules.sites
        for rule in site.links
        for path in rule.paths
        # What a base 64 value holds cannot be drawn from its pattern.
        if rule.kind is not None and rule.decode is None
    ]


@cache
def places_of(slug: str) -> list[Place]:
    """Those of one platform that have an id."""
    return [
        place
        for place in places()
        if place[0].slug == slug and ("{id" in place[3] or "id" in str(place[2].query))
    ]


@st.composite
def addresses(
    draw: st.DrawFn, at: st.SearchStrategy[Place] | None = None, given: Mapping[str, str] = {}
) -> Drawn:
    """One address; without `at`, of any rule. `given` values are taken where they fit."""
    where = st.sampled_from(places()) if at is None else at
    rules, site, rule, path = draw(where)
    values: dict[str, str] = {}

    def write(text: str) -> str:
        return _TOKEN.sub(lambda token: _value(draw, rules, token, values, given), text)

    host = _host(draw, site, values)
    url = f"https://{host}{write(_spelled(draw, path)).replace('*', '')}"
    query = {
        name: write(_spelled(draw, text)) for name, text in grammar.parameters(rule.query).items()
    }
    if query:
        url += "?" + "&".join(f"{name}={quote(text, safe='')}" for name, text in query.items())
    return Drawn(url, rules, rule, values)


def _host(draw: st.DrawFn, site: Site, values: dict[str, str]) -> str:
    host = draw(st.sampled_from([site.host, *site.aliases]))
    for name in sorted(grammar.placeholders(host)):
        values[name] = draw(st.sampled_from(site.tlds)) if name == "tld" else draw(WORD)
        host = host.replace(f"{{{name}}}", values[name])
    return host


def _spelled(draw: st.DrawFn, path: str) -> str:
    """One variant of a path: with or without what may be missing."""
    while group := _GROUP.search(path):
        choices = ["", group[1]] if group[1] is not None else group[2].split("|")
        path = path[: group.start()] + draw(st.sampled_from(choices)) + path[group.end() :]
    return path


def _value(
    draw: st.DrawFn,
    rules: PlatformRules,
    token: re.Match[str],
    values: dict[str, str],
    given: Mapping[str, str],
) -> str:
    name, pattern = token[1], token[2] or token[1]
    match = rules.patterns[pattern].match if pattern in rules.patterns else None
    text = given.get(name, "")
    if not text or not re.fullmatch(match or grammar.COMMON[pattern], text):
        text = draw(_values(pattern, match))
    if name:
        values[name] = text
    return text


def _values(pattern: str, match: str | None) -> st.SearchStrategy[str]:
    if match is not None:
        return st.from_regex(match, fullmatch=True, alphabet=ALPHABET)
    if pattern in ("segment", "word"):
        return WORD
    return st.integers(10**9, 10**17).map(str) if pattern == "number" else REST


@st.composite
def pages(draw: st.DrawFn) -> str:
    """An address at a platform's host that no rule need know."""
    _, site, _, _ = draw(st.sampled_from(places()))
    # Other names of a site are the same place.
    host = _host(draw, site.model_copy(update={"aliases": ()}), {})
    path = draw(st.lists(WORD, max_size=3).map(tuple))
    pairs = draw(st.lists(st.tuples(WORD.map(lambda name: f"zz{name}"), WORD), max_size=2))
    fragment = draw(st.sampled_from(["", "/", "!", "-"])) + draw(WORD)
    query = "&".join(f"{name}={text}" for name, text in pairs)
    return f"https://{host}/{'/'.join(path)}?{query}#{fragment}"


@st.composite
def mails(draw: st.DrawFn) -> str:
    """Something that holds a mail address, in one of the ways in which addresses carry one."""
    times = draw(st.integers(0, 4))
    text = draw(st.sampled_from([MAIL, f"05|02|{MAIL}|0123", f"https://a.example/?to={MAIL}&b=1"]))
    for _ in range(times):
        text = quote(text, safe="")
    return text.replace("&", "%26")
