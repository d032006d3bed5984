"""What a manager does on the pages of a report, as tests need it done."""

import html
import re
from typing import Any

from app.reports.vocabularies import Heading
from tests.web.web_client import WebClient

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}


def begin(manager: WebClient, kind: str = "article_22", **told: str) -> str:
    """Begin a report in English; returns its address."""
    answer = manager.post("/reports", kind=kind, **{"language": "en", **YEAR, **told})
    return manager.at(answer).partition("?")[0]


def hidden(manager: Any, page: str, name: str = "seen") -> str:
    """What a form of a page says it was filled in from."""
    found = re.search(rf'name="{name}" value="(\w+)"', manager.get(page).text)
    return found[1] if found else ""


def seen(page: Any) -> dict[str, str]:
    """What each field of a form was filled in from."""
    return dict(re.findall(r'name="(seen-\w+)" value="(\w+)"', page.text))


def write(manager: WebClient, report: str, heading: str, text: str) -> Any:
    """Write one text in English, from the page as it is now."""
    page = f"{report}/texts/{heading}"
    return manager.post(page, **seen(manager.get(page)), **{"text-en": text})


def write_all(manager: WebClient, report: str) -> None:
    for heading in Heading:
        write(manager, report, heading, f"How we see to {heading}.")


def confirm_cells(manager: WebClient, report: str) -> Any:
    return manager.post(f"{report}/cells", seen=hidden(manager, report))


def freeze(manager: WebClient, report: str) -> Any:
    """Freeze a report as its page shows it."""
    version = hidden(manager, report, "version")
    return manager.post(f"{report}/versions", version=version, confirm="on")


def frozen(manager: WebClient) -> str:
    """Begin a report, write and check it, freeze it; returns its address."""
    report = begin(manager)
    write_all(manager, report)
    confirm_cells(manager, report)
    freeze(manager, report)
    return report


def words(answer: Any, name: str = "") -> str:
    """What a page says, or the part of it that tests know by a name."""
    text = answer.text.partition("<main")[2].partition("</main>")[0]
    if name:
        text = re.split(r"</(?:p|ul|table|section)>", text.partition(f'data-testid="{name}"')[2])[0]
    text = re.sub(r"</?(?:a|time|strong|span|ins|del)\b[^>]*>", "", f"<{text}")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def links(answer: Any, beginning: str) -> list[tuple[str, str]]:
    """The links of a page that begin so, each with its words."""
    found = re.findall(rf'href="({beginning}[^"]*)"[^>]*>\s*([^<]*?)\s*<', answer.text)
    return [(html.unescape(address), html.unescape(said)) for address, said in found]
