"""Whether a name holds a host or an address: who runs a site is a name, never where it is.

Pure. In doubt it does: names stand readable in lists and reports, hosts of reported sites may not.
"""

import re
import unicodedata

from app.platforms import addresses, spelling

_ADDRESS = re.compile(
    r"@|://|\bwww\.|\b[\w-]+\.[^\W\d_]{2,}/\S|\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[0-9a-f:.]*:[0-9a-f:.]*\]",
    re.I,
)
# Not the dots of B.V., S.A.R.L. or Inc.: a host has a word before one, and letters behind it.
_HOST = re.compile(r"[\w-]{3,}(?:\.[\w-]+)*\.[^\W\d_][\w-]+")


def names_a_host(name: str) -> bool:
    """Tell whether a host, a web address or a mail address stands in a name, however spelled."""
    plain = spelling.refang(spelling.plain_signs(unicodedata.normalize("NFKC", name)))
    if _ADDRESS.search(plain) or _HOST.search(plain):
        return True
    # As the whole of it, also one as short as x.com.
    return addresses.is_name(plain.strip().rstrip(".").lower())
