"""Whether a text holds a host or an address: who runs a site is a name, never where it is.

Pure. In doubt it does: names stand readable in lists and reports, hosts of reported sites may not.
"""

import re
import unicodedata
from collections.abc import Set
from itertools import pairwise

from app.platforms import addresses, spelling
from app.platforms.hosts import in_ascii

_PART = r"(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])"
_ADDRESS = re.compile(
    rf"@|://|\bwww\.|(?<![\w.]){_PART}(?:\.{_PART}){{3}}(?![\w.]*\w)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:|::[0-9a-f]|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]",
    re.I,
)
_DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)+")
# Endings of hosts that a sentence begins with where the space before it was forgotten, or that
# a company's name ends in: with a capital, they are that.
_SENTENCES = frozenset(
    [
        *("al", "best", "de", "er", "is", "je", "me", "men", "na", "nu", "om", "per", "to", "zo"),
        *("au", "ce", "et", "eu", "il", "la", "ma", "mes", "ne", "pas", "sa", "se", "si", "tu"),
        *("as", "at", "be", "by", "call", "do", "how", "in", "it", "like", "man", "my", "new"),
        *("no", "now", "one", "open", "plus", "read", "safe", "so", "study", "support", "us"),
        *("ag", "bv", "co", "gmbh", "inc", "kg", "llc", "ltd", "sarl", "sas", "srl"),
    ]
)


def names_a_host(text: str, endings: Set[str]) -> bool:
    """Tell whether a host, a web address or a mail address stands in a text, however spelled.

    `endings` are the last words of hosts, in ASCII: a word that ends in no such word is none.
    """
    plain = spelling.refang(spelling.plain_signs(unicodedata.normalize("NFKC", text)))
    if _ADDRESS.search(plain):
        return True
    whole = plain.strip().rstrip(".")
    return any(
        _is_host(label, last, endings, is_sure=words == whole or (place == 0 and label.islower()))
        for words in _DOTTED.findall(plain)
        for place, (label, last) in enumerate(pairwise(words.split(".")))
    )


def _is_host(label: str, last: str, endings: Set[str], *, is_sure: bool) -> bool:
    """Tell whether these two words are the last of a host; a sentence may be glued to it.

    Where it is not sure, single letters are the initials of "J.de Vries" or of a short word.
    """
    name = f"{label}.{last}"
    ascii_name = in_ascii(name.lower())
    if ascii_name.rpartition(".")[2] not in endings or not addresses.is_name(ascii_name):
        return False
    if last != last.lower() and name != name.upper():
        return last.lower() not in _SENTENCES
    return is_sure or len(label) > 1
