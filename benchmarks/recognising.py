"""G8: pasted links recognised, canonicalised and indexed; pasted text in linear time."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import process_time

from app import main
from app.kit.settings import Settings
from app.kit.vault import Vault
from app.platforms.recognition import Recognised, Recogniser
from benchmarks.measuring import Result, Size, cpu_rate, interleaved, ratio, took

URLS_A_SECOND = 60_000
TEXT_SECONDS = 1.0
LINEAR = 1.3
MEGABYTE = 1_000_000
NOW = datetime(2026, 11, 3, tzinfo=UTC)
PATTERNS = (
    "https://www.instagram.com/p/C{:010d}/?igsh=MzRlODBiNWFlZA==",
    "https://www.tiktok.com/@zz.fixture/video/73123{:014d}",
    "https://x.com/zzfixture/status/179{:016d}",
    "https://www.facebook.com/reel/1234{:011d}?mibextid=abc",
    "https://youtu.be/a{:010d}?si=xyz",
    "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUv{:010d}/view?usp=sharing",
    "https://discord.com/channels/546376974303151756/10110522162932{:05d}/1413732588456181282",
    "https://www.snapchat.com/add/zz-fixture{:05d}",
)
HOSTILE = "a.b-(((c.[[[d@e:;,"
# What a table of expressions alone would do: one a platform, tried in turn.
TABLE = [
    re.compile(r"https?://(?:www\.)?" + rule)
    for rule in (
        r"instagram\.com/(?:p|reel)/(?P<id>[\w-]+)",
        r"tiktok\.com/@(?P<account>[\w.]+)/video/(?P<id>\d+)",
        r"(?:x|twitter)\.com/(?P<account>\w+)/status/(?P<id>\d+)",
        r"facebook\.com/reel/(?P<id>\d+)",
        r"youtu\.be/(?P<id>[\w-]{11})",
        r"drive\.google\.com/file/d/(?P<id>[\w-]+)",
        r"discord\.com/channels/(\d+)/(\d+)/(?P<id>\d+)",
        r"snapchat\.com/add/(?P<account>[\w.-]+)",
    )
]


def run(size: Size) -> Iterator[Result]:
    """Measure single links, then pasted text."""
    recogniser = main.workspace_of(Settings()).recogniser
    yield _links(size, recogniser)
    yield from _texts(size, recogniser)


def _links(size: Size, recogniser: Recogniser) -> Result:
    vault = Vault(bytes(32))
    links = [PATTERNS[number % 8].format(number) for number in range(800)]

    def recognise() -> None:
        for link in links:
            found = recogniser.recognise(link, now=NOW)
            assert isinstance(found, Recognised), link
            vault.index("content", found.identity)

    def table() -> None:
        for link in links:
            next(filter(None, (rule.match(link) for rule in TABLE)))

    found = interleaved(
        size.rounds,
        {
            "recognise": lambda: len(links) * cpu_rate(recognise, size.seconds / 2),
            "table": lambda: len(links) * cpu_rate(table, size.seconds / 2),
        },
    )
    rate = median(found["recognise"])
    return Result(
        "G8",
        "links recognised, canonicalised and indexed ÷ a table of expressions alone",
        f"{rate:,.0f}/s of CPU (table {median(found['table']):,.0f}/s)",
        ratio(found["recognise"], found["table"]),
        f"≥ {URLS_A_SECOND:,}/s",
        rate >= URLS_A_SECOND,
    )


def _texts(size: Size, recogniser: Recogniser) -> Iterator[Result]:
    length = MEGABYTE if size.many > 1_000 else 10_000
    lines = (f"seen today: {PATTERNS[n % 8].format(n)} and again\n" for n in range(length // 50))
    texts = {"a chat with links": "".join(lines), "hostile": HOSTILE * (length // len(HOSTILE))}
    for what, text in texts.items():
        found = interleaved(
            size.rounds,
            {
                "whole": partial(_seconds, recogniser, text[:length]),
                "part": partial(_seconds, recogniser, text[: length // 4]),
            },
        )
        growth = ratio(found["whole"], found["part"]) / 4
        seconds = median(found["whole"])
        yield Result(
            "G8",
            f"{length / MEGABYTE:g} MB of pasted text, {what}: time ÷ 4 × a quarter of it",
            f"{seconds:.2f} s of CPU",
            growth,
            f"< {TEXT_SECONDS:.0f} s, ≤ {LINEAR}",
            seconds < TEXT_SECONDS and growth <= LINEAR,
        )


def _seconds(recogniser: Recogniser, text: str) -> float:
    return took(lambda: recogniser.recognise_text(text, now=NOW), process_time)
