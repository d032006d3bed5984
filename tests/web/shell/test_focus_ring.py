"""The ring around what has the focus is seen on every surface (WCAG 2.2, 1.4.11)."""

import re
from collections.abc import Mapping

import pytest

from app.web.shell.rendering import WEB

STYLES = {path.name: path.read_text("utf-8") for path in WEB.rglob("*.css")}
COLOUR = re.compile(r"(--[\w-]+): #([0-9A-F]{6});")
RING = re.compile(
    r"^:focus-visible \{ outline: 2px solid var\((--[\w-]+)\); outline-offset: 2px;", re.M
)
SURFACE = re.compile(r"background(?:-color)?: var\((--[\w-]+)\)")
WITHOUT_RING = re.compile(r"^(.*)\{[^}]*outline: (?:none|0)\b", re.M)
# A part on a ground of its own may have a ring of its own.
OWN_RING = re.compile(r":focus-visible \{ outline-color: var\((--[\w-]+)\); \}")
# The ring of a button stands beside it, two pixels away; a dot holds nothing.
HOLDS_NOTHING = {"--accent", "--edge"}
LIGHT, _, DARK = STYLES["tokens.css"].partition("prefers-color-scheme: dark")
COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": dict(COLOUR.findall(LIGHT)),
    "dark": dict(COLOUR.findall(LIGHT)) | dict(COLOUR.findall(DARK)),
}


def luminance(colour: str) -> float:
    """As WCAG defines it, of a colour in sRGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", COLOURS)
def test_the_ring_has_three_to_one_on_every_surface(scheme: str) -> None:
    [usual] = RING.findall(STYLES["elements.css"])
    pairs = {
        (name, *OWN_RING.findall(style), usual)[:2]
        for style in STYLES.values()
        for name in SURFACE.findall(style)
        if name not in HOLDS_NOTHING
    }
    found = {pair: contrast(*(COLOURS[scheme][name] for name in pair)) for pair in pairs}

    assert {"--paper", "--sunken", "--accent-soft", "--late-soft", "--ink"} <= dict(pairs).keys()
    assert {pair: round(told, 2) for pair, told in found.items() if told < 3} == {}


def test_nothing_but_the_page_itself_goes_without_a_ring() -> None:
    found = {one.strip() for style in STYLES.values() for one in WITHOUT_RING.findall(style)}

    assert found == {"main:focus"}


def test_contrast_is_that_of_its_definition() -> None:
    assert contrast("FFFFFF", "000000") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.005)
