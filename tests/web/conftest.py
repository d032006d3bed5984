"""A served frontend and a real Chromium in front of it.

Whatever a test does, every page must keep two promises: nothing is loaded from elsewhere, and
nothing is blocked by our own policy or breaks in the console. The browser is watched for both.
"""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app import demo, main
from app.context import Context
from app.kit import settings as settings_of
from app.kit.clock import starting_at
from tests.factories import ManualClock
from tests.fictional_year import FICTION

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Milliseconds that a slow machine may take for what a quick one does at once.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes its time: of the tests that drive one, `./run test` runs the quick ones."""
    for item in items:
        if drives_a_browser(item) and not item.get_closest_marker("quick"):
            item.add_marker("slow")


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_browsers_come_last(items: list[pytest.Item]) -> None:
    """Chromium keeps an event loop running: the files that drive it come after all others."""
    last = {item.path for item in items if drives_a_browser(item)}
    items.sort(key=lambda item: item.path in last)


def quickly_in_a_browser(values: Iterable[Any]) -> list[Any]:
    """Values for a browser's test; `./run test` tries the first of them."""
    first, *others = values
    return [pytest.param(first, marks=pytest.mark.quick), *others]


def drives_a_browser(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ())


class Site(NamedTuple):
    """A frontend that answers, and the parts it stands on."""

    address: str
    parts: Context


@pytest.fixture(scope="module")
def site(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The fictional year, served; the tests of one module share it."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(year, folder)
    with_served = served(main.context(settings_of.read(folder, **FICTION), starting_at(demo.NOW)))
    yield from with_served


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """People, but not a single takedown."""
    clock = demo.Moving()
    parts = main.context(settings_of.read(tmp_path / "data", **FICTION), clock)
    with parts.database.write() as unit:
        demo.join(unit)
    parts.database.close()
    yield from served(
        main.context(settings_of.read(tmp_path / "data", **FICTION), starting_at(demo.NOW))
    )


@pytest.fixture
def new_site(tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """A hotline on its first day, not the demo: nobody works here, and the test moves the clock."""
    settings = settings_of.read(tmp_path / "data", **FICTION | {"demo": False})
    yield from served(main.context(settings, clock))


def served(parts: Context) -> Iterator[Site]:
    """Serve an application in a thread of its own."""
    config = uvicorn.Config(
        main.create_app(parts), log_level="warning", access_log=False, ws="none",
        server_header=False, proxy_headers=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    # It listens at once and for good: nobody else can take the port, callers wait until it answers.
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{port}", parts)
    server.should_exit = True
    thread.join(10)
    parts.database.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, once for all tests of this process."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"no Chromium at {CHROMIUM}: install Debian's `chromium`, or set CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page of a site as somebody; role None stays signed out."""
    contexts = []
    complaints: list[str] = []

    def visit(
        site: Site,
        path: str = "/inbox",
        role: str | None = "caseworker",
        *,
        language: str = "en",
        width: int = 1280,
        javascript: bool = True,
        scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale=language,
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch(page, site.address, complaints)
        # By requests alone: to show two pages on the way to the one that matters takes a while.
        context.request.get(f"/language/{language}?next=/login", max_redirects=0)
        if role is not None:
            context.request.post(
                f"/demo/sign-in/{role}", headers={"Sec-Fetch-Site": "same-origin"}, max_redirects=0
            )
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page: Page, address: str, complaints: list[str]) -> None:
    """Note what no page may do: load from elsewhere, break its policy, fail in its script."""

    def requested(url: str) -> None:
        if not url.startswith((address, "data:", "blob:", "about:")):
            complaints.append(f"asked {url.split('/')[2]}")

    page.on("request", lambda request: requested(request.url))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "status of 4" not in said.text
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
