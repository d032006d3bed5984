"""A visitor who follows every link there is."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.web.markup import Page
from tests.web.web_client import WebClient

STARTS = ("/inbox", "/takedowns", "/search", "/metrics", "/platforms", "/templates", "/me")
# Filters can be put together without end: each page is seen plain, and with one of them.
ASKED_OF_ONE_PAGE = 2
LEADS_ELSEWHERE = ("/static/", "/language/", "/api/", "/docs")


def crawl(visitor: WebClient, *starts: str) -> Iterator[tuple[str, Any]]:
    """Yield every address that links lead to from here, with its answer."""
    ahead = list(starts or STARTS)
    known = set(ahead)
    seen: Counter[str] = Counter()
    while ahead:
        path = ahead.pop(0)
        answer = visitor.get(path)
        yield path, answer
        found = [answer.headers["location"]] if "location" in answer.headers else []
        if answer.headers.get("content-type", "").startswith("text/html"):
            found += links(answer.text)
        for link in found:
            address = urldefrag(urljoin(path, link)).url
            here = urlsplit(address).path
            if address in known or not address.startswith("/") or here.startswith(LEADS_ELSEWHERE):
                continue
            if seen[here] < ASKED_OF_ONE_PAGE:
                known.add(address)
                seen[here] += 1
                ahead.append(address)


def links(text: str) -> list[str]:
    """The addresses that a page leads to by links, not by its forms."""
    return [
        element.attributes["href"] or ""
        for element in Page(text).elements
        if element.name == "a" and "href" in element.attributes
    ]
