"""Every page has a door: who may pass, and that no other site's form does."""

import pytest

from app.accounts.permissions import RIGHTS, ROLES
from app.context import Context
from tests.examples import later
from tests.web.pages import Page, everything, pages
from tests.web.web_client import WebClient

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
# Which rights each page asks for: a page that is not here, or asks for others, fails.
OPEN = None
SIGNED_IN: frozenset[str] = frozenset()
READ = frozenset({"takedowns:read"})
WRITE = frozenset({"takedowns:write"})
RECORD = frozenset({"events:write"})
CONTENT = frozenset({"content:read"})
TELL = READ | RECORD
FIGURES = frozenset({"metrics:read"})
BOTH = READ | FIGURES
REPORTS = frozenset({"reports:read"})
REPORTING = REPORTS | {"reports:write"}
KEEPING = frozenset({"reports:write"})
IMPORTING = KEEPING | {"takedowns:write", "content:read"}
ADMIN = frozenset({"admin"})
NEEDED = {
    "GET /": READ,
    "GET /inbox": READ,
    "GET /inbox.csv": READ,
    "GET /inbox.xlsx": READ,
    "GET /inbox/news": READ,
    "GET /inbox/next": READ,
    "GET /inbox/since-last-visit/{arrived}": READ,
    "GET /inbox/since-last-visit/{arrived}.csv": READ,
    "GET /inbox/since-last-visit/{arrived}.xlsx": READ,
    "POST /inbox/views": READ,
    "POST /inbox/views/remove": READ,
    "GET /inbox/reminders": READ,
    "POST /inbox/reminders/{reference}/off": TELL,
    "POST /inbox/reminders/joint": TELL,
    "POST /inbox/reminders/joint/copy": READ | CONTENT,
    "POST /inbox/reminders/joint/words": READ | CONTENT,
    "GET /inbox/chase/{slug}": TELL,
    "POST /inbox/chase/{slug}": TELL,
    "POST /inbox/bulk": TELL,
    "POST /inbox/bulk/apply": TELL,
    "GET /inbox/bulk/done": TELL,
    "POST /undo": TELL,
    "GET /takedowns": READ,
    "GET /takedowns.csv": READ,
    "GET /takedowns.xlsx": READ,
    "POST /search/export": READ,
    "GET /search": READ,
    "POST /search": READ,
    "GET /cases/{case_ref:path}": READ,
    "GET /metrics": FIGURES,
    "GET /metrics/rows": BOTH,
    "GET /metrics/rows.csv": BOTH,
    "GET /metrics/rows.xlsx": BOTH,
    "GET /metrics.csv": FIGURES,
    "GET /metrics.xlsx": FIGURES,
    "GET /imports": IMPORTING,
    "POST /imports": IMPORTING,
    "GET /imports/{number}": IMPORTING,
    "POST /imports/{number}/sheet": IMPORTING,
    "POST /imports/{number}/columns": IMPORTING,
    "POST /imports/{number}/needs": IMPORTING,
    "POST /imports/{number}/words": IMPORTING,
    "POST /imports/{number}/again": IMPORTING,
    "POST /imports/{number}/back": IMPORTING,
    "POST /imports/{number}/start": IMPORTING,
    "POST /imports/{number}/cancel": IMPORTING,
    "POST /imports/{number}/forget": IMPORTING,
    "GET /imports/{number}/faults.csv": IMPORTING,
    "GET /imports/{number}/faults.xlsx": IMPORTING,
    "GET /imports/{number}/known.csv": IMPORTING,
    "GET /imports/{number}/known.xlsx": IMPORTING,
    "GET /metrics/published": FIGURES,
    "GET /metrics/published.csv": FIGURES,
    "GET /metrics/published.xlsx": FIGURES,
    "POST /metrics/published": KEEPING,
    "GET /metrics/published/new": KEEPING,
    "POST /metrics/published/new": KEEPING,
    "GET /metrics/published/{number}": FIGURES,
    "GET /metrics/published/{number}/file": FIGURES,
    "GET /metrics/quality": FIGURES,
    "GET /metrics/quality.csv": FIGURES,
    "GET /metrics/quality.xlsx": FIGURES,
    "POST /metrics/quality/alarm": KEEPING,
    "GET /metrics/quality/drafts": BOTH,
    "GET /metrics/quality/drafts.csv": BOTH,
    "GET /metrics/quality/drafts.xlsx": BOTH,
    "GET /platforms": BOTH,
    "GET /platforms.csv": BOTH,
    "GET /platforms.xlsx": BOTH,
    "GET /platforms/{slug}/channels.csv": BOTH,
    "GET /platforms/{slug}/channels.xlsx": BOTH,
    "GET /platforms/{slug}/{figure}.csv": BOTH,
    "GET /platforms/{slug}/{figure}.xlsx": BOTH,
    "GET /platforms/{slug}": BOTH,
    "GET /platforms/{slug}/sheet": BOTH,
    "GET /templates": READ,
    "GET /templates.csv": READ,
    "GET /templates.xlsx": READ,
    "GET /templates/check": READ,
    "GET /templates/{slug}": READ,
    "GET /reports": REPORTS,
    "GET /reports.csv": REPORTS,
    "GET /reports.xlsx": REPORTS,
    "POST /reports": REPORTING,
    "GET /reports/{report_id}": REPORTS,
    "POST /reports/{report_id}/cells": REPORTING,
    "POST /reports/{report_id}/languages": REPORTING,
    "POST /reports/{report_id}/versions": REPORTING,
    "GET /reports/{report_id}/texts/{heading}": REPORTING,
    "POST /reports/{report_id}/texts/{heading}": REPORTING,
    "GET /reports/{report_id}/figures": REPORTING,
    "POST /reports/{report_id}/figures": REPORTING,
    "GET /reports/{report_id}/preview": REPORTS,
    "GET /reports/{report_id}/preview/{language}": REPORTS,
    "GET /reports/{report_id}/rows": REPORTS | READ,
    "GET /reports/{report_id}/rows.csv": REPORTS | READ,
    "GET /reports/{report_id}/rows.xlsx": REPORTS | READ,
    "GET /reports/{report_id}/versions/{number}": REPORTS,
    "GET /reports/{report_id}/versions/{number}/tables": REPORTS,
    "GET /reports/{report_id}/versions/{number}/{language}/{form}": REPORTS,
    "GET /admin": ADMIN,
    "POST /admin/first-steps/key-copy": ADMIN,
    "POST /admin/first-steps/end": ADMIN,
    "GET /admin/organisation": ADMIN,
    "POST /admin/organisation": ADMIN,
    "GET /admin/platforms": ADMIN,
    "GET /admin/platforms.csv": ADMIN,
    "GET /admin/platforms.xlsx": ADMIN,
    "GET /admin/platforms/{slug}": ADMIN,
    "GET /admin/platforms/{slug}/bases.csv": ADMIN,
    "GET /admin/platforms/{slug}/bases.xlsx": ADMIN,
    "POST /admin/platforms/{slug}/bases": ADMIN,
    "POST /admin/platforms/{slug}/targets": ADMIN,
    "POST /admin/platforms/{slug}/addresses": ADMIN,
    "GET /admin/status": ADMIN,
    "GET /admin/status.csv": ADMIN,
    "GET /admin/status.xlsx": ADMIN,
    "POST /admin/status/awards": ADMIN,
    "POST /admin/status/steps": ADMIN,
    "GET /admin/clients": ADMIN,
    "GET /admin/clients.csv": ADMIN,
    "GET /admin/clients.xlsx": ADMIN,
    "POST /admin/clients": ADMIN,
    "POST /admin/clients/{token_id}/rotate": ADMIN,
    "POST /admin/clients/{token_id}/revoke": ADMIN,
    "GET /admin/users": ADMIN,
    "GET /admin/users.csv": ADMIN,
    "GET /admin/users.xlsx": ADMIN,
    "POST /admin/users": ADMIN,
    "GET /admin/users/{user_id}": ADMIN,
    "POST /admin/users/{user_id}": ADMIN,
    "GET /audit": ADMIN,
    "POST /audit/export": ADMIN,
    "GET /me": SIGNED_IN,
    "POST /me/look": SIGNED_IN,
    "POST /me/password": SIGNED_IN,
    "POST /me/sign-out": SIGNED_IN,
    "GET /prove": SIGNED_IN,
    "POST /prove": SIGNED_IN,
    "POST /stay": SIGNED_IN,
    "POST /second-factor/codes": SIGNED_IN,
    "GET /help": READ,
    "GET /help/shortcuts": READ,
    "GET /help/definitions": READ,
    "GET /help/first-week": READ,
    "GET /help/{word}": READ,
    "GET /login": OPEN,
    "POST /login": OPEN,
    "POST /login/kept": OPEN,  # seals what it is sent, into the page that answers
    "GET /login/code": OPEN,
    "POST /login/code": OPEN,
    "POST /logout": OPEN,
    "GET /join/{token}": OPEN,
    "POST /join/{token}": OPEN,
    "GET /second-factor": OPEN,  # asks itself who it is: the way in leads through it
    "POST /second-factor": OPEN,
    "POST /demo/sign-in/{role}": OPEN,
    "GET /language/{language}": OPEN,
    "GET /style": OPEN,
    "GET /takedowns/new": READ | WRITE,
    "POST /takedowns/preview": READ | WRITE,
    "POST /takedowns/new": READ | WRITE,
    "POST /takedowns/new/begin": READ | WRITE,
    "POST /takedowns/new/afresh": READ | WRITE,
    "POST /takedowns/new/shown": WRITE | CONTENT,
    "POST /takedowns/new/sample": READ | WRITE,
    "GET /takedowns/{reference}/notice": READ,
    "POST /takedowns/{reference}/notice/copy": CONTENT,
    "POST /takedowns/{reference}/notice/submission": RECORD,
    "POST /takedowns/{reference}/notice/form-changed": RECORD,
    "POST /takedowns/{reference}/notice/form-right": RECORD,
    "POST /takedowns/{reference}/notice/recipient": READ | WRITE,
    "POST /takedowns/{reference}/notice/words": WRITE | CONTENT,
    "POST /takedowns/{reference}/notice/edits": WRITE | CONTENT,
    "POST /takedowns/{reference}/notice/reset": WRITE | CONTENT,
    "POST /takedowns/{reference}/notice/reason": WRITE | CONTENT,
    "GET /takedowns/{reference}/notices/{number}": READ,
    "POST /takedowns/{reference}/notices/{number}": CONTENT,
    "POST /takedowns/{reference}/notices/{number}/copy": CONTENT,
    "GET /demo/forms/{platform}/{channel}": READ,
    "POST /demo/forms/{platform}/{channel}": READ,
    "POST /takedowns/{reference}/items/{number}/copy": READ | CONTENT,
    "POST /takedowns/{reference}/items/{number}/reveal": READ | CONTENT,
    "POST /takedowns/{reference}/reveal": READ | CONTENT,
    "GET /takedowns/{reference}/items/{number}/open": READ | CONTENT,
    "POST /takedowns/{reference}/items/{number}/open": READ | CONTENT,
    "GET /takedowns/{reference}/events/{number}": TELL,
    "POST /takedowns/{reference}/events/{number}": TELL,
    "GET /takedowns/{reference}/facts": READ | WRITE,
    "POST /takedowns/{reference}/facts": READ | WRITE,
    "POST /takedowns/{reference}/facts/reveal": READ | WRITE | CONTENT,
    "POST /takedowns/{reference}/claim": TELL,
    "POST /takedowns/{reference}/release": TELL,
    "POST /takedowns/{reference}/wait": TELL,
    "POST /takedowns/{reference}/handover": TELL,
    "POST /takedowns/{reference}/wait/end": TELL,
    "POST /takedowns/{reference}/items/{number}/again": READ | WRITE,
    "POST /takedowns/{reference}/items/{number}/back": TELL,
    "GET /takedowns/{reference}": READ,
    "GET /takedowns/{reference}/{table}.csv": READ,
    "GET /takedowns/{reference}/{table}.xlsx": READ,
    "POST /takedowns/{reference}/act/{action}": TELL,
    "POST /takedowns/{reference}/reply": TELL,
}


def asked(visitor: WebClient, page: Page) -> str:
    call = visitor.get if page.method == "GET" else visitor.post
    return visitor.at(call(page.address))


def test_every_page_asks_for_the_rights_it_is_listed_with() -> None:
    assert {str(page): page.rights for page in pages()} == NEEDED


@on_sqlite
def test_who_is_not_signed_in_is_sent_to_the_door(parts: Context) -> None:
    visitor = WebClient(parts)

    wrong = [str(page) for page in pages() if page.rights is not None
             and not asked(visitor, page).startswith("/login")]  # fmt: skip

    assert wrong == []


@on_sqlite
@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_to_whoever_holds_its_rights_and_to_nobody_else(
    parts: Context, role: str
) -> None:
    visitor = WebClient.signed_in(parts, role)

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
        later("an old browser, from elsewhere", {"Origin": "https://evil.example"}),
        later("an old browser, from a file", {"Origin": "null"}),
        later("an old browser that tells nothing", {}),
    ],
)
def test_no_form_of_another_site_does_anything(
    parts: Context, story: str, headers: dict[str, str]
) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    del visitor.client.headers["Sec-Fetch-Site"]
    visitor.client.headers.update(headers)
    before = everything(parts.database)

    passed = [str(page) for page in pages() if page.method == "POST"
              and asked(visitor, page) != "403"]  # fmt: skip

    assert passed == []
    assert everything(parts.database) == before


@on_sqlite
@pytest.mark.parametrize("proof", ["somebody else's", later(""), later("0" * 64)])
def test_no_form_without_the_visits_own_proof_does_anything(parts: Context, proof: str) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    if proof == "somebody else's":
        proof = WebClient.signed_in(parts, "admin").csrf
    before = everything(parts.database)

    passed = []
    for page in pages():
        visitor.csrf = proof  # the refusal's own frame brings the right one
        if page.method == "POST" and asked(visitor, page) != "403":
            passed.append(str(page))

    assert passed == []
    assert everything(parts.database) == before


@on_sqlite
def test_what_is_no_form_is_not_read(parts: Context) -> None:
    visitor = WebClient.signed_in(parts, "admin")
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
    visitor = WebClient.signed_in(parts, "admin")
    shown = {page.path for page in pages() if page.method == "GET"}
    before = everything(parts.database)

    answers = {
        str(page): asked(visitor, page._replace(method="GET"))
        for page in pages()
        if page.method == "POST" and page.path not in shown
    }

    # Read as the reference of a takedown that there is not.
    assert answers.pop("POST /takedowns/preview") == "404"
    assert set(answers.values()) == {"405"}
    assert everything(parts.database) == before
