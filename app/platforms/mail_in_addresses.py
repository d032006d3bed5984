"""Mail addresses inside web addresses: they name who shared a link, or who received it.

Pure.
"""

import base64
import re
from urllib.parse import unquote_plus

_DEEPEST = 5
# A name before the @ that no other @ precedes: @name@host is a handle of a network of servers.
# A size such as @2x belongs to a picture.
_AT = "[@\ufe6b\uff20]"
_MAIL = re.compile(
    rf"(?<![\w@.+-])[\w.+-]{{1,64}}{_AT}(?!\dx\.)[\w-]{{1,63}}(?:\.[\w-]{{1,63}})*\.[^\W\d_]{{2,24}}"
)
_MAY_HOLD = re.compile(rf"[\w.+-]{_AT}|%")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,3}")


def holds_mail(text: str) -> bool:
    """Whether a parameter holds a mail address, percent-encoded any number of times or base 64."""
    return shows_mail(text) or any(_MAIL.search(_decoded(w[0])) for w in _BASE64.finditer(text))


def shows_mail(text: str) -> bool:
    """Whether a text holds a mail address as it stands or percent-encoded."""
    if _MAY_HOLD.search(text) is None:
        return False
    for _ in range(_DEEPEST):
        if _MAIL.search(text):
            return True
        decoded = unquote_plus(text)
        if decoded == text:
            break
        text = decoded
    return False


def without_mail(url: str) -> str:
    """A web address without the parts that are not needed to find a place and hold one.

    Those are what follows a `#`, and what follows a `;` in its path.
    """
    rest, hash_mark, fragment = url.partition("#")
    if hash_mark and holds_mail(fragment):
        url = rest
    head = rest.partition("?")[0]
    if ";" in head and shows_mail(head):
        kept = [part for part in head.split(";") if not shows_mail(part)]
        url = ";".join(kept) + url[len(head) :] if kept else url
    return url


def _decoded(word: str) -> str:
    plain = word.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode("ascii")
    except ValueError:
        return ""
