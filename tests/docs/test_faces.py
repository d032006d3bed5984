"""Addresses of pages and of calls are known to the two faces alone."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from app.kit.settings import ROOT
from app.web.application import PAGES
from tests import architecture

# The front tells the two faces apart by one word, and lets the name of a case hold a slash.
KNOWN = {
    ("http/admission.py", "/cases"),
    ("http/front.py", "/api/v1"),
    ("http/request_log.py", "/api/v1"),
}
# A pointer to a field of a body looks the same.
POINTERS = {"language"}


def beginnings() -> set[str]:
    """The first part of each page's address."""
    routes = chain.from_iterable(page.router.routes for page in chain.from_iterable(PAGES.values()))
    return {route.path.split("/")[1] for route in routes} - {""} - POINTERS  # type: ignore[attr-defined]


def addresses(text: str) -> set[str]:
    """The addresses of our faces that stand in quotation marks, as far as their first part."""
    known = "|".join(sorted(beginnings(), key=len, reverse=True))
    return set(re.findall(rf"""["'`](/(?:api/v1|{known}))(?![\w-])""", text))


def below_the_faces() -> Iterator[Path]:
    layers = architecture.layers()
    faces = next(number for number, layer in enumerate(layers) if "web" in layer)
    for name in chain.from_iterable(layers[faces + 1 :]):
        path = ROOT / "app" / name
        yield from path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]


def test_below_the_faces_nobody_knows_an_address_of_theirs() -> None:
    found = {
        (str(path.relative_to(ROOT / "app")), address)
        for path in below_the_faces()
        for address in addresses(path.read_text("utf-8"))
    }

    assert found == KNOWN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('f"/takedowns/{row.reference}"', {"/takedowns"}),
        ("'/api/v1/health'", {"/api/v1"}),
        ('back("/inbox")', {"/inbox"}),
        ('Fault("/platform", code)', set()),
    ],
)
def test_an_address_would_be_found(text: str, found: set[str]) -> None:
    assert addresses(text) == found
