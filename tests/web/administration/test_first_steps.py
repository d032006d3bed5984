"""The first steps of an installation: read from the record, and gone when all are done."""

from dataclasses import replace
from datetime import date

import pytest

from app.accounts import audit, people
from app.accounts.audit import Wanted
from app.accounts.vocabularies import Action
from app.context import Context
from app.kit.database import Unit
from app.notices.filling import Workspace
from app.takedowns import bases
from app.takedowns.basis_choice import Basis
from app.web.administration import first_steps
from app.web.administration.vocabularies import FirstStep
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def bare(parts: Context) -> Workspace:
    """As on the first day: nobody said who they are, no text was reviewed."""
    unsaid = parts.workspace.organisation._replace(name="", email="")
    return replace(parts.workspace, organisation=unsaid)


def done(unit: Unit, workspace: Workspace) -> set[FirstStep] | None:
    found = first_steps.read(unit, workspace)
    return None if found is None else {step.code for step in found.steps if step.is_done}


def reviewed(workspace: Workspace) -> Workspace:
    """The same, its texts read by a professional."""
    texts = {
        code: text.model_copy(update={"reviewed": True})
        for code, text in workspace.catalogue.texts.items()
    }
    return replace(workspace, catalogue=replace(workspace.catalogue, texts=texts))


def test_each_step_is_done_by_what_the_record_holds(
    parts: Context, bare: Workspace, api: ApiClient
) -> None:
    admin = WebClient.signed_in(parts, "admin")
    with parts.database.write() as unit:
        found = [done(unit, bare), done(unit, parts.workspace), done(unit, reviewed(bare))]
        bases.record(unit, Basis("tiktok", "voluntary", date(2026, 1, 1), "", ()))
        found.append(done(unit, bare))
        people.add(unit, "second@hotline.example", "manager", by="test")
        found.append(done(unit, bare))
        audit.record(unit, audit.COMMAND_LINE, Action.BACKED_UP, number=1)
        found.append(done(unit, bare))
    admin.post("/admin/first-steps/key-copy")
    logged(api)
    with parts.database.read() as unit:
        found.append(done(unit, bare))
        confirmed = audit.page(unit, Wanted(action=Action.KEY_COPY_CONFIRMED), before=None, limit=9)

    # The test's own caller of the API holds a token.
    token = {FirstStep.TOKEN}
    assert found == [
        token,
        token | {FirstStep.ORGANISATION},
        token | {FirstStep.TEMPLATES},
        token | {FirstStep.BASIS},
        token | {FirstStep.BASIS, FirstStep.PEOPLE},
        token | {FirstStep.BASIS, FirstStep.PEOPLE, FirstStep.BACKUP},
        set(FirstStep) - {FirstStep.ORGANISATION, FirstStep.TEMPLATES},
    ]
    assert len(confirmed) == 1


def test_once_all_is_done_the_list_is_gone_for_good(
    parts: Context, bare: Workspace, api: ApiClient
) -> None:
    WebClient.signed_in(parts, "admin").post("/admin/first-steps/key-copy")
    logged(api)
    with parts.database.write() as unit:
        bases.record(unit, Basis("tiktok", "voluntary", date(2026, 1, 1), "", ()))
        people.add(unit, "second@hotline.example", "manager", by="test")
        audit.record(unit, audit.COMMAND_LINE, Action.BACKED_UP, number=1)
    with parts.database.read() as unit:
        complete = done(unit, reviewed(parts.workspace))
    with parts.database.read() as unit:
        later = done(unit, bare)

    assert (complete, later) == (None, None)


def test_administrators_see_the_list_until_one_of_them_takes_it_away(parts: Context) -> None:
    admin, caseworker = WebClient.signed_in(parts, "admin"), WebClient.signed_in(parts)
    mark = 'data-testid="first-steps"'

    before = [mark in one.get("/inbox").text for one in (admin, caseworker)]
    on_overview = admin.get("/admin").text
    refused = caseworker.post("/admin/first-steps/end").status_code
    admin.post("/admin/first-steps/end")
    after = [mark in admin.get(path).text for path in ("/inbox", "/admin")]

    assert before == [True, False]
    assert [address in on_overview for address in first_steps.ADDRESSES.values()] == [True] * 8
    assert refused == 403
    assert after == [False, False]


def test_an_inbox_with_work_in_it_says_that_steps_are_left_and_looks_no_further(
    parts: Context, api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(api)
    monkeypatch.setattr(first_steps, "set_up", None)
    admin, mark = WebClient.signed_in(parts, "admin"), 'data-testid="first-steps-left"'

    before = [mark in one.get("/inbox").text for one in (admin, WebClient.signed_in(parts))]
    admin.post("/admin/first-steps/end")

    assert (before, mark in admin.get("/inbox").text) == ([True, False], False)


def test_each_step_leads_to_a_page_that_is_there(parts: Context) -> None:
    admin = WebClient.signed_in(parts, "admin")

    assert {path: admin.get(path).status_code for path in first_steps.ADDRESSES.values()} == (
        dict.fromkeys(first_steps.ADDRESSES.values(), 200)
    )
    assert first_steps.TITLES.keys() == first_steps.ADDRESSES.keys() == set(FirstStep)
