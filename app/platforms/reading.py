"""One address read by the platforms' rules: what it points at, or why that cannot be told.

Pure: text in, values out; nothing is ever opened.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias
from urllib.parse import quote

from app.platforms import addresses, idtime, matching, parameters, spelling, visits, wrapping
from app.platforms.addresses import Address
from app.platforms.answers import Recognised
from app.platforms.hosts import Hosts, Place, demo_host
from app.platforms.identity import ADDRESS
from app.platforms.mail_in_addresses import holds_mail, shows_mail, without_mail
from app.platforms.matching import Link, Values
from app.platforms.parameters import Names
from app.platforms.products import product_of
from app.platforms.rules import LinkRule, PlatformRules
from app.platforms.visits import Visit
from app.platforms.vocabularies import ContentKind, LinkWarning, Unreadable, Writing

# A mail gateway's link that does not show where it leads.
OPAQUE: Literal["opaque_gateway"] = "opaque_gateway"
Trouble: TypeAlias = Unreadable | Literal["opaque_gateway"]

_DEEPEST = 4
_USUAL_PORTS = (None, 80, 443)
_PLAIN_IN_FRAGMENT = "!$%&()*+,/:;=?@~"


class Reader:
    """All platforms' rules, ready to read one address."""

    def __init__(self, platforms: Sequence[PlatformRules], *, demo: bool = False) -> None:
        anywhere = [rules.any_host for rules in platforms if rules.any_host]
        tracking = [name for any_host in anywhere for name in any_host.tracking]
        personal = [name for any_host in anywhere for name in any_host.personal]
        self.hosts = Hosts(platforms, demo=demo)
        self._anywhere = Names(tracking, personal)
        self._names = {
            rules.slug: Names([*tracking, *rules.tracking], [*personal, *rules.personal])
            for rules in platforms
        }
        self._products = {
            rules.slug: (rules.products, rules.sites[0].host)
            for rules in platforms
            if rules.products
        }
        self._comments = {rules.slug: matching.comments_of(rules) for rules in platforms}
        self._wraps = {rules.slug: rules.wraps for rules in platforms}
        self._usual = {rules.slug: matching.usual_of(rules) for rules in platforms}
        self._apps = {
            app.scheme: (app.hosts, Place(rules.slug, rules.sites[0].host, links, {}))
            for rules in platforms
            for app in rules.app_links
            for links in [matching.links_of(app.links, rules.patterns)]
        }

    def is_whole(self, found: Recognised) -> bool:
        """Whether a link's number looks as those of its platform do today, as far as is known."""
        usual = self._usual[found.platform].get(found.space, ())
        return not usual or any(fits(found.content_id or "") for fits in usual)

    def names_of(self, host: str) -> Names:
        """The parameters that are left out of an address of a host."""
        place = self.hosts.find(host)
        return self._names[place.slug] if place else self._anywhere

    def read(
        self, written: str, text: str, now: datetime, *, depth: int = 0
    ) -> Recognised | Trouble:
        """What an address points at; `text` is what it was found in."""
        address = addresses.read(written)
        if isinstance(address, str):
            return self._app(written, text, now, depth=depth) or address
        place = self.hosts.find(address.host)
        if place is None:
            return self.hosts.fault(address.host)
        if address.port not in _USUAL_PORTS:
            return Unreadable.BAD_PORT
        names = None if place.is_gateway else self._names[place.slug]
        return self._at(place, visits.begun(address, names, text, now=now, depth=depth))

    def innermost(self, text: str, now: datetime) -> str:
        """The address in the innermost of the wrappers around it, known or not."""
        for _ in range(_DEEPEST):
            address = addresses.read(text)
            place = None if isinstance(address, str) else self.hosts.find(address.host)
            if isinstance(address, str) or place is None or place.links is None:
                break
            visit = visits.begun(address, None, text, now=now, depth=0)
            found = next(place.links.fitting(visit.path, visit.query.params), None)
            if found is None or found[0].rule.kind is not None:
                break
            link, values = found
            target = _target(place, link, values, visit=visit)
            if target is None or isinstance(addresses.read(target), str):
                break
            text = target
        return text

    def by_hand(self, address: Address, text: str, now: datetime) -> Recognised | None:
        """What an address of a site points at that is reported to it by hand."""
        place = self.hosts.by_hand(address.host)
        if place is None:
            return None
        visit = visits.begun(address, self._anywhere, text, now=now, depth=0)
        found = self._matched(place, visit) or self._meant(place, visit)
        return found if isinstance(found, Recognised) else None

    def _app(
        self, text: str, whole: str, now: datetime, *, depth: int
    ) -> Recognised | Trouble | None:
        """What an app's own link stands for on the web; None when it is none."""
        scheme, _, rest = text.partition(":")
        hosts, place = self._apps.get(scheme.lower(), ((), None))
        if place is None:
            return None
        rest = rest.removeprefix("//")
        if place.links and place.links.first:
            visit = visits.of_app(whole, rest, self._names[place.slug], now=now, depth=depth)
            return self._matched(place, visit)
        host, _, path = rest.partition("/")
        if host.lower() not in hosts:
            return None
        return self.read(f"https://{place.host}/{path}", whole, now, depth=depth)

    def _at(self, place: Place, visit: Visit) -> Recognised | Trouble:
        found = self._matched(place, visit) or self._meant(place, visit)
        if found is not None:
            return found
        if place.is_mirror or place.is_gateway:
            return Unreadable.UNKNOWN_HOST
        return self._elsewhere(place, visit)

    def _matched(self, place: Place, visit: Visit) -> Recognised | Trouble | None:
        """What the first rule that fits says; None when none does."""
        if place.links is None:
            return None
        params = visit.query.params
        for link in place.links.candidates(visit.path):
            values = link.read(visit.path, params)
            if values is None:
                continue
            if link.rule.kind is not None:
                return self._content(place, link, values, visit=visit)
            target = _target(place, link, values, visit=visit)
            if target:
                return self._unwrapped(target, visit)
            if place.is_gateway:
                return OPAQUE
        return None

    def _meant(self, place: Place, visit: Visit) -> Recognised | None:
        """What an address says that no rule fits as it stands: mended, or as another's wrapper."""
        for other in visits.repairs(visit, self._names[place.slug]):
            found = self._matched(place, other)
            if isinstance(found, Recognised) and found.is_told:
                return found
        names = () if place.is_gateway else self._wraps[place.slug]
        target = wrapping.target("", visit.query.params, names, written_in=Writing.PLAIN)
        if target and "//" in target[:9] and visit.depth < _DEEPEST:
            found = self.read(target, visit.text, visit.now, depth=visit.depth + 1)
            if isinstance(found, Recognised) and found.is_told:
                return found
        return None

    def _unwrapped(self, target: str, visit: Visit) -> Recognised | Trouble:
        if visit.depth >= _DEEPEST:
            return Unreadable.WRAPPER_TO_UNKNOWN
        found = self.read(target, visit.text, visit.now, depth=visit.depth + 1)
        if isinstance(found, str) and found != OPAQUE:
            return Unreadable.WRAPPER_TO_UNKNOWN
        return found

    def _elsewhere(self, place: Place, visit: Visit) -> Recognised:
        names = self._names[place.slug]
        canonical = _with(f"https://{place.host}{visit.path}", names.kept(visit.raw))
        canonical += _shown(visit.fragment, names)
        is_begun = place.links and place.links.is_begun(visit.path, visit.query.params)
        is_cut = is_begun or spelling.has_dots(visit.path)
        warnings = (*visit.warnings, LinkWarning.COPY_ERROR) if is_cut else visit.warnings
        found = Recognised(
            visit.text,
            visit.url,
            place.slug,
            ContentKind.OTHER,
            None,
            None,
            canonical,
            None,
            warnings,
        )
        return self._of_product(_without_names(found, visit.query.is_personal))

    def _content(self, place: Place, link: Link, values: Values, *, visit: Visit) -> Recognised:
        if place.given:
            values.update(place.given)
        rule, content_id, url = link.rule, values.get("id"), visit.url
        canonical = link.written(visit.path, values, place.host, keeps_host=place.is_demo)
        params = visit.query.params
        if params:
            more = _kept(link, params) if rule.keep else []
            comment, pairs = self._comment(place, rule, params)
            if comment:
                link, rule, more, content_id = comment, comment.rule, pairs, pairs[-1][1]
            canonical = _with(canonical, more)
        if visit.fragment and content_id is None and link.space == ADDRESS:
            canonical += _shown(visit.fragment, self._names[place.slug])
        warnings, landing = rule.warnings, None
        if place.is_mirror or visit.is_mended:
            url, warnings = (
                canonical,
                (*warnings, *visit.warnings, *(LinkWarning.MIRROR,) * place.is_mirror),
            )
        if rule.landing:
            # The rest of a click's address is about the one who clicked.
            landing, url = (
                wrapping.target("", params, rule.landing, written_in=rule.written_in),
                canonical,
            )
        posted_at = None
        if content_id:
            if link.clock:
                posted_at = idtime.time_of(content_id, link.clock, visit.now)
            if link.last and content_id[-1] not in link.last:
                warnings = (*warnings, LinkWarning.COPY_ERROR)
        found = Recognised(
            visit.text, url, place.slug, rule.kind or ContentKind.OTHER, content_id,
            values.get("account"), canonical, posted_at, warnings, link.space, (), landing,
        )  # fmt: skip
        return self._of_product(_without_names(found, visit.query.is_personal))

    def _of_product(self, link: Recognised) -> Recognised:
        """The link with its product, where its platform has several."""
        if link.platform not in self._products:
            return link
        products, first_host = self._products[link.platform]
        # The demo's own host stands for the platform's first one.
        own, demo = f"https://{first_host}/", f"https://{demo_host(link.platform)}/"
        return link._replace(product=product_of(products, link.canonical_url.replace(demo, own)))

    def _comment(
        self, place: Place, rule: LinkRule, params: Mapping[str, str]
    ) -> tuple[Link | None, list[tuple[str, str]]]:
        """The comment that parameters name on content, and those parameters."""
        for comment in self._comments[place.slug]:
            pairs = comment.read(rule.kind, params)
            if pairs:
                return comment.link, pairs
        return None, []


def _without_names(found: Recognised, is_personal: bool) -> Recognised:
    """The same, and nothing in the address that is sent names who shared or received it."""
    url = found.url
    if "@" in url or "%" in url or "#" in url or ";" in url or not url.isascii():
        url = without_mail(url)
        if found.is_told and shows_mail(url) and not shows_mail(found.canonical_url):
            url = found.canonical_url
        is_personal = is_personal or url != found.url or shows_mail(url)
    if not is_personal:
        return found
    return found._replace(url=url, warnings=(*found.warnings, LinkWarning.PERSONAL_DATA))


def _shown(fragment: str, names: Names) -> str:
    """The part of a fragment that may tell one content from another."""
    shown = fragment.partition(":~:")[0]
    if not shown or shown == "_=_" or holds_mail(shown):
        return ""
    if "=" in shown and not names.kept(shown):
        return ""
    return f"#{quote(shown, safe=_PLAIN_IN_FRAGMENT)}"


def _target(place: Place, link: Link, values: Values, *, visit: Visit) -> str | None:
    rule = link.rule
    inside = values.get("target")
    if inside:
        return wrapping.inside(inside, visit.raw, rule.written_in)
    target = wrapping.target(visit.raw, visit.query.params, rule.target, written_in=rule.written_in)
    if target and target.startswith("/") and not target.startswith("//"):
        return f"https://{place.host}{target}"
    return target


def _kept(link: Link, params: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(n, parameters.value(params[n])) for n in link.rule.keep if params.get(n)]


def _with(address: str, pairs: list[tuple[str, str]]) -> str:
    if not pairs:
        return address
    return address + ("&" if "?" in address else "?") + parameters.written(pairs)
