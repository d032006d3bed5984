"""Every page has a door: who may pass, and that no other site's form does."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from app.accounts.permissions import RIGHTS, ROLES
from app.kit.database import Database, metadata
from app.parts import Context
from app.web.application import PAGES
from app.web.visits import Anyone, Seeing
from tests.staff import PASSWORD, joined
from tests.web.asking import Visitor

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
OPEN = {
    "GET /login",
    "POST /login",
    "GET /login/code",
    "POST /login/code",
    "POST /logout",
    "GET /join/{token}",
    "POST /join/{token}",
    "GET /second-factor",  # asks itself who it is: the way in leads through it
    "POST /second-factor",
    "GET /language/{language}",
    "POST /demo/sign-in/{role}",
}
SIGNED_IN = {
    "GET /me",
    "POST /me/look",
    "POST /me/password",
    "POST /me/sign-out",
    "GET /prove",
    "POST /prove",
    "POST /stay",
    "POST /second-factor/codes",
}


class Page(NamedTuple):
    """A page, and the rights it asks for; None: it asks nobody who they are."""

    method: str
    path: str
    rights: frozenset[str] | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        return re.sub(r"\{(\w+)(?::\w+)?\}", "1", self.path)


def pages() -> Iterator[Page]:
    for entry in PAGES:
        for route in entry.router.routes:
            assert isinstance(route, APIRoute)
            doors = [
                found.call
                for found in route.dependant.dependencies
                if isinstance(found.call, (Anyone, Seeing))
            ]
            assert len(doors) == 1, f"{route.path} has no door"
            rights = frozenset(doors[0].rights) if isinstance(doors[0], Seeing) else None
            for method in route.methods or ():
                yield Page(method, route.path, rights)


def everything(database: Database) -> dict[str, object]:
    """All that is stored, but for when a visit was used last."""
    with database.read() as unit:
        return {
            table.name: unit.connection.execute(
                select(*(column for column in table.columns if column.name != "used_at"))
            ).all()
            for table in metadata.sorted_tables
        }


@pytest.fixture
def parts(parts: Context) -> Context:
    settings = parts.settings.model_copy(update={"second_factor_roles": ()})
    return Context(settings, parts.database, parts.clock, parts.desk)


def entered(parts: Context, role: str) -> Visitor:
    joined(parts.database, "Aloe", role)
    visitor = Visitor(parts)
    visitor.post("/login", email="aloe@hotline.example", password=PASSWORD)
    visitor.get("/me")
    return visitor


def asked(visitor: Visitor, page: Page) -> str:
    call = visitor.get if page.method == "GET" else visitor.post
    return visitor.at(call(page.address))


def test_only_these_pages_are_open_and_only_these_take_no_right() -> None:
    found = list(pages())

    assert {str(page) for page in found if page.rights is None} == OPEN
    assert {str(page) for page in found if page.rights == frozenset()} == SIGNED_IN


@on_sqlite
def test_who_is_not_signed_in_is_sent_to_the_door(parts: Context) -> None:
    visitor = Visitor(parts)

    wrong = [str(page) for page in pages() if page.rights is not None
             and not asked(visitor, page).startswith("/login")]  # fmt: skip

    assert wrong == []


@on_sqlite
@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_to_whoever_holds_its_rights_and_to_nobody_else(
    parts: Context, role: str
) -> None:
    visitor = entered(parts, role)

    wrong = [
        str(page)
        for page in pages()
        if page.rights and (asked(visitor, page) == "403") == (page.rights <= RIGHTS[role])
    ]

    assert wrong == []


@on_sqlite
@pytest.mark.parametrize(
    ("story", "headers"),
    [
        ("another site, by the browser's word", {"Sec-Fetch-Site": "cross-site"}),
        ("a neighbour's site", {"Sec-Fetch-Site": "same-site"}),
        ("an old browser, from elsewhere", {"Origin": "https://evil.example"}),
        ("an old browser, from a file", {"Origin": "null"}),
        ("an old browser that tells nothing", {}),
    ],
)
def test_no_form_of_another_site_does_anything(
    parts: Context, story: str, headers: dict[str, str]
) -> None:
    visitor = entered(parts, "admin")
    del visitor.client.headers["Sec-Fetch-Site"]
    visitor.client.headers.update(headers)
    before = everything(parts.database)

    passed = [str(page) for page in pages() if page.method == "POST"
              and asked(visitor, page) != "403"]  # fmt: skip

    assert passed == []
    assert everything(parts.database) == before


@on_sqlite
@pytest.mark.parametrize("proof", ["", "0" * 64, "somebody else's"])
def test_no_form_without_the_visits_own_proof_does_anything(parts: Context, proof: str) -> None:
    visitor = entered(parts, "admin")
    if proof == "somebody else's":
        other = Visitor(parts)
        other.post("/login", email="aloe@hotline.example", password=PASSWORD)
        other.get("/me")
        proof = other.proof
    visitor.proof = proof
    before = everything(parts.database)

    passed = [str(page) for page in pages() if page.method == "POST"
              and asked(visitor, page) != "403"]  # fmt: skip

    assert passed == []
    assert everything(parts.database) == before


@on_sqlite
def test_what_is_no_form_is_not_read(parts: Context) -> None:
    visitor = entered(parts, "admin")
    before = everything(parts.database)

    answers = {
        str(page): visitor.client.post(
            page.address, content=b'{"csrf": "x"}', headers={"Content-Type": "text/plain"}
        ).status_code
        for page in pages()
        if page.method == "POST"
    }

    assert set(answers.values()) == {415}
    assert everything(parts.database) == before


@on_sqlite
def test_looking_at_an_address_that_changes_something_changes_nothing(parts: Context) -> None:
    visitor = entered(parts, "admin")
    shown = {page.path for page in pages() if page.method == "GET"}
    before = everything(parts.database)

    answers = {
        str(page): asked(visitor, page._replace(method="GET"))
        for page in pages()
        if page.method == "POST" and page.path not in shown
    }

    assert set(answers.values()) == {"405"}
    assert everything(parts.database) == before
