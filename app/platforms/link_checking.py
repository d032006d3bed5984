"""What of a platform's links would never work, or would send an address that leads nowhere.

Pure: what was assembled in, faults noted at its files.
"""

from collections.abc import Iterator, Sequence

from app.platforms.assembly import Assembled
from app.platforms.rules import LinkRule, PlatformRules, Site
from app.platforms.template_files import TemplateFile, Where


def check(found: Assembled) -> None:
    """Note every fault of the links at the file it stands in."""
    _check_hosts(found)
    anywhere = [
        name
        for platform in found.platforms.values()
        if (any_host := platform.rules.any_host)
        for name in (*any_host.tracking, *any_host.personal)
    ]
    for platform in found.platforms.values():
        file, rules = found.file_of(platform), platform.rules
        left_out = [*anywhere, *rules.tracking, *rules.personal]
        for where, links in _links(rules):
            _check_paths(file, where, links)
            for number, link in enumerate(links):
                _check_left_out(file, (*where, number), _needed(link), left_out=left_out)
        for number, comment in enumerate(rules.comments):
            _check_left_out(file, ("comments", number), comment.parameters, left_out=left_out)


def _links(rules: PlatformRules) -> Iterator[tuple[Where, Sequence[LinkRule]]]:
    """All lists of links of a file, each with where it stands."""
    for number, site in enumerate(rules.sites):
        yield ("sites", number, "links"), site.links
    for number, app in enumerate(rules.app_links):
        yield ("app_links", number, "links"), app.links
    for number, site in enumerate(rules.any_host.gateways if rules.any_host else ()):
        yield ("any_host", "gateways", number, "links"), site.links


def _needed(link: LinkRule) -> Sequence[str]:
    """The parameters without which an address no longer leads to what was meant."""
    return () if link.kind is None or link.landing else (*link.query, *link.keep)


def _check_left_out(
    file: TemplateFile, where: Where, needed: Sequence[str], *, left_out: Sequence[str]
) -> None:
    for name in needed:
        if any(_covers(pattern, name) for pattern in left_out):
            detail = f"the parameter {name} is needed, but left out of what is sent"
            mend = "take it out of `tracking` or `personal`, or out of the link"
            file.report(where, "left_out", detail, mend=mend)


def _covers(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _check_paths(file: TemplateFile, where: Where, links: Sequence[LinkRule]) -> None:
    """Tell the links that an earlier one with the same path and parameters keeps from matching."""
    taken: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    for number, link in enumerate(links):
        for path in link.paths:
            key = (path, frozenset(link.query.items()))
            if key in taken and link.kind is not None:
                detail = f"the path {path} is taken by a link before this one"
                file.report((*where, number), "duplicate_path", detail, mend="keep one of the two")
            taken.add(key)


def _check_hosts(found: Assembled) -> None:
    taken: dict[str, str] = {}
    for platform in found.platforms.values():
        file, rules = found.file_of(platform), platform.rules
        # What is reported by hand is told apart from the gateways, which only lead elsewhere.
        sites = () if rules.any_host else rules.sites
        gateways = rules.any_host.gateways if rules.any_host else ()
        for number, site in enumerate(sites):
            _check_host(
                file, ("sites", number), site, owner=f"{platform.slug} {number}", taken=taken
            )
        for number, site in enumerate(gateways):
            where: Where = ("any_host", "gateways", number)
            _check_host(file, where, site, owner=f"{platform.slug} gateway {number}", taken=taken)


def _check_host(
    file: TemplateFile, where: Where, site: Site, *, owner: str, taken: dict[str, str]
) -> None:
    for host in (site.host, *site.aliases, *site.mirrors):
        other = taken.setdefault(host, owner)
        if other != owner:
            detail = f"the host {host} is also one of {other.split()[0]}"
            file.report(where, "duplicate_host", detail, mend="keep one of the two")
