"""The network of an address: what one caller holds, by which tries and tokens are counted.

Pure.
"""

from ipaddress import IPv6Network, ip_address

IPV6_BITS = 64


def of(address: str) -> str:
    """Return an IPv4 address, also one mapped into IPv6, or all of an IPv6 network of 64 bits.

    What is no address stands for itself.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), IPV6_BITS), strict=False))
