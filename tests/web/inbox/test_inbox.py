"""The inbox: what needs somebody now, in order, with the keyboard, and without a script."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select, update

from app.accounts.models import sessions
from app.takedowns import assignments, cache, inbox_bands, inbox_order, models, snoozes
from app.takedowns.inbox_bands import Order
from app.takedowns.inbox_order import Wanted
from app.takedowns.models import takedowns
from app.takedowns.vocabularies import InboxBand
from app.web.shell import labels
from tests.web.conftest import OpenPage, Site
from tests.web.inbox.fresh_takedowns import fresh_takedowns
from tests.web.page_checks import announced, scrolls_sideways, violations

ROW = "[data-testid=inbox-row]"
VERB = "[data-testid=row-verb]"


@pytest.fixture(scope="module", autouse=True)
def _much_to_do(site: Site) -> None:
    fresh_takedowns(site, 45, hours_ago=30)
    fresh_takedowns(site, 5, hours_ago=5, outcome="removed")
    fresh_takedowns(site, 5)


def order_of(site: Site) -> Order:
    workspace = site.parts.workspace
    categories = workspace.catalogue.categories.items()
    severities = {code: category.severity for code, category in categories}
    return inbox_bands.order_at(site.parts.clock(), workspace.zone, severities)


def first(site: Site, wanted: Wanted = Wanted(), limit: int = 50) -> list[Any]:  # noqa: B008
    cache.catch_up(site.parts.database)
    with site.parts.database.read() as unit:
        return list(inbox_order.page(unit, order_of(site), wanted, after=None, limit=limit))


def let_go(site: Site) -> None:
    """End every claim: pages opened by other tests made some."""
    with site.parts.database.write() as unit:
        unit.connection.execute(delete(models.claims))


def references(page: Page) -> list[str]:
    return page.locator(f"{ROW} td:nth-child(3)").all_inner_texts()


def test_rows_stand_under_the_heads_of_their_bands(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox?platform=snapchat&turn=all")
    order, rows = order_of(site), first(site, Wanted("all", platform="snapchat"), limit=1000)

    assert references(page) == [row.reference for row in rows]
    assert page.locator(f"{ROW} {VERB}").count() == page.locator(ROW).count()
    bands = [order.band(row) for row in rows]
    shown = list(dict.fromkeys(bands))
    heads = page.get_by_test_id("band").all_inner_texts()
    assert [head.strip() for head in heads] == [
        f"{labels.TABLES['band'][band]} ({bands.count(band)})" for band in shown
    ]
    assert len(shown) > 1


def test_a_band_that_goes_on_is_counted_to_its_end(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    late = [row for row in first(site, limit=1000) if order_of(site).band(row) == InboxBand.LATE]

    expect(page.get_by_test_id("band").first).to_have_text(re.compile(rf"Late \({len(late)}\)"))
    assert len(late) > page.locator(ROW).count() == 50


def test_severity_stands_on_the_row_in_a_word(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox?turn=all")
    severities = order_of(site).severities
    words = labels.TABLES["severity"]

    told = page.locator(f"{ROW} td:nth-child(4)").all_inner_texts()
    assert told == [words[str(severities[row.category])] for row in first(site, Wanted("all"))]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_rows_keep_one_height(site: Site, open_page: OpenPage, language: str) -> None:
    [row] = first(site, limit=1)
    with site.parts.database.write() as unit:
        assignments.assign(unit, row.id, 2)
    page = open_page(site, "/inbox?turn=all", language=language, width=1280)

    heights = page.locator(ROW).evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    assert len(set(heights)) == 1
    let_go(site)


def test_what_is_late_says_so_in_words(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    now = site.parts.clock()

    late = [row.due_at is not None and row.due_at <= now for row in first(site)]
    told = page.locator(f"{ROW} [data-testid=row-due]").all_inner_texts()

    assert True in late
    assert ["late" in words for words in told] == late


def test_the_tab_counts_what_is_ours_and_names_nothing(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox?turn=platform")

    with site.parts.database.read() as unit:
        counts = inbox_order.counts(unit, Wanted())
    assert page.title() == f"({counts.us}) Tracker"
    assert page.inner_text("h1") == f"Waiting on platforms ({counts.platform})"
    assert "icon-late" not in (page.get_attribute("link[rel=icon]", "href") or "")


def test_the_icon_tells_that_something_is_late(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)

    assert "icon-late" in (page.get_attribute("link[rel=icon]", "href") or "")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?turn=platform", Wanted("platform")),
        ("?turn=all&platform=instagram", Wanted("all", platform="instagram")),
        ("?category=csam", Wanted(category="csam")),
        ("?platform=no_such&turn=nobody", Wanted()),
    ],
)
def test_filters_stand_in_the_address(
    site: Site, open_page: OpenPage, query: str, wanted: Wanted
) -> None:
    page = open_page(site, f"/inbox{query}")

    assert references(page) == [row.reference for row in first(site, wanted)]


def test_filters_are_chosen_without_a_script(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, javascript=False)

    page.get_by_role("link", name=re.compile("All open")).click()
    page.select_option("#platform", "snapchat")
    page.get_by_role("button", name="Filter").click()

    assert references(page) == [
        row.reference for row in first(site, Wanted("all", platform="snapchat"))
    ]


def test_the_next_page_goes_on_where_this_one_ends(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox?turn=all")

    page.get_by_role("link", name="Next page").click()

    assert references(page) == [row.reference for row in first(site, Wanted("all"), 100)][50:]


def test_a_place_that_no_page_of_ours_names_is_not_found(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)

    assert page.goto("/inbox?after=1.1.x.y").status == 404  # type: ignore[union-attr]


@pytest.mark.quick
def test_the_keyboard_walks_opens_and_selects(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    shown = references(page)

    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    page.keyboard.press("x")
    announced(page, "Selected: 1")
    page.keyboard.press("b")
    expect(page.locator("#action")).to_be_focused()
    page.locator(VERB).nth(0).focus()
    page.keyboard.press("j")
    with page.expect_request(f"**/takedowns/{shown[1]}"):
        page.keyboard.press("Enter")


def test_who_comes_from_our_pages_has_the_first_row_and_all_others_the_top(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/search")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")

    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox")
    expect(page.locator(VERB).first).to_be_focused()
    page.reload()
    assert page.evaluate("document.activeElement === document.body") is True
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.goto("/search")
    page.get_by_role("link", name="Inbox").click()
    page.wait_for_url("**/inbox")

    expect(page.locator(VERB).first).to_be_focused()
    assert page.evaluate("scrollY") == 0


def test_looking_at_a_request_claims_nothing(site: Site, open_page: OpenPage) -> None:
    let_go(site)
    page = open_page(site)

    page.locator(VERB).first.click()
    page.get_by_test_id("timeline").wait_for()

    with site.parts.database.read() as unit:
        assert unit.connection.execute(select(models.claims)).all() == []


def test_all_rows_are_selected_and_let_go_at_once(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    every = page.locator("[data-select-all]")
    count = page.locator(ROW).count()

    expect(page.locator(".toolbar")).to_be_hidden()
    every.check()
    announced(page, f"Selected: {count}")
    expect(page.locator(".toolbar")).to_be_visible()
    page.locator("input[name=reference]").nth(0).uncheck()

    assert every.evaluate("box => box.indeterminate")
    announced(page, f"Selected: {count - 1}")
    assert violations(page) == []


def test_no_key_acts_while_somebody_types(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/search")

    page.fill("#text", "")
    page.type("#text", "jxbnzsqc")

    assert page.input_value("#text") == "jxbnzsqc"
    assert page.url.endswith("/search")


def test_what_somebody_is_at_work_on_shows_whose_it_is(site: Site, open_page: OpenPage) -> None:
    let_go(site)
    [row] = first(site, limit=1)
    with site.parts.database.write() as unit:
        assignments.assign(unit, row.id, 2)
    page = open_page(site)

    expect(page.locator(ROW).nth(0)).to_contain_text("With Analyst-02 until")
    page.goto("/inbox?mine=1")
    expect(page.locator(ROW)).to_have_count(0)
    page.goto("/inbox/next")
    assert row.reference not in page.url
    with site.parts.database.write() as unit:
        assignments.release(unit, row.id)


def test_what_is_put_aside_is_out_of_the_inbox_until_then(site: Site, open_page: OpenPage) -> None:
    [row] = first(site, limit=1)
    with site.parts.database.write() as unit:
        snoozes.put_aside(unit, row.id, 1, until=unit.clock() + timedelta(hours=3))
    page = open_page(site)

    assert row.reference not in references(page)
    page.goto("/inbox?turn=aside")
    assert references(page) == [row.reference]
    expect(page.locator(ROW)).to_contain_text("Put aside until")
    with site.parts.database.write() as unit:
        snoozes.take_back(unit, row.id)


def test_next_leads_from_one_row_to_the_one_after_it(site: Site, open_page: OpenPage) -> None:
    let_go(site)
    rows = first(site, limit=3)
    page = open_page(site)

    answer = page.request.get(f"/inbox/next?after={rows[1].reference}", max_redirects=0)
    assert answer.headers["location"] == f"/takedowns/{rows[2].reference}"
    answer = page.request.get("/inbox/next", max_redirects=0)
    assert answer.headers["location"] == f"/takedowns/{rows[0].reference}"


def test_news_waits_to_be_shown_and_is_announced_once(site: Site, open_page: OpenPage) -> None:
    rows = first(site, limit=2)
    aside = site.parts.clock() + timedelta(hours=1)
    with site.parts.database.write() as unit:
        for row in rows:
            snoozes.put_aside(unit, row.id, 1, until=aside)
    page = open_page(site)
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(announcer.textContent))"
        ".observe(document.getElementById('announcer'), {childList: true})"
    )
    before = references(page)
    page.locator(VERB).nth(0).focus()
    with site.parts.database.write() as unit:
        for row in rows:
            snoozes.take_back(unit, row.id)

    asked = page.get_attribute("#news", "hx-get")
    page.evaluate("asked => htmx.ajax('GET', asked, {target: '#news', swap: 'outerHTML'})", asked)

    announced(page, "2 new items")
    assert references(page) == before
    assert page.evaluate("document.activeElement === document.querySelector('[data-open]')")
    assert violations(page) == []
    again = page.get_attribute("#news", "hx-get")
    assert page.request.get(again or "").status == 204
    assert page.evaluate("said.filter(words => words).length") == 1
    page.get_by_role("link", name="Show them").click()
    assert references(page)[:2] == [row.reference for row in rows]


def test_a_page_that_asks_for_news_keeps_nobody_signed_in(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    with site.parts.database.write() as unit:
        earlier = unit.clock() - timedelta(minutes=20)
        unit.connection.execute(update(sessions).values(used_at=earlier))

    page.request.get("/inbox/news", headers={"X-Background": "1"})

    with site.parts.database.read() as unit:
        assert set(unit.connection.scalars(select(sessions.c.used_at))) == {earlier}
    page.request.get("/inbox")
    with site.parts.database.read() as unit:
        assert earlier != max(unit.connection.scalars(select(sessions.c.used_at)))


def test_nothing_to_do_is_said_with_what_comes_next(site: Site, open_page: OpenPage) -> None:
    with site.parts.database.write() as unit:
        ours = unit.connection.scalars(
            select(takedowns.c.id).where(takedowns.c.whose_turn == "us")
        ).all()
        unit.connection.execute(
            update(takedowns).where(takedowns.c.id.in_(ours)).values(whose_turn="nobody")
        )
    page = open_page(site)

    expect(page.locator(".empty")).to_contain_text("Nothing needs you now.")
    expect(page.locator(".empty")).to_contain_text("requests are with platforms.")
    assert violations(page) == []
    with site.parts.database.write() as unit:
        unit.connection.execute(
            update(takedowns).where(takedowns.c.id.in_(ours)).values(whose_turn="us")
        )


@pytest.mark.parametrize("role", ["caseworker", "admin"])
def test_an_empty_record_says_how_to_begin(
    empty_site: Site, open_page: OpenPage, role: str
) -> None:
    page = open_page(empty_site, role=role)

    expect(page.locator("main")).to_contain_text("No request yet")
    assert page.get_by_test_id("first-steps").count() == (1 if role == "admin" else 0)
    assert violations(page) == []


@pytest.mark.parametrize(("language", "scheme"), [("nl", "dark"), ("fr", "light"), ("en", "light")])
def test_the_inbox_is_accessible_in_every_language(
    site: Site, open_page: OpenPage, language: str, scheme: str
) -> None:
    page = open_page(site, language=language, scheme=scheme, width=320)

    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_a_row_submitted_leaves_us_and_undo_brings_it_back(site: Site, open_page: OpenPage) -> None:
    [draft] = fresh_takedowns(site, 1)
    page = open_page(site, f"/takedowns/{draft}/notice")

    page.keyboard.press("m")
    page.keyboard.type("88-FRESH")
    page.get_by_test_id("mark-submitted").click()
    page.get_by_test_id("undo").wait_for()
    done = page.url

    assert draft not in [row.reference for row in first(site, Wanted(), 100)]
    page.goto("/inbox?turn=platform")
    assert draft in references(page)
    page.goto(done)
    page.keyboard.press("z")
    expect(page.locator(".flash").first).to_contain_text("Undone.")
    expect(page.get_by_test_id("timeline")).to_contain_text("taken back")
    expect(page.get_by_test_id("timeline")).to_contain_text("Notice submitted")
    assert draft in [row.reference for row in first(site, Wanted(), 100)]
