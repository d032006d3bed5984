"""A form that comes when the session has ended is kept, shown again after sign-in, never sent."""

import html
import re
from typing import Any

import pytest
from playwright.sync_api import Page as Browsed
from sqlalchemy import delete, func, select

from app.accounts import people
from app.accounts.models import audit, sessions
from app.context import Context
from app.takedowns.models import events, takedowns
from app.web.shell import unsent_forms
from app.web.shell.forms import Form
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.reports.frozen import begun
from tests.sample_record import facts
from tests.users import PASSWORD, SecondFactor, add_second_factor, add_user, totp_code
from tests.web.conftest import OpenPage, Site, quickly_in_a_browser
from tests.web.factories import submitted
from tests.web.intake.intake_page import NEW, link, opened, paste, sample
from tests.web.pages import everything, pages
from tests.web.web_client import WebClient, error_summary

UNSENT = re.compile(r'name="unsent" value="([^"]+)"')
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def end_sessions(parts: Context) -> None:
    with parts.database.write() as unit:
        unit.connection.execute(delete(sessions))


def count(parts: Context, table: Any) -> int:
    with parts.database.read() as unit:
        return unit.connection.scalar(select(func.count()).select_from(table)) or 0


def actions(parts: Context) -> list[str]:
    with parts.database.read() as unit:
        return list(unit.connection.scalars(select(audit.c.action).order_by(audit.c.number)))


def sign_in_again(page: Browsed) -> None:
    page.wait_for_url("**/login/kept**")
    page.locator("[data-testid=kept]").wait_for()
    page.click("[data-testid=demo-caseworker]")


@pytest.mark.parametrize("button", quickly_in_a_browser(["recognise", "save"]))
def test_what_was_pasted_is_back_without_a_script(
    site: Site, open_page: OpenPage, button: str
) -> None:
    page = opened(site, open_page, javascript=False)
    page.fill("#paste", sample())
    page.fill("#case_ref", "CF-4")
    page.select_option("#category", "csam")
    end_sessions(site.parts)
    before = count(site.parts, takedowns)

    page.click(f"[data-testid={button}]")
    page.locator("[data-testid=kept]").wait_for()
    shown = page.content()
    sign_in_again(page)

    page.wait_for_url(f"**{NEW}")
    assert "CzzFixture" not in shown
    assert "links kept" in page.inner_text("[data-testid=draft-back]")
    assert page.input_value("#case_ref") == "CF-4"
    assert page.locator("[data-testid^=notice-]").count() == 3
    assert count(site.parts, takedowns) == before


def test_what_was_written_into_a_form_is_back_and_sent_by_a_press(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}", javascript=False)
    page.click("#act-note > summary")
    page.fill("#note-text", "Een lange notitie, bijna klaar.")
    end_sessions(site.parts)
    before = count(site.parts, events)

    page.click("#act-note button.primary")
    sign_in_again(page)

    told = page.locator("[data-testid=error-summary]").inner_text()
    assert "Your session had ended before this was sent." in told
    assert page.input_value("#note-text") == "Een lange notitie, bijna klaar."
    assert count(site.parts, events) == before
    page.click("#act-note button.primary")
    page.wait_for_url("**said=note**")
    assert count(site.parts, events) == before + 1


def test_what_is_pasted_after_the_session_ended_is_back_with_a_script_too(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    end_sessions(site.parts)

    paste(page, link())
    sign_in_again(page)

    page.wait_for_url(f"**{NEW}")
    assert page.locator("[data-testid=draft-back]").count() == 1
    assert page.locator("[data-testid=notice-instagram]").count() == 1


@pytest.fixture
def factor(parts: Context) -> SecondFactor:
    return add_second_factor(parts.database, add_user(parts.database))


@pytest.fixture
def note(api: ApiClient) -> str:
    """Where a note about a takedown is told."""
    body = facts("C-1", "https://www.instagram.com/p/C7aB2cD3eF1/")
    return f"/takedowns/{api.post('/takedowns', body)['reference']}/act/note"


def carried(visitor: WebClient, path: str, **fields: str) -> str:
    """What the sign-in page holds of a form that came too late."""
    first = visitor.post(path, **fields)
    assert first.status_code == 307
    page = visitor.post(first.headers["location"], **fields)
    return "".join(UNSENT.findall(page.text)[:1])


def shown_again(visitor: WebClient, path: str, unsent: str) -> Any:
    return visitor.client.post(path, data={"unsent": unsent})


@on_sqlite
def test_it_comes_along_through_both_steps_and_no_secret_does(
    parts: Context, clock: ManualClock, factor: SecondFactor, note: str
) -> None:
    clock.advance(0.1)
    visitor = WebClient(parts)
    typed = {"note-text": "Bijna klaar.", "password": "a secret", "code": "123456"}
    unsent = carried(visitor, note, **typed)

    wrong = visitor.post("/login", email="aloe@hotline.example", password="wrong", unsent=unsent)
    first = visitor.post("/login", email="aloe@hotline.example", password=PASSWORD, unsent=unsent)
    code = totp_code(parts.database, factor.secret)
    second = visitor.post("/login/code", code=code, unsent=UNSENT.findall(first.text)[0])

    assert UNSENT.findall(wrong.text)[0] == unsent
    assert (second.status_code, second.headers["location"]) == (307, note)
    assert "Bijna klaar." in shown_again(visitor, note, unsent).text
    found = unsent_forms.opened(parts.database, unsent)
    assert found is not None
    assert found.form.fields == (("note-text", "Bijna klaar."),)


@on_sqlite
@pytest.mark.parametrize("story", ["too old", "for another page", "changed", "of nobody"])
def test_what_is_none_of_ours_is_a_form_without_proof(
    parts: Context, clock: ManualClock, note: str, story: str
) -> None:
    unsent = carried(WebClient(parts), note, **{"note-text": "Bijna klaar."})
    visitor = WebClient.signed_in(parts)
    match story:
        case "too old":
            clock.advance(1)
            visitor = WebClient.signed_in(parts)
        case "for another page":
            note = note.replace("act/note", "act/close")
        case "changed":
            unsent = f"{unsent[:40]}{'A' if unsent[40] != 'A' else 'B'}{unsent[41:]}"
        case _:
            visitor.client.cookies.clear()

    answer = shown_again(visitor, note, unsent)

    assert answer.status_code == (307 if story == "of nobody" else 403)
    assert "Bijna klaar." not in answer.text


@on_sqlite
def test_showing_a_form_again_records_nothing_wherever_it_was_to_go(
    parts: Context, clock: ManualClock, note: str
) -> None:
    visitor = WebClient.signed_in(parts, "admin")
    reference = note.split("/")[2]
    begun(parts.database)
    fields = {
        "note-text": "x", "text": "x", "reason": "x", "name": "Zilver", "role": "admin",
        "email": "zilver@hotline.example", "scope": "admin", "ticket_id": "T-1",
        "wait-until": "2026-04-01T09:00", "action": "note", "reference": reference,
        "case_ref": "C-2", "category": "csam", "basis": "voluntary", "from": "2026-01-01",
        "language": "nl",
    }  # fmt: skip
    known = {
        "reference": reference, "action": "note", "slug": "instagram", "number": "1",
        "report_id": "1", "heading": "training", "user_id": "1", "token_id": "1",
        "platform": "instagram", "channel": "form",
    }  # fmt: skip
    places = [
        re.sub(r"\{(\w+)\}", lambda part: known[part[1]], page.path)
        for page in pages()
        if page.method == "POST" and page.rights
    ]
    before = everything(parts.database)

    answers = {}
    for path in places:
        form = Form(tuple(fields.items()))
        unsent = unsent_forms.sealed(parts.database, path, form)
        answers[path] = shown_again(visitor, path, unsent).status_code

    after = everything(parts.database)
    assert [name for name in before if before[name] != after[name]] == ["audit", "form_drafts"]
    assert actions(parts)[len(before["audit"]) :] == ["revealed"]  # the words of the notice
    assert set(answers.values()) <= {200, 303, 400, 404, 409, 422}


@on_sqlite
def test_a_form_of_an_earlier_session_is_refused_and_can_be_shown_again(
    parts: Context, note: str
) -> None:
    visitor = WebClient.signed_in(parts)
    visitor.csrf = "0" * 64

    refused = visitor.post(note, **{"note-text": "Bijna klaar."})
    again = shown_again(visitor, note, html.unescape(UNSENT.findall(refused.text)[0]))

    assert refused.status_code == 403
    assert "Bijna klaar." not in refused.text
    assert "Bijna klaar." in again.text
    assert error_summary(again).startswith("Your session had ended before this was sent.")


@on_sqlite
def test_a_button_without_anything_typed_just_leads_to_the_door(parts: Context, note: str) -> None:
    answer = WebClient(parts).post(note, csrf="0" * 64)

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@on_sqlite
def test_what_was_to_go_elsewhere_is_not_kept(parts: Context) -> None:
    page = WebClient(parts).post(
        "/login/kept?next=//elsewhere.example", **{"note-text": "Bijna klaar."}
    )

    assert page.status_code == 200
    assert UNSENT.findall(page.text) == []


LONG = "Een lange notitie. " * 20_000


@on_sqlite
def test_a_long_text_comes_along_from_a_browser_that_is_known(
    parts: Context, clock: ManualClock, factor: SecondFactor
) -> None:
    visitor = WebClient.signed_in(parts)
    clock.advance(1)

    unsent = carried(visitor, NEW, paste=LONG)
    visitor.client.cookies.clear()
    first = visitor.post("/login", email="aloe@hotline.example", password=PASSWORD, unsent=unsent)
    code = totp_code(parts.database, factor.secret)
    second = visitor.post("/login/code", code=code, unsent=UNSENT.findall(first.text)[0])

    assert (second.status_code, second.headers["location"]) == (307, NEW)
    found = unsent_forms.opened(parts.database, unsent)
    assert found is not None
    assert found.form.fields == (("paste", LONG),)


@on_sqlite
@pytest.mark.parametrize("story", ["nothing sealed", "changed", "too old", "more than was sealed"])
def test_a_stranger_sends_no_long_form(parts: Context, clock: ManualClock, story: str) -> None:
    unsent = unsent_forms.sealed(parts.database, NEW, Form([("paste", LONG)]))
    fields = {"email": "aloe@hotline.example", "password": "wrong", "unsent": unsent}
    match story:
        case "nothing sealed":
            fields = {"unsent": LONG}
        case "changed":
            fields["unsent"] = f"{unsent[:40]}{'A' if unsent[40] != 'A' else 'B'}{unsent[41:]}"
        case "too old":
            clock.advance(1)
        case _:
            fields["password"] = "wrong" * 4_000
    visitor = WebClient(parts)

    assert visitor.post("/login", **fields).status_code == 413
    assert visitor.post("/login/kept", **fields).status_code == 413


@on_sqlite
@pytest.mark.parametrize("story", ["signed in", "signed out", "disabled", "of nobody"])
def test_a_browser_is_known_by_its_session_or_its_second_factor(
    parts: Context, clock: ManualClock, factor: SecondFactor, story: str
) -> None:
    clock.advance(0.1)
    visitor = WebClient(parts)
    visitor.post("/login", email="aloe@hotline.example", password=PASSWORD)
    visitor.get("/login/code")
    visitor.post("/login/code", code=totp_code(parts.database, factor.secret))
    visitor.get("/me")
    match story:
        case "signed out":
            visitor.post("/logout")
        case "disabled":
            with parts.database.write() as unit:
                person = people.find(unit, "aloe@hotline.example")
                assert person is not None
                people.disable(unit, person.id, by="test")
        case "of nobody":
            visitor.client.cookies.clear()

    answer = visitor.post("/login/kept?next=/takedowns/new", paste=LONG)

    assert answer.status_code == (200 if story in {"signed in", "signed out"} else 413)
