"""The pictures of the documentation: `python -m tests.web.pictures` takes them anew.

The fictional year with its clock held still, so that they are the same each time.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import func, select

from app import demo, main
from app.kit import settings as settings_of
from app.kit.settings import ROOT
from app.takedowns.models import events, takedowns
from tests.fictional_year import FICTION
from tests.web.conftest import CHROMIUM, FLAGS, Site, served

FOLDER = ROOT / "docs/pictures"
WIDTH, TALLEST = 1280, 1400
COLOURS = 128
# Not a secret: nothing here is real, and what it makes looks the same each time.
SECRET = "ZmljdGlvbmFsLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4="


class Picture(NamedTuple):
    """One picture: its file, the page, and what is done on it before it is taken."""

    name: str
    path: str
    language: str = "en"
    do: str = ""

    def __str__(self) -> str:
        return f"{self.name}.png"


PICTURES = (
    Picture("sign-in", "/login", do="sign out"),
    Picture("inbox", "/inbox"),
    Picture("inbox-nl", "/inbox", "nl"),
    Picture("inbox-fr", "/inbox", "fr"),
    Picture("new-request", "/takedowns/new", do="paste"),
    Picture("notices", "/takedowns/new", do="save"),
    Picture("takedown", "/takedowns/{reference}"),
    Picture("metrics", "/metrics"),
    Picture("platform", "/platforms/instagram"),
    Picture("templates", "/templates"),
)


def take_all(folder: Path) -> None:
    """Take every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with still_year() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for picture in PICTURES:
            context = browser.new_context(
                base_url=site.address,
                viewport={"width": WIDTH, "height": 900},
                reduced_motion="reduce",
                locale=picture.language,
                timezone_id="Europe/Brussels",
            )
            page = context.new_page()
            page.clock.set_fixed_time(demo.NOW)
            take(page, picture, site, folder / str(picture))
            context.close()
        browser.close()


def take(page: Page, picture: Picture, site: Site, path: Path) -> None:
    """Take one picture, no taller than it is read."""
    page.goto(f"/language/{picture.language}?next=/login")
    if picture.do != "sign out":
        page.click("[data-testid=demo-caseworker]")
    page.goto(picture.path.format(reference=telling(site)))
    if picture.do in ("paste", "save"):
        page.click("[data-testid=paste-sample]")
        page.fill("#case_ref", "CF-2026-1187")
        page.select_option("#category", "csam_ai")
        page.locator("[data-testid^=notice-] >> nth=2").wait_for()
        page.wait_for_load_state("networkidle")
    if picture.do == "save":
        page.click("[data-testid=save]")
        page.wait_for_url("**logged=**")
    page.evaluate("document.activeElement.blur()")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": WIDTH, "height": height})
    shrink(page.screenshot(animations="disabled", caret="hide"), path)


def shrink(taken: bytes, path: Path) -> None:
    """Keep a screenshot in as many colours as a page has."""
    picture = Image.open(BytesIO(taken)).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


@contextmanager
def still_year() -> Iterator[Site]:
    """Serve the fictional year at one moment."""
    dice = Random(20261103)
    with (
        TemporaryDirectory(prefix="takedown-") as folder,
        patch("secrets.choice", dice.choice),
        patch("os.urandom", dice.randbytes),
        patch("app.kit.vault.new_data_key", lambda: dice.randbytes(32)),
    ):
        clock = demo.Moving()
        parts = main.context(
            settings_of.read(Path(folder) / "data", **FICTION, secret_key=SECRET), clock
        )
        demo.fill(parts.database, parts.workspace, clock)
        yield from served(parts)


def telling(site: Site) -> str:
    """The open takedown whose timeline tells most."""
    with site.parts.database.read() as unit:
        longest = select(events.c.takedown_id).join(takedowns).group_by(events.c.takedown_id)
        longest = longest.where(takedowns.c.whose_turn == "us")
        longest = longest.order_by(func.count().desc(), events.c.takedown_id).limit(1)
        query = select(takedowns.c.reference).where(takedowns.c.id == longest.scalar_subquery())
        return str(unit.connection.scalar(query))


if __name__ == "__main__":
    take_all(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
