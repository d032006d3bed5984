"""An address as somebody meant it, however it was defanged, mistyped or encoded on its way here.

Pure, and linear in the length of the text.
"""

import re
from urllib.parse import unquote

# Soft hyphen, spaces of no width, marks of direction: a reader does not see them.
_RANGES = (range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x206A))
INVISIBLE = "\u00ad\u061c\u180e\ufeff" + "".join(chr(code) for codes in _RANGES for code in codes)
# Of these, those that mark where a long address may go on in the next line.
BREAKS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

WEB = r"(?i:h[tx]{2}ps?)(?:(?:\[:\]|:)(?://(?!/)|\[//\]|\\\\)|\[://\])"
# One letter or sign too many, too few or another one: https//, http[s]://, htps:/// and the like.
_ALMOST = r"(?i:h{1,2}[tx]{1,3}p{1,2}(?:s{0,2}|\[s\]|\(s\))|ttps?|\(https?\)|\[https?\])"
_COLON = r"(?:\[:\]|\(:\)|[:;.,!|\uff1a]{0,2})"
_SLASHES = r"(?:/{2,3}|[/\uff0f]{2}|\[//\]|\(//\)|\[/\]\[/\])"
MISTYPED = rf"{_ALMOST}(?:{_COLON}{_SLASHES}|[\[(]:?//[\])])"
# What %3A%2F%2F is to ://, once or several times encoded.
_COLON_CODE, _SLASH_CODE = "%(?:25)*3A", "%(?:25)*2F"
CODED = rf"(?i:h[tx]{{2}}ps?(?:{_COLON_CODE}(?:/|{_SLASH_CODE}){{2}}|:/?{_SLASH_CODE}))"
# Signs that pass for a dot.
ODD_DOTS = "\u3002\uff0e\uff61\u2024"
_FANGED_DOT = r"\\\.|\[\.\]|\(\.\)|\{\.\}|[\[({](?i:dot|punt|point)[\])}]"
DOT = rf"(?:[.{ODD_DOTS}]|{_FANGED_DOT})"
# A dot and what follows it together in a bracket, as in example[.com].
BRACKETED = r"[\[({]\.[\w-]{2,24}[\])}]"

_SEEN = str.maketrans(dict.fromkeys(ODD_DOTS, ".") | dict.fromkeys(INVISIBLE))
_FANGS = frozenset("[({\\")
_MENDED_DOT = re.compile(rf"{_FANGED_DOT}|[\[({{]\.(?P<label>[\w-]{{2,24}})[\])}}]")
_MENDED_SLASH = re.compile(r"(?<=\w)(?:\[/\]|\(/\))")
_SCHEME = re.compile(rf"(?:{WEB}|{MISTYPED})(?!/)")
_HOST_CODED = rf"[\w-]+(?:\.[\w-]+)+{_SLASH_CODE}"
# Behind a scheme an @ makes a user's name of what stands before it, and no host.
_CODED = re.compile(rf"{CODED}|(?i:h[tx]{{2}}ps?://{_HOST_CODED}(?![^/?#\s]*@)|{_HOST_CODED})")
_DEEPEST = 5
_QUESTION = re.compile(r"(?i)%(?:25)*3F(?P<named>[\w.\[\]-]+(?:%(?:25)*3D|=))?")
_SIGN = re.compile(r"(?i)%(?:25)*(3F|3D|26|23)")
# What a log line, a program text or a calendar leaves of itself at the end of an address.
_ESCAPE = re.compile(r"""\\+(?:[nrtbfvux0"',;:!)\]}>]|\Z).*\Z""", re.DOTALL)
_MARKS = re.compile(r"(?:%(?:2[2789C]|3[BCE]|5[BCD]|60|7[BCD]|E2%80%9[89CD])|[)\]}'])++/?\Z")
# Hyphens of programs that set text, as a path or query has them escaped or not.
_HYPHEN = re.compile(
    r"%E2%80%9[01]|%E2%81%83|%EF%B9%A3|%EF%BC%8D|%CB%97|[\u02d7\u2010\u2011\u2043\ufe63\uff0d]",
    re.I,
)
# Such a program makes one of these of a hyphen or of two: which of them cannot be told.
_DASH = re.compile(r"%E2%80%9[2-5]|%E2%88%92|[\u2012-\u2015\u2212]", re.I)
# Dots that stand for what is missing, as one sign, as several, or encoded.
ELLIPSES = "\u2025\u2026\u22ef"
_DOTS = rf"[{ELLIPSES}]|\.{{3,}}|[\u3002\uff0e]{{3,}}"
CUT = rf"(?:{_DOTS}|[\[(](?:{_DOTS})[\])])"
_CODED_DOTS = re.compile("%E2%(?:80%A[56]|8B%AF)", re.IGNORECASE)
_CUT = re.compile(rf"(?:{CUT}|{_CODED_DOTS.pattern})[/\s]*\Z", re.IGNORECASE)


def refang(text: str) -> str:
    """The address with its scheme, colon, dots and slashes mended, or decoded as a whole."""
    if _CODED.match(text):
        text = _decoded(text)
    scheme = _SCHEME.match(text)
    if scheme:
        is_plain = "s" not in scheme[0].lower()
        text = f"http{'' if is_plain else 's'}://{text[scheme.end() :]}"
    return refang_host(text)


def refang_host(text: str) -> str:
    """The same for what has no scheme."""
    if _FANGS.isdisjoint(text):
        return text
    return _MENDED_SLASH.sub("/", _MENDED_DOT.sub(_dot, text))


def seen(host: str) -> str:
    """A host as a reader takes it: without what is not seen, its dots plain."""
    return plain_signs(host).lower()


def plain_signs(text: str) -> str:
    """A text without what is not seen, and with plain dots for signs that pass for one."""
    return text.translate(_SEEN)


def _dot(found: re.Match[str]) -> str:
    return f".{found['label'] or ''}"


def _decoded(text: str) -> str:
    """An address that stood in another's parameter: it ends where the next parameter began."""
    text = text.partition("&")[0]
    for _ in range(_DEEPEST):
        if not _CODED.match(text):
            break
        text = unquote(text)
    return text


def without_escape(text: str) -> str:
    """The address without the backslash that ends it; one before the path is left for a refusal."""
    if "\\" not in text:
        return text
    scheme = text.find("//")
    slash = text.find("/", scheme + 2 if scheme >= 0 else 0)
    found = _ESCAPE.search(text, slash) if slash >= 0 else None
    return text[: found.start()] if found else text


def question(path: str) -> tuple[str, str, bool] | None:
    """A path's parts before and after a `?` that was encoded, and whether a parameter follows."""
    found = _QUESTION.search(path)
    if found is None:
        return None
    after = found.end() if found["named"] is None else found.start("named")
    return path[: found.start()], _SIGN.sub(_unescaped, path[after:]), found["named"] is not None


def without_marks(path: str) -> str:
    """A path without the quotes and brackets that were encoded with it at its end."""
    return _MARKS.sub("", path)


def _unescaped(sign: re.Match[str]) -> str:
    return chr(int(sign[1], 16))


def with_plain_hyphens(text: str) -> tuple[str, bool]:
    """A path or query with the hyphens it had, and whether one may have been two."""
    mended, doubtful = _DASH.subn("-", _HYPHEN.sub("-", text))
    return mended, doubtful > 0


def has_dots(path: str) -> bool:
    """Whether a tidied path holds dots that stand for what is missing."""
    return "%E2%8" in path and _CODED_DOTS.search(path) is not None


def cut(text: str) -> str | None:
    """An address without the dots that say it was cut short; None when none do."""
    found = _CUT.search(text, max(0, len(text) - 40))
    return text[: found.start()] if found else None
