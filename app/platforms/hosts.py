"""Whose host is it: exact names, sub-domains, country domains, mirrors.

Pure. A host that is not listed is never a platform's, however much it looks like one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic_core import Url, ValidationError

from app.platforms import addresses, grammar, matching
from app.platforms.lookalikes import Lookalikes
from app.platforms.rules import AnyHost, PlatformRules, Site
from app.platforms.vocabularies import Unreadable

_KNOWN_AT_ONCE = 4096


class Place(NamedTuple):
    """Where a host leads: the platform, the host to write for good, and the paths there."""

    slug: str
    host: str
    links: matching.Links | None
    given: Mapping[str, str]
    is_mirror: bool = False
    is_demo: bool = False
    is_gateway: bool = False


class Hosts:
    """All hosts of all platforms, and the gateways of mail.

    What stands on a site that is reported by hand is told apart by `by_hand` only.
    """

    def __init__(self, platforms: Sequence[PlatformRules], *, demo: bool) -> None:
        self._exact: dict[str, Place] = {}
        self._below: dict[str, list[tuple[re.Pattern[str], Place]]] = {}
        self._own: dict[str, str] = {}
        self._anywhere: dict[str, Place] = {}
        self._copies: dict[str, Place] = {}
        self._by_hand: Hosts | None = None
        self._shorteners: frozenset[str] = frozenset()
        self._tlds: frozenset[str] = frozenset()
        for rules in platforms:
            self._add(rules, demo=demo)
        names = (name for rules in platforms for name in rules.names)
        self._lookalikes = Lookalikes(names, self._exact.keys() | self._own.keys())
        for rules in platforms:
            if rules.any_host:
                self._add_any(rules, rules.any_host)
        self.find = lru_cache(_KNOWN_AT_ONCE)(self._find)
        self.fault = lru_cache(_KNOWN_AT_ONCE)(self._fault)
        self._is_site = lru_cache(_KNOWN_AT_ONCE)(self._ends_well)

    def _add(self, rules: PlatformRules, *, demo: bool) -> None:
        if rules.any_host:
            return
        for number, site in enumerate(rules.sites):
            links = matching.links_of(site.links, rules.patterns, site.reserved)
            for tld in site.tlds or ("",):
                self._add_site(rules.slug, site, links, tld=tld)
            if demo and number == 0:
                host = demo_host(rules.slug)
                place = Place(rules.slug, host, links, {}, is_demo=True)
                self._exact |= dict.fromkeys((host, f"www.{host}", f"m.{host}"), place)
        self._own |= dict.fromkeys(rules.domains, rules.slug)

    def _add_any(self, rules: PlatformRules, any_host: AnyHost) -> None:
        self._shorteners |= frozenset(any_host.shorteners)
        self._tlds |= frozenset(any_host.tlds)
        for site in any_host.gateways:
            links = matching.links_of(site.links, rules.patterns)
            self._add_site(rules.slug, site, links, tld="", is_gateway=True)
        if rules.sites:
            self._by_hand = Hosts([rules.model_copy(update={"any_host": None})], demo=False)

    def by_hand(self, host: str) -> Place | None:
        """The place of a host whose content is reported to the site itself, by hand."""
        return self._by_hand.find(host) if self._by_hand else None

    def _add_site(
        self, slug: str, site: Site, links: matching.Links, *, tld: str, is_gateway: bool = False
    ) -> None:
        given = {"tld": tld} if tld else {}
        host = site.host.replace("{tld}", tld)
        place = Place(slug, host, links, given, is_gateway=is_gateway)
        open_name, _, domain = place.host.partition(".")
        if grammar.placeholders(open_name):
            name = open_name.replace("{", "(?P<").replace("}", ">[a-z0-9-]+)")
            below = re.compile(rf"(?:www\.)?{name}")
            self._below.setdefault(domain, []).append((below, place))
            return
        for host in (site.host, *site.aliases, *site.domains):
            self._exact[host.replace("{tld}", tld)] = place
        if site.subdomains:
            for domain in site.domains:
                entry = (re.compile(site.subdomains), place)
                self._below.setdefault(domain.replace("{tld}", tld), []).append(entry)
        for host in site.mirrors:
            mirror = place._replace(is_mirror=True)
            if host.endswith(".*"):
                self._anywhere[host.removesuffix(".*")] = mirror
            else:
                self._exact[host] = self._copies[host] = mirror

    def is_ours(self, host: str, *, has_path: bool) -> bool:
        """Whether a host is a platform's; without a path, one that addresses are known of."""
        place = self.find(host)
        return place is not None and (has_path or place.links is not None)

    def is_site(self, host: str, *, is_plain: bool) -> bool:
        """Whether a word is some site's host, judged by how it ends and is written.

        `is_plain`: nothing else says so, such as a www before it.
        """
        return self._is_site(host, is_plain)

    def _ends_well(self, host: str, is_plain: bool) -> bool:
        ending = host.rpartition(".")[2]
        if host.isascii() and ending != ending.lower() and host != host.upper():
            # A sentence that ends without a space after it: "klaar.De/het".
            return False
        name, _, tld = in_ascii(host.lower()).rpartition(".")
        if tld not in self._tlds or not addresses.is_name(f"{name}.{tld}"):
            return False
        label = name.rpartition(".")[2]
        return not is_plain or (len(label) > 1 and (len(label) > 2 or not label.isdigit()))

    def imitates(self, host: str) -> bool:
        """Whether a foreign host looks like a platform's."""
        return self.fault(host) == Unreadable.LOOKALIKE_HOST

    def _find(self, host: str) -> Place | None:
        """The place of a host in lower case; None when it is no platform's."""
        place = self._exact.get(host)
        if place or not addresses.is_name(host):
            return place
        for name, domain in _splits(host):
            for below, open_place in self._below.get(domain, ()):
                found = below.fullmatch(name)
                if found:
                    return _filled(open_place, found.groupdict())
            if domain in self._copies:
                return self._copies[domain]
            if domain in self._own:
                return Place(self._own[domain], host, None, {})
        if host in self._own:
            return Place(self._own[host], host, None, {})
        return self._mirror(host)

    def _mirror(self, host: str) -> Place | None:
        name, _, rest = host.partition(".")
        place = self._anywhere.get(name)
        return place if place and not self._lookalikes.has(rest) else None

    def _fault(self, host: str) -> Unreadable:
        """Why a host that is no platform's is not taken."""
        if not addresses.is_name(in_ascii(host)):
            return Unreadable.BAD_HOST
        if host.removeprefix("www.") in self._shorteners:
            return Unreadable.SHORT_LINK
        return Unreadable.LOOKALIKE_HOST if self._lookalikes.has(host) else Unreadable.UNKNOWN_HOST


def demo_host(slug: str) -> str:
    """The host that the demo's links to a platform are at: it leads nowhere (RFC 2606)."""
    return f"{slug}.demo.invalid"


def in_ascii(host: str) -> str:
    """The host in the letters of the domain name system (punycode); empty when it has none.

    It has none either when its letters or dots only stand for ASCII ones, as full-width ones do.
    """
    if host.isascii():
        return host
    try:
        punycode = Url(f"https://{host}/").host or ""
    except ValidationError:
        return ""
    return punycode if "xn--" in punycode else ""


def site_of(address: str) -> str | None:
    """The site an http(s) address is on: its host as it is compared, `www.` aside."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _splits(host: str) -> Iterator[tuple[str, str]]:
    dot = host.find(".")
    while dot >= 0:
        yield host[:dot], host[dot + 1 :]
        dot = host.find(".", dot + 1)


def _filled(place: Place, names: Mapping[str, str]) -> Place:
    host = place.host
    for name, text in names.items():
        host = host.replace(f"{{{name}}}", text)
    return place._replace(host=host, given={**place.given, **names})
