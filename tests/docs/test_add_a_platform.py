"""The example of docs/add-a-platform.md works, as one new file beside the shipped ones."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent

import pytest

from app.kit.languages import Language
from app.kit.settings import ROOT
from app.notices.compose import Item, NoticeRequest, Organisation, compose
from app.platforms import catalogue, checking
from app.platforms.catalogue import Catalogue
from app.platforms.recognition import Recognised, Recogniser

PAGE = (ROOT / "docs" / "add-a-platform.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
[SERIES] = re.findall(r"^    (published:\n(?:    .*\n)+)", PAGE, re.MULTILINE)
SLUG = "fotomuur"
US = Organisation("Example Hotline", "hotline@example.org")
URL = "https://www.fotomuur.example/p/aB3dE5fG"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped files with the example as one new file among them."""
    folder = tmp_path_factory.mktemp("docs") / "platform_templates"
    shutil.copytree(ROOT / "platform_templates", folder)
    (folder / f"{SLUG}.yaml").write_text(EXAMPLE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def known(folder: Path) -> Catalogue:
    return catalogue.load(catalogue.read_folder(folder))


def asked(category: str, basis: str = "article_16") -> NoticeRequest:
    return NoticeRequest(
        reference="TD-7K3M9Q",
        platform=SLUG,
        category=category,
        basis=basis,
        items=(Item(1, URL, URL, "photo", "aB3dE5fG"),),
        written_on=date(2026, 11, 22),
        recipient="https://www.fotomuur.example/report",
        facts={"authorised_by_person": True},
        explanation="Assessed by a trained analyst.",
    )


def test_the_example_has_no_fault_beside_the_shipped_files(folder: Path) -> None:
    assert checking.check(catalogue.read_folder(folder), date(2026, 12, 1)) == []


def test_the_example_of_its_own_figures_has_no_fault(folder: Path) -> None:
    changed = {f"{SLUG}.yaml": f"{EXAMPLE}\n{dedent(f'    {SERIES}')}"}
    read = {**catalogue.read_folder(folder), **changed}

    assert checking.check(read, date(2026, 12, 1)) == []
    figures = catalogue.load(read).platforms[SLUG].dealings.published
    assert [(one.category, one.n) for one in figures] == [(None, 40), ("csam", 0)]


def test_its_links_are_recognised_as_the_page_says(known: Catalogue) -> None:
    recogniser = Recogniser(known.rules)
    rows = re.findall(r"^\| `(\S+)` \| (\w+) \| (\S*) ?\| (\S*) ?\|$", PAGE, re.MULTILINE)

    links = [recogniser.recognise(url, now=datetime(2026, 11, 22, tzinfo=UTC)) for url, *_ in rows]

    assert len(rows) == 4
    assert [
        (link.platform, link.kind, link.content_id or "", link.account or "")
        for link in links
        if isinstance(link, Recognised)
    ] == [(SLUG, *told) for _, *told in rows]


@pytest.mark.parametrize("language", Language)
def test_every_category_gives_a_ready_notice(known: Catalogue, language: str) -> None:
    good_faith = known.texts[language].good_faith.default
    notices = {
        category: compose(known, asked(category), US, channel=None, language=language)
        for category in known.categories
    }

    assert len(notices) == 18
    assert {category: notice.missing for category, notice in notices.items()} == dict.fromkeys(
        known.categories, ()
    )
    assert [
        category
        for category, notice in notices.items()
        if URL not in notice.body.split("\n") or good_faith not in notice.body
    ] == []


def test_its_own_sentence_stands_in_the_notice_that_says_so(known: Catalogue) -> None:
    notice = compose(known, asked("cyberbullying"), US, channel=None, language="nl")

    assert "Wij verzoeken u de foto en elke kopie ervan" in notice.body
    assert notice.template.specific == (
        {
            "sentence": "request.default",
            "from": "fotomuur.yaml",
            "because": "category cyberbullying: a photo can hang on several walls",
        },
    )
    assert (
        compose(known, asked("ncii_adult"), US, channel=None, language="nl").template.specific == ()
    )


def test_the_readme_leads_to_the_page() -> None:
    assert "(docs/add-a-platform.md)" in (ROOT / "README.md").read_text("utf-8")
