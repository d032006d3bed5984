"""What a page is made of, read by a parser that knows nothing of our templates."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

LOADED = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "xlink:href",
    "hx-get",
    "hx-post",
)
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
NEVER = {
    "img", "video", "audio", "picture", "source", "iframe", "frame", "object", "embed", "base",
    "math", "style", "applet", "portal", "marquee", "template", "foreignobject", "animate",
}  # fmt: skip
METAS = {None, "viewport", "color-scheme", "robots", "csrf", "htmx-config"}


class Element(NamedTuple):
    """One element as it was opened."""

    name: str
    attributes: dict[str, str | None]


class Page(HTMLParser):
    """A page taken apart: its elements, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"{tag} has an attribute twice")
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-3:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_comment(self, data: str) -> None:
        self.faults.append("a comment")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def links(self) -> Iterator[str]:
        """Every address that a browser could load or go to."""
        for element in self.elements:
            for name, value in element.attributes.items():
                if name in LOADED and value is not None:
                    yield value


def foreign(page: Page) -> list[str]:
    """Name what no template of ours writes."""
    return page.faults + [
        fault for element in page.elements for fault in _faults(*element)
    ]  # fmt: skip


def _faults(name: str, attributes: dict[str, str | None]) -> Iterator[str]:
    if name in NEVER:
        yield f"<{name}>"
    if name == "script" and not (attributes.get("src") or "").startswith("/static/"):
        yield "<script> of its own"
    if name == "meta" and (attributes.get("name") not in METAS or "http-equiv" in attributes):
        yield f"<meta {attributes}>"
    for key, value in attributes.items():
        if key.startswith("on") or key in ("style", "srcdoc") or not re.fullmatch(r"[a-z:-]+", key):
            yield f"<{name} {key}>"
        if key in LOADED and not re.match(r"(/(?!/)|#|\?|https://|$)", value or ""):
            yield f"<{name} {key}={value}>"
