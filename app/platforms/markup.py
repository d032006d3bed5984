"""Mail and web markup made plain: what is left are the words and addresses a person would see.

Pure, and linear in the length of the text.
"""

import html
import json
import re

_QUOTED_PRINTABLE = re.compile(r"content-transfer-encoding:\s*quoted-printable|=3D[\"']", re.I)
_SOFT_BREAK = re.compile(r"(?<!=)=[ \t]*\r?\n(?![\s>]|(?i:h[tx]{2}ps?\b|www\.)|\Z)")
_ANY_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n")
_OCTETS = re.compile(r"(?:=[0-9A-F]{2})+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_END = re.compile(r"\r?\n[> ]*")
# RFC 3986, appendix C: line breaks within angle brackets are no part of the address.
_BROKEN = re.compile(r"<h[tx]{2}ps?://[^\s<>\"]+(?:\r?\n[> ]*[^\s<>\"]+)+>", re.IGNORECASE)
_JSON_SCHEME = re.compile(r":(?:(?:\\+/){2}|(?:\\+u002[fF]){2}|(?:\\+x2[fF]){2})")
_JSON = re.compile(r"\"\w+\"\s*:\s*[\"\[{]")
_DEEPEST = 4
_JSON_ESCAPES = re.compile(r"(?:\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\"\\/bfnrt]))+")
# Written so that a sign is not taken for markup.
_ESCAPE = re.compile(r"(?<=[\w/=&?.-])\\([_=&?~*+#-])(?=\w)|\\(?=_)")
_TAG = re.compile(
    r"<(?:!--|/?([a-zA-Z][a-zA-Z0-9]*)(?::[a-z]+)?(?=[\s/>])[^<>]*>|!doctype[^<>]*>)", re.IGNORECASE
)
_ELEMENTS = frozenset(
    [
        *("a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo"),
        *("big", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite"),
        *("code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt"),
        *("em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe"),
        *("img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark"),
        *("meta", "nav", "noscript", "o", "object", "ol", "option", "p", "param", "picture"),
        *("pre", "q", "s", "samp", "script", "section", "select", "small", "source", "span"),
        *("strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td"),
        *("template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul"),
        *("v", "var", "video", "w", "wbr"),
    ]
)
_ADDRESS = re.compile(
    r"\b(href|src|cite|data-[\w-]{1,30}-permalink)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
_UNSEEN = {name: re.compile(rf"</{name}\b[^<>]*>", re.I) for name in ("script", "style", "head")}
# Which tags show the address they hold; an image's own address is not a link.
_SHOWN = {
    "href": ("a", "area"),
    "src": ("iframe", "embed", "video", "audio", "source"),
    "cite": ("blockquote", "q"),
}
_NOT_CONTENT = ("mailto:", "tel:", "sms:", "cid:", "#")


def plain(text: str) -> str:
    """The text without soft line breaks, tags and entities; addresses in tags stand quoted."""
    text = _BROKEN.sub(_mended, _without_tags(_decoded(text)))
    if _JSON.search(text):
        # As in a platform's own data export, or in a line of a log.
        text = _JSON_ESCAPES.sub(_json_characters, text)
    for _ in range(_DEEPEST):
        if not _JSON_SCHEME.search(text):
            break
        text = _JSON_ESCAPES.sub(_json_characters, text)
    return _ENTITY.sub(_character, _ESCAPE.sub(r"\1", text))


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _mended(broken: re.Match[str]) -> str:
    return _LINE_END.sub("", broken[0])


def _json_characters(escapes: re.Match[str]) -> str:
    coded = escapes[0].replace("\\x", "\\u00")
    text: str = json.loads(f'"{coded}"')
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decoded(text: str) -> str:
    if "=" not in text:
        return text
    joined = _SOFT_BREAK.sub("", text)
    if _QUOTED_PRINTABLE.search(text) or (joined != text and "=3D" in text):
        return _OCTETS.sub(_octets, _ANY_SOFT_BREAK.sub("", text))
    return joined


def _octets(escaped: re.Match[str]) -> str:
    return bytes.fromhex(escaped[0].replace("=", "")).decode(errors="replace")


def _without_tags(text: str) -> str:
    parts: list[str] = []
    never_closed: set[str] = set()
    end = 0
    found = _TAG.search(text)
    while found:
        name = (found[1] or "").lower()
        if name and name not in _ELEMENTS:
            found = _TAG.search(text, found.start() + 1)
            continue
        parts.append(text[end : found.start()])
        parts.append("" if name == "wbr" else _address(found[0], name))
        end = _end_of_unseen(text, found, name, never_closed=never_closed)
        found = _TAG.search(text, end)
    return "".join([*parts, text[end:]]) if parts else text


def _end_of_unseen(text: str, tag: re.Match[str], name: str, *, never_closed: set[str]) -> int:
    """Where the text goes on after a tag: behind a comment or a style sheet too."""
    name = "-->" if tag[0] == "<!--" else name
    if name in never_closed or tag[0].startswith("</"):
        return tag.end()
    if name == "-->":
        end = text.find("-->", tag.end())
        end = end + 3 if end >= 0 else end
    elif name in _UNSEEN:
        closing = _UNSEEN[name].search(text, tag.end())
        end = closing.end() if closing else -1
    else:
        return tag.end()
    if end < 0:
        never_closed.add(name)
        return tag.end()
    return end


def _address(tag: str, name: str) -> str:
    found = []
    for attribute in _ADDRESS.finditer(tag):
        shown = name in _SHOWN.get(attribute[1].lower(), (name,))
        address = (attribute[2] or attribute[3] or attribute[4] or "").strip()
        if shown and address and not address.lower().startswith(_NOT_CONTENT):
            found.append(f' "https:{address}" ' if address.startswith("//") else f' "{address}" ')
    return "".join(found) or " "
