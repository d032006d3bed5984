"""To whom a notice goes: never two products where a platform takes one, never two sites.

Pure.
"""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from app.kit.errors import Fault, Refused
from app.platforms.hosts import site_of
from app.takedowns.facts import OTHER


class Addressee(NamedTuple):
    """A platform, one product of it, or one site of no platform we know."""

    platform: str
    product: str | None = None
    site: str | None = None


class Located(Protocol):
    """What of an item tells to whom a notice about it goes."""

    @property
    def product(self) -> str | None:
        """The product of its platform that it is of."""

    @property
    def canonical_url(self) -> str | None:
        """Its address; None where it has none."""


def of(platform: str, product: str | None, canonical_url: str | None) -> Addressee:
    """Return to whom a notice about one item goes."""
    site = site_of(canonical_url) if platform == OTHER and canonical_url else None
    return Addressee(platform, product, site)


def one_of(platform: str, items: Iterable[Located]) -> Addressee:
    """Return to whom one notice about these items goes; what has no address goes along.

    Raises Refused (several_sites, several_products) when no single notice may hold them.
    """
    found = list(
        dict.fromkeys(
            of(platform, item.product, item.canonical_url) for item in items if item.canonical_url
        )
    )
    if len({one.site for one in found}) > 1:
        raise _several("several_sites", "send one takedown per site: no notice names two")
    if len(found) > 1:
        products = ", ".join(sorted(one.product or "unknown" for one in found))
        raise _several(
            "several_products", f"send one takedown per product ({products}), or use /intakes"
        )
    return found[0] if found else Addressee(platform)


def _several(code: str, mend: str) -> Refused:
    return Refused(code, mend, [Fault("/urls", code, mend)])
