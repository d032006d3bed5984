"""Whether a name holds a host or an address: who runs a site is a name, never where it is.

Pure. In doubt it does: names stand readable in lists and reports, hosts of reported sites may not.
"""

import re
import unicodedata

from app.platforms import addresses

# Dots of other scripts, which a browser takes for one.
_DOTS = str.maketrans({"。": ".", "．": ".", "｡": ".", "․": "."})
_ADDRESS = re.compile(
    r"@|://|\bwww\.|\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[0-9a-f:.]*:[0-9a-f:.]*\]", re.I
)
# Not the dots of B.V., S.A.R.L. or Inc.: a host has a word before one, and letters behind it.
_HOST = re.compile(r"[\w-]{3,}(?:\.[\w-]+)*\.[^\W\d_][\w-]+")
_INVISIBLE = re.compile(f"[{addresses.INVISIBLE}]")


def names_a_host(name: str) -> bool:
    """Tell whether a host, a web address or a mail address stands in a name, however spelled."""
    seen = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).translate(_DOTS)
    plain = addresses.refang(seen)
    if _ADDRESS.search(plain) or _HOST.search(plain):
        return True
    # As the whole of it, also one as short as x.com.
    return addresses.is_name(plain.strip().rstrip(".").lower())
