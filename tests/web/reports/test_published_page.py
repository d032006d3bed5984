"""The web page of a report, opened as a file: it needs nothing else, and everybody can read it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.kit.languages import Language
from app.notices.filling import Workspace
from app.reports.forms import page_html
from app.reports.forms.edition import Edition
from app.reports.vocabularies import ReportKind
from tests.reports.documents import document
from tests.web.conftest import watch
from tests.web.page_checks import faults

Look = tuple[ReportKind, Language, int, str]
LOOKS: list[Look] = [
    (ReportKind.ARTICLE_22, Language.NL, 1280, "light"),
    (ReportKind.ARTICLE_22, Language.FR, 320, "dark"),
    (ReportKind.ACTIVITY, Language.EN, 1280, "dark"),
    (ReportKind.HOTLINE, Language.NL, 320, "light"),
    (ReportKind.CAMPAIGN, Language.FR, 1280, "light"),
]


@pytest.mark.parametrize("look", LOOKS)
def test_a_published_page_is_for_everybody(
    browser: Browser, workspace: Workspace, tmp_path: Path, look: Look
) -> None:
    kind, language, width, scheme = look
    content = page_html.rendered(document(kind), Edition(language, 1, workspace.catalogue))
    file = tmp_path / "report.html"
    file.write_bytes(content)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    watch(page, file.as_uri(), complaints)

    page.goto(file.as_uri())
    page.click("summary")

    assert faults(page) == []
    assert page.evaluate("getComputedStyle(document.querySelector('caption')).fontWeight") == "600"
    assert page.evaluate("document.documentElement.lang") == language
    context.close()
    assert complaints == []
