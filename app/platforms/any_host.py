"""An address on any host, for what stands on no platform we know.

Pure. What is not plainly a public web address is refused; nothing is looked up.
"""

from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import NamedTuple

from pydantic_core import Url, ValidationError

from app.platforms import addresses, parameters
from app.platforms.addresses import Address
from app.platforms.hosts import in_ascii
from app.platforms.mail_in_addresses import holds_mail, shows_mail, without_mail
from app.platforms.parameters import Names
from app.platforms.vocabularies import Unreadable

_USUAL_PORTS = (None, 80, 443)
# `is_global` alone lets through multicast, relays to other addresses and unassigned space.
_PUBLIC_V6 = IPv6Network("2000::/3")
_RELAYS = (IPv4Network("192.88.99.0/24"), IPv6Network("2002::/16"))


class Plain(NamedTuple):
    """An address as it goes into a notice and as it is compared, and whether it named somebody."""

    url: str
    canonical_url: str
    is_personal: bool


def read(address: Address, names: Names) -> Plain | Unreadable:
    """An address of any public host as it is sent, or why it is none."""
    host = in_ascii(address.host)
    if not (addresses.is_name(host) or _is_public_number(host)):
        return Unreadable.BAD_HOST
    query = names.read(address.query)
    url = parameters.without(address.url, address.query, query.rest)
    plain = without_mail(url)
    try:
        parts = Url(plain)
    except ValidationError:
        return Unreadable.NOT_A_LINK
    scheme = "https" if address.port in _USUAL_PORTS else parts.scheme
    port = "" if address.port in _USUAL_PORTS else f":{address.port}"
    rest = f"?{parts.query}" if parts.query else ""
    # A fragment may name the content (#/video/1), but not where a reader's eye should go.
    shown = (parts.fragment or "").partition(":~:")[0]
    fragment = f"#{shown}" if shown and not holds_mail(shown) else ""
    path = (parts.path or "").rstrip("/")
    canonical = f"{scheme}://{host}{port}{path}{rest}{fragment}"
    return Plain(plain, canonical, query.is_personal or plain != url or shows_mail(plain))


def _is_public_number(host: str) -> bool:
    try:
        number = ip_address(host.strip("[]"))
    except ValueError:
        return False
    if number.version == 6 and not (host.startswith("[") and number in _PUBLIC_V6):
        return False
    relayed = any(number in network for network in _RELAYS if network.version == number.version)
    return number.is_global and not number.is_multicast and not relayed
