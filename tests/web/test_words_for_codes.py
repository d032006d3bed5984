"""Pages say words, not codes: of every closed list that has labels, in each language."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import func, select

from app import demo, main
from app.context import Context
from app.kit import settings as settings_of
from app.kit.clock import starting_at
from app.kit.languages import Language
from app.takedowns.models import takedowns
from tests.web.codes_in_words import codes_of, codes_on
from tests.web.conftest import FICTION
from tests.web.web_client import WebClient

PAGES = ("/inbox", "/takedowns", "/search", "/takedowns/new")


@pytest.fixture(scope="module")
def told_year(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The fictional year, in which everything occurs."""
    folder = tmp_path_factory.mktemp("told") / "data"
    copytree(year, folder)
    parts = main.context(settings_of.read(folder, **FICTION), starting_at(demo.NOW))
    yield parts
    parts.database.close()


def requests(parts: Context, *, every: bool) -> Iterator[str]:
    """The pages of requests, their notices and cases: of one in each stage, or of all."""
    rows = select(takedowns.c.reference, takedowns.c.case_ref, takedowns.c.submitted_at)
    if not every:
        newest = select(func.max(takedowns.c.id)).group_by(takedowns.c.stage)
        rows = rows.where(takedowns.c.id.in_(newest))
    with parts.database.read() as unit:
        found = unit.connection.execute(rows).all()
    for reference, case_ref, submitted_at in found:
        yield from (f"/takedowns/{reference}", f"/cases/{case_ref}")
        yield f"/takedowns/{reference}/{'notices/1' if submitted_at else 'notice'}"


@pytest.mark.parametrize(
    ("language", "every"),
    [
        (Language.NL, False),
        *(pytest.param(language, True, marks=pytest.mark.slow) for language in Language),
    ],
)
def test_no_page_of_a_request_says_a_code_where_there_is_a_word(
    told_year: Context, language: Language, every: bool
) -> None:
    codes = codes_of(told_year.workspace.catalogue, language)
    visitor = WebClient.signed_in(told_year)
    visitor.get(f"/language/{language}")

    said = {
        path: codes_on(visitor.get(path).text, codes)
        for path in (*PAGES, *requests(told_year, every=every))
    }

    assert {path: found for path, found in said.items() if found} == {}
    assert len(said) > 20


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>geo_restricted</p>", ["geo_restricted"]),
        ('<p class="mono">dsa</p>', ["dsa"]),
        ('<td data-head="returned_as: wrong_channel">', ["wrong_channel"]),
        ("<p>status:not_held</p>", []),
        ("<code>geo_restricted</code>", []),
        ('<p lang="en">csam_ai</p>', []),
    ],
)
def test_a_code_on_a_page_is_found(told_year: Context, page: str, found: list[str]) -> None:
    codes = codes_of(told_year.workspace.catalogue, Language.NL)

    assert codes_on(page, codes) == found
