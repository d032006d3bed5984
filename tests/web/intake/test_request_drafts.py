"""A request that was begun belongs to its case: it waits there, and never comes into another."""

import time

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from app.accounts.models import form_drafts
from app.context import Context
from app.kit.languages import Language
from app.web.intake import request_drafts
from app.web.intake.request_drafts import RequestDraft
from tests.web.conftest import OpenPage, Site
from tests.web.intake.intake_page import NEW, items_of, link, logged, opened, paste
from tests.web.page_checks import announced, faults
from tests.web.web_client import WebClient

IN_EACH = pytest.mark.parametrize("language", Language)
CARDS = "[data-testid^=notice-]"
KEPT = "[data-testid=drafts-kept]"
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
POST = "https://www.instagram.com/p/C7aB2cD3e{}/"


def typed_for(page: Page, case_ref: str, url: str) -> None:
    """Paste a link for a case and let it be kept."""
    page.goto(f"{NEW}?case_ref={case_ref}")
    page.fill("#paste", url)
    recognise = page.locator("[data-testid=recognise]")
    recognise.click() if recognise.count() else page.locator(CARDS).wait_for()


def state(page: Page) -> tuple[str, str, int]:
    """What stands on the page: the case, the pasted text, how many notices it would be."""
    return page.input_value("#case_ref"), page.input_value("#paste"), page.locator(CARDS).count()


@IN_EACH
@pytest.mark.parametrize("javascript", [True, False])
def test_a_draft_left_for_another_case_waits_there_and_is_not_carried_along(
    site: Site, open_page: OpenPage, language: str, javascript: bool
) -> None:
    page = opened(site, open_page, language=language, javascript=javascript)
    first, second = link(), link()
    typed_for(page, "CF-A/1", first)
    page.goto("/inbox")

    page.goto(f"{NEW}?case_ref=CF-B")
    empty, told = state(page), page.inner_text(KEPT)
    wrong = faults(page) if javascript else []
    page.fill("#paste", second)
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    [reference] = logged(page)
    page.goto(f"{NEW}?case_ref=CF-B")
    page.click(f"{KEPT} a")

    assert empty == ("CF-B", "", 0)
    assert "CF-A/1" in told
    assert wrong == []
    assert [item.url for item in items_of(site, reference)] == [second]
    assert state(page) == ("CF-A/1", "", 1)
    page.click("[data-testid=reveal]")
    assert page.input_value("#paste") == first


def test_a_new_request_is_empty_while_one_of_a_case_waits(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page, "/inbox")
    page.keyboard.press("c")
    page.wait_for_url(f"**{NEW}")
    paste(page, link())
    announced(page, "1 link, 1 platform")
    with page.expect_response("**/takedowns/preview"):
        page.fill("#case_ref", "CF-A")

    page.goto("/inbox")
    page.keyboard.press("c")
    page.wait_for_url(f"**{NEW}")

    assert state(page) == ("", "", 0)
    assert "CF-A" in page.inner_text(KEPT)


def test_a_page_that_is_loaded_anew_is_about_the_same_request(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    page.fill("#case_ref", "CF-A")
    paste_box = page.locator("#paste")
    paste_box.fill(link())
    page.locator(CARDS).wait_for()

    page.reload()

    assert state(page) == ("CF-A", "", 1)
    assert page.locator(KEPT).count() == 0


def test_read_in_another_language_it_is_the_same_request(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)
    page.fill("#case_ref", "CF-A")
    page.fill("#paste", link())
    page.locator(CARDS).wait_for()

    page.click("a[hreflang=fr]")
    page.wait_for_url("**draft=**")

    assert page.get_attribute("html", "lang") == "fr"
    assert state(page) == ("CF-A", "", 1)


def test_what_a_search_did_not_find_begins_a_request_of_its_own(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    typed_for(page, "CF-A", link())
    page.goto("/search")
    page.fill("#text", link())
    page.click("main button.primary")

    page.click("form[action='/takedowns/new/begin'] button")

    assert state(page) == ("", "", 1)
    assert page.locator(".places li").count() == 1
    assert "CF-A" in page.inner_text(KEPT)


def test_two_tabs_hold_two_requests(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)
    other = page.context.new_page()
    other.goto(NEW)
    for tab in (page, other):
        tab.fill("#paste", link())
        tab.locator(CARDS).wait_for()
        tab.reload()

    assert [tab.locator(".places li").count() for tab in (page, other)] == [1, 1]
    assert other.locator(f"{KEPT} li").count() == 1


@IN_EACH
def test_drafts_of_several_cases_are_listed_and_thrown_away_one_by_one(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = opened(site, open_page, language=language)
    for number in range(4):
        typed_for(page, f"CF-{number}", link())
    page.goto(f"{NEW}?case_ref=CF-9")
    page.click(f"{KEPT} summary")
    listed = page.locator(f"{KEPT} li").count()
    wrong = faults(page)

    page.click(f"{KEPT} li button >> nth=0")
    page.locator(f"{KEPT} li").nth(3).wait_for(state="detached")

    assert (listed, wrong) == (4, [])
    assert page.locator(f"{KEPT} li").count() == 3
    assert "CF-3" not in page.inner_text(KEPT)
    assert page.input_value("#case_ref") == "CF-9"
    page.goto(f"{NEW}?case_ref=CF-0")
    page.click("[form=afresh]")
    expect(page.locator("[data-testid=draft-back]")).to_have_count(0)
    expect(page.locator(f"{KEPT} li")).to_have_count(2)


def of(case_ref: str, draft_id: str = "0" * 16) -> RequestDraft:
    return RequestDraft(
        draft_id, text=case_ref, facts=request_drafts.FACTS | {"case_ref": case_ref}
    )


@pytest.mark.parametrize(
    ("story", "draft_id", "case_ref", "found"),
    [
        ("the one that is named", "2" * 16, "CF-A", "2" * 16),
        ("the newest of the case", None, "CF-A", "1" * 16),
        ("without a case, one that has none", None, "", "3" * 16),
        ("another case begins empty", None, "CF-C", None),
        ("one that was sent begins empty, with its case", "9" * 16, "CF-A", None),
        ("what is no id is none", "x", "CF-C", None),
    ],
)
def test_which_draft_an_address_opens(
    story: str, draft_id: str | None, case_ref: str, found: str | None
) -> None:
    kept = [of("CF-A", "1" * 16), of("CF-B", "2" * 16), of("CF-A", "4" * 16), of("", "3" * 16)]

    opened_one = request_drafts.opened(kept, draft_id, case_ref)

    if found is not None:
        assert opened_one == next(one for one in kept if one.id == found)
    else:
        assert opened_one not in kept
        begun = request_drafts.FACTS | {"case_ref": case_ref}
        assert opened_one == RequestDraft(opened_one.id, facts=begun)


def carried(parts: Context) -> int:
    """How many links of case A stand on the page of case B."""
    visitor = WebClient.signed_in(parts)
    one = visitor.get(f"{NEW}?case_ref=CF-A").text.partition('name="draft" value="')[2][:16]
    typed = {"paste": POST.format("F1"), "case_ref": "CF-A", "draft": one}
    assert visitor.post("/takedowns/preview", **typed).status_code == 200
    return int(visitor.get(f"{NEW}?case_ref=CF-B").text.count('data-testid="url-masked"'))


@on_sqlite
def test_no_link_of_a_case_stands_on_the_page_of_another(parts: Context) -> None:
    assert carried(parts) == 0


@on_sqlite
def test_one_draft_for_all_cases_would_carry_them_along(
    parts: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_drafts, "opened", lambda drafts, *_: next(iter(drafts), of("")))

    assert carried(parts) == 1


@on_sqlite
def test_nothing_is_kept_of_a_page_that_was_only_looked_at(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)

    visitor.get(f"{NEW}?case_ref=CF-A")

    with parts.database.read() as unit:
        assert unit.connection.scalar(select(func.count()).select_from(form_drafts)) == 0


@on_sqlite
def test_the_draft_of_an_earlier_version_waits_with_its_case(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    visitor.get(NEW)
    typed = {"paste": POST.format("F1"), "case_ref": "CF-A", "draft": request_drafts.FIRST}
    visitor.post("/takedowns/preview", **typed)

    with parts.database.read() as unit:
        assert unit.connection.scalar(select(form_drafts.c.page)) == request_drafts.PAGE
    assert 'data-testid="draft-back"' in visitor.get(f"{NEW}?case_ref=CF-A").text
    assert "case CF-A is kept" in visitor.get(f"{NEW}?case_ref=CF-B").text


def test_what_is_sent_while_it_is_still_typed_leaves_no_draft_behind(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page, f"{NEW}?case_ref=CF-Z")
    page.fill("#paste", link())
    page.locator(CARDS).wait_for()
    page.select_option("#category", "csam")
    page.wait_for_load_state("networkidle")
    posted: list[str] = []
    page.on("request", lambda one: posted.append(one.url) if one.method == "POST" else None)
    # A server that takes longer than what is typed waits to be kept.
    page.route(f"**{NEW}", lambda route: (time.sleep(0.8), route.continue_()))

    page.locator("#explanation").press_sequentially("Two sentences.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**logged=**")

    assert posted[-1] == f"{site.address}{NEW}"
    with site.parts.database.read() as unit:
        assert unit.connection.scalar(select(func.count()).select_from(form_drafts)) == 0


@pytest.mark.parametrize("lets_go", ["on it", "elsewhere"])
def test_a_button_stays_under_the_pointer_while_an_answer_comes(
    site: Site, open_page: OpenPage, lets_go: str
) -> None:
    page = opened(site, open_page, f"{NEW}?case_ref=CF-Z")
    page.fill("#paste", link())
    page.locator(CARDS).wait_for()
    page.wait_for_load_state("networkidle")
    asked: list[Route] = []
    page.route("**/takedowns/preview", lambda route: asked.append(route))  # noqa: PLW0108 -- a method has no room for its wrapper
    page.select_option("#category", "grooming")
    save = page.locator("[data-testid=save]")
    save.hover()
    before = save.bounding_box()

    page.mouse.down()
    with page.expect_response("**/takedowns/preview"):
        asked.pop().continue_()
    page.wait_for_timeout(200)
    held = save.bounding_box()
    if lets_go == "elsewhere":
        page.mouse.move(2, 2)
    page.mouse.up()

    assert held == before
    if lets_go == "on it":
        page.wait_for_url("**logged=**")
    else:
        page.wait_for_timeout(600)
        asked.pop().continue_()
        expect(page.locator("#conditions, #preview .incomplete").first).to_be_visible()
