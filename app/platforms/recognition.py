"""What a pasted address points at: platform, kind, content, account, canonical form, time.

Pure: text in, values out; nothing is ever opened.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.platforms import addresses, anywhere, idtime, links, matching, parameters
from app.platforms.addresses import Reason
from app.platforms.hosts import Hosts, Place, demo_host
from app.platforms.matching import Link, Values
from app.platforms.products import product_of
from app.platforms.rules import Kind, PlatformRules

_DEEPEST = 4
_USUAL_PORTS = (None, 80, 443)
_EDGES = " \t\r\n<>\"'`“”„‘’‚«»"
_PUNCTUATION = ".,;:!…"
_LAST_MARKS = _PUNCTUATION + "?-–—*~)]}"
_SEPARATOR = re.compile("[;,]")
_GLUED = re.compile(
    r"(?<=[^:/]/)[&+,;–—-]?(?=h[tx]{2}ps?://)|[;,](?=(?P<host>(?:[\w-]+\.)+[a-z]+)/)", re.IGNORECASE
)


class Recognised(NamedTuple):
    """A link to a platform; `text` is what was pasted, `url` what goes into a notice."""

    text: str
    url: str
    platform: str
    kind: Kind
    content_id: str | None
    account: str | None
    canonical_url: str
    posted_at: datetime | None = None
    warnings: tuple[str, ...] = ()
    unique_within: str = "platform"
    product: str | None = None


class Unrecognised(NamedTuple):
    """A link to no platform we know, and why."""

    text: str
    reason: Reason


class _Visit(NamedTuple):
    """An address at a platform's host, and what else an answer needs."""

    text: str
    url: str
    path: str
    query: str
    params: Mapping[str, str]
    now: datetime
    depth: int


def identity(link: Recognised) -> str:
    """The same string for the same content, however its address is spelled."""
    if link.content_id is not None:
        within = {"kind": link.kind, "account": link.account}.get(link.unique_within)
        return content_identity(link.platform, link.content_id, within or "")
    if link.kind == "profile" and link.account:
        return f"{link.platform} account {link.account}"
    return f"{link.platform} url {link.canonical_url}"


def content_identity(platform: str, content_id: str, within: str = "") -> str:
    """The identity of content by its number, which may be unique within a kind or account only."""
    return f"{platform} content {within} {content_id}"


class Recogniser:
    """All platforms' rules, ready to read links; holds no state that a caller could see."""

    def __init__(self, platforms: Sequence[PlatformRules], *, demo: bool = False) -> None:
        common = [(rules.slug, rules.any_host) for rules in platforms if rules.any_host]
        tracking = [name for _, any_host in common for name in any_host.tracking]
        self._other = common[0][0] if common else "other"
        self._hosts = Hosts(platforms, demo=demo)
        self._anywhere = parameters.Tracking(tracking)
        self._tracking = {
            rules.slug: parameters.Tracking([*tracking, *rules.tracking]) for rules in platforms
        }
        self._products = {
            rules.slug: (rules.products, rules.sites[0].host)
            for rules in platforms
            if rules.products
        }
        self._comments = {rules.slug: matching.comments_of(rules) for rules in platforms}
        self._apps = {
            app.scheme: (app.hosts, rules.sites[0].host)
            for rules in platforms
            for app in rules.app_links
        }

    def recognise_text(
        self, text: str, *, now: datetime
    ) -> tuple[list[Recognised], list[Unrecognised]]:
        """Links of a pasted text in order, same content once, and those we cannot place."""
        known: dict[str, Recognised] = {}
        unknown: dict[str, Unrecognised] = {}
        for link in self._pasted(text, now):
            if isinstance(link, Unrecognised):
                unknown.setdefault(link.text, link)
            else:
                known.setdefault(identity(link), link)
        return list(known.values()), list(unknown.values())

    def _pasted(self, text: str, now: datetime) -> Iterator[Recognised | Unrecognised]:
        """Links of a text; the next may be glued to one behind a slash, a comma or a semicolon."""
        for pasted in links.find(text, self._hosts):
            begin = 0
            for glued in _GLUED.finditer(pasted):
                if glued["host"] and not self._hosts.find(glued["host"].lower()):
                    continue
                first = self.recognise(pasted[begin : glued.start()], now=now)
                if isinstance(first, Unrecognised) or not (first.content_id or first.account):
                    break
                yield first
                begin = glued.end()
            yield self.recognise(pasted[begin:], now=now)

    def recognise(self, text: str, *, now: datetime) -> Recognised | Unrecognised:
        """What one pasted address points at; `now` refuses ids that tell a time to come."""
        text = text.strip(_EDGES)
        if "?" not in text and "#" not in text:
            text = text.rstrip(_PUNCTUATION)
        found = self._read(text, text, now)
        if isinstance(found, str):
            return Unrecognised(text, found)
        is_vague = found.content_id is None and found.account is None
        if ";" in text or (is_vague and "," in text):
            return self._unless_shorter(found, _SEPARATOR.split(text, 1)[0], now)
        if is_vague and text.endswith(tuple(_LAST_MARKS)):
            return self._unless_shorter(found, text.rstrip(_LAST_MARKS), now)
        return found

    def _unless_shorter(self, whole: Recognised, text: str, now: datetime) -> Recognised:
        """What an address says without a sentence's end or the next column, if that is more."""
        first = self._read(text, text, now)
        if isinstance(first, str) or not (first.content_id or first.account):
            return whole
        return first if whole.content_id in (None, first.content_id) else whole

    def other(self, text: str, *, now: datetime) -> Recognised | Unrecognised:
        """Any web address as an item of no platform we know."""
        text = text.strip(_EDGES)
        found = anywhere.read(text, self._anywhere)
        if isinstance(found, str):
            return Unrecognised(text, found)
        return Recognised(text, found.url, self._other, "other", None, None, found.canonical_url)

    def _read(self, written: str, text: str, now: datetime, depth: int = 0) -> Recognised | Reason:
        address = addresses.read(written)
        if address == "unsafe_scheme":
            address = addresses.read(self._web_address(written))
        if isinstance(address, str):
            return address
        url, host, path, query, port = address
        place = self._hosts.find(host)
        if place is None:
            return self._hosts.fault(host)
        if port not in _USUAL_PORTS:
            return "bad_port"
        params: Mapping[str, str] = {}
        if query:
            url, params = self._tracking[place.slug].left_out(url, query)
        found = self._at(place, _Visit(text, url, path, query, params, now, depth))
        return found if isinstance(found, str) else self._of_product(found)

    def _of_product(self, link: Recognised) -> Recognised:
        """The link with its product, where its platform has several."""
        if link.platform not in self._products:
            return link
        products, first_host = self._products[link.platform]
        # The demo's own host stands for the platform's first one.
        own, demo = f"https://{first_host}/", f"https://{demo_host(link.platform)}/"
        return link._replace(product=product_of(products, link.canonical_url.replace(demo, own)))

    def _web_address(self, written: str) -> str:
        scheme, _, rest = written.partition("://")
        hosts, main = self._apps.get(scheme.lower(), ((), ""))
        host, _, path = rest.partition("/")
        return f"https://{main}/{path}" if host.lower() in hosts else written

    def _at(self, place: Place, visit: _Visit) -> Recognised | Reason:
        for link in place.links.candidates(visit.path) if place.links else ():
            values = link.read(visit.path, visit.params)
            if values is None:
                continue
            if link.rule.kind is not None:
                return self._content(place, link, values, visit)
            target = _target(place, link, values, visit)
            if target:
                return self._unwrapped(target, visit)
        return "unknown_host" if place.is_mirror else self._elsewhere(place, visit)

    def _unwrapped(self, target: str, visit: _Visit) -> Recognised | Reason:
        if visit.depth >= _DEEPEST:
            return "wrapper_to_unknown"
        found = self._read(target, visit.text, visit.now, visit.depth + 1)
        return "wrapper_to_unknown" if isinstance(found, str) else found

    def _elsewhere(self, place: Place, visit: _Visit) -> Recognised:
        tracking = self._tracking[place.slug]
        kept = [
            (name, parameters.value(raw))
            for name, raw in sorted(visit.params.items())
            if name and not tracking.has(name)
        ]
        canonical = _with(f"https://{place.host}{visit.path}", kept)
        return Recognised(visit.text, visit.url, place.slug, "other", None, None, canonical)

    def _content(self, place: Place, link: Link, values: Values, visit: _Visit) -> Recognised:
        if place.given:
            values.update(place.given)
        rule, content_id, url = link.rule, values.get("id"), visit.url
        canonical = link.written(visit.path, values, place.host, keeps_host=place.is_demo)
        if visit.params:
            more = _kept(link, visit.params) if rule.keep else []
            for comment in self._comments[place.slug]:
                pairs = comment.read(rule.kind, visit.params)
                if pairs:
                    link, more, content_id = comment.link, pairs, pairs[-1][1]
            canonical, rule = _with(canonical, more), link.rule
        warnings, posted_at = rule.warnings, None
        if content_id:
            if link.last and content_id[-1] not in link.last:
                warnings = (*warnings, "copy_error")
            if link.clock:
                posted_at = idtime.time_of(content_id, link.clock, visit.now)
        if place.is_mirror:
            url, warnings = canonical, (*warnings, "mirror")
        return Recognised(
            visit.text, url, place.slug, rule.kind or "other", content_id, values.get("account"),
            canonical, posted_at, warnings, rule.unique_within,
        )  # fmt: skip


def _target(place: Place, link: Link, values: Values, visit: _Visit) -> str | None:
    inside = values.get("target")
    if inside:
        inside = parameters.unmarked(inside)
        return f"{inside}?{visit.query}" if visit.query else inside
    target = parameters.wrapped(visit.query, visit.params, link.rule.target)
    if target and target.startswith("/") and not target.startswith("//"):
        return f"https://{place.host}{target}"
    return target


def _kept(link: Link, params: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(n, parameters.value(params[n])) for n in link.rule.keep if params.get(n)]


def _with(address: str, pairs: list[tuple[str, str]]) -> str:
    if not pairs:
        return address
    return address + ("&" if "?" in address else "?") + parameters.written(pairs)
