"""Pages say words, not codes: of every closed list that has labels, in each language."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import select

from app import demo, main
from app.context import Context
from app.kit import settings as settings_of
from app.kit.clock import starting_at
from app.kit.languages import Language
from app.takedowns.models import takedowns
from tests.databases import Story
from tests.fictional_year import FICTION
from tests.sample_record import populate
from tests.web.codes_in_words import codes_of, codes_on
from tests.web.web_client import WebClient

PAGES = ("/inbox", "/takedowns", "/search", "/takedowns/new")
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture(scope="module")
def told_year(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The fictional year, in which everything occurs."""
    folder = tmp_path_factory.mktemp("told") / "data"
    copytree(year, folder)
    parts = main.context(settings_of.read(folder, **FICTION), starting_at(demo.NOW))
    yield parts
    parts.database.close()


def requests(parts: Context) -> Iterator[str]:
    """The pages of requests, of their notices and of their cases."""
    rows = select(takedowns.c.reference, takedowns.c.case_ref, takedowns.c.submitted_at)
    with parts.database.read() as unit:
        found = unit.connection.execute(rows).all()
    for reference, case_ref, submitted_at in found:
        yield from (f"/takedowns/{reference}", f"/cases/{case_ref}")
        yield f"/takedowns/{reference}/{'notices/1' if submitted_at else 'notice'}"


def said_on(parts: Context, language: Language) -> Mapping[str, list[str]]:
    """The codes that each page says."""
    codes = codes_of(parts.workspace.catalogue, language)
    visitor = WebClient.signed_in(parts)
    visitor.get(f"/language/{language}")
    return {path: codes_on(visitor.get(path).text, codes) for path in (*PAGES, *requests(parts))}


@on_sqlite
def test_no_page_of_a_request_says_a_code_where_there_is_a_word(parts: Context) -> None:
    said = said_on(parts, Language.NL)

    assert {path: found for path, found in said.items() if found} == {}
    assert len(said) > 20


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_no_page_of_a_year_of_requests_does_in_any_language(
    told_year: Context, language: Language
) -> None:
    said = said_on(told_year, language)

    assert {path: found for path, found in said.items() if found} == {}
    assert len(said) > 200


@on_sqlite
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
def test_a_code_on_a_page_is_found(parts: Context, page: str, found: list[str]) -> None:
    codes = codes_of(parts.workspace.catalogue, Language.NL)

    assert codes_on(page, codes) == found
