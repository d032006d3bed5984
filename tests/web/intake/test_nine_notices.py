"""Eight links of four products and five sites we do not know in one message: nine notices.

Each names only its own, and one to a site is ready when somebody said where it goes.
"""

from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from app.accounts import permissions
from app.kit.languages import Language
from app.takedowns import addressees, queries
from app.takedowns.addressees import Addressee
from tests.pasted_messages import message, of_google, of_sites
from tests.web.conftest import OpenPage, Site
from tests.web.intake.intake_page import items_of, log, logged, opened
from tests.web.notices.cards import unfolded
from tests.web.page_checks import announced, scrolls_sideways, violations

_numbers = count(1000)
CARDS = "[data-testid^=notice-]"
TITLES = {
    "nl": ["Zoeken", "Drive, Docs, Foto's", "Blogger", "Groepen"],
    "fr": ["Recherche", "Drive, Docs, Photos", "Blogger", "Groupes"],
    "en": ["Search", "Drive, Docs, Photos", "Blogger", "Groups"],
}
OTHER = {"nl": "Andere website", "fr": "Autre site", "en": "Other website"}
SUMMARY = {
    "nl": "13 links, 2 platformen, 9 kennisgevingen",
    "fr": "13 liens, 2 plateformes, 9 notifications",
    "en": "13 links, 2 platforms, 9 notices",
}
READY = {"nl": "Klaar", "fr": "Prête", "en": "Ready"}


def reported(page: Page, number: int, category: str = "csam") -> list[str]:
    """Paste the message, choose each site itself, and log it; returns the references."""
    page.fill("#paste", message(number))
    page.locator(".doubt select").nth(4).wait_for()
    for choice in page.locator(".doubt select").all():
        choice.select_option("other")
    page.fill("#case_ref", "CF-9")
    page.select_option("#category", category)
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    return logged(page)


def urls_of(site: Site, references: list[str]) -> list[set[str]]:
    return [{str(item.url) for item in items_of(site, one)} for one in references]


def expected(number: int) -> list[set[str]]:
    return [*map(set, of_google(number).values()), *({url} for url in of_sites(number).values())]


def card_of(page: Page, host: str) -> Locator:
    return page.locator("[data-testid=notice-other]").filter(has_text=host)


@pytest.mark.parametrize("language", Language)
def test_one_message_becomes_nine_notices_each_naming_only_its_own(
    site: Site, open_page: OpenPage, language: str
) -> None:
    number = next(_numbers)
    page = opened(site, open_page, language=language)

    references = reported(page, number)

    assert urls_of(site, references) == expected(number)
    titles = [one.inner_text() for one in page.locator(f"{CARDS} h2").all()]
    sites = [f"{OTHER[language]} {host}" for host in of_sites(number)]
    assert titles == [*(f"Google {name}" for name in TITLES[language]), *sites]
    ready = [
        one.get_by_text(READY[language], exact=True).count() for one in page.locator(CARDS).all()
    ]
    assert ready == [1] * 4 + [0] * 5
    assert violations(page) == []


def test_grouping_by_platform_alone_is_found(
    site: Site, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addressees, "of", lambda platform, *_: Addressee(platform))
    number = next(_numbers)
    page = opened(site, open_page)

    assert urls_of(site, reported(page, number)) != expected(number)


@pytest.mark.parametrize("language", Language)
def test_what_would_become_of_it_is_told_before(
    site: Site, open_page: OpenPage, language: str
) -> None:
    number = next(_numbers)
    page = opened(site, open_page, language=language, width=360)

    page.fill("#paste", message(number))
    page.locator(".doubt select").nth(4).wait_for()
    shown = [one.inner_text() for one in page.locator(".doubt legend").all()]
    for choice in page.locator(".doubt select").all():
        choice.select_option("other")
    announced(page, SUMMARY[language])

    assert all(host in text for host, text in zip(of_sites(number), shown, strict=True))
    assert page.locator(CARDS).count() == 9
    assert violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("language", Language)
def test_a_notice_to_a_site_is_ready_when_somebody_said_where_it_goes(
    site: Site, open_page: OpenPage, language: str
) -> None:
    number = next(_numbers)
    page = opened(site, open_page, language=language)
    references = reported(page, number)
    first, second, *_ = of_sites(number)
    unfolded(card_of(page, second)).locator("[name=recipient]").fill("typed meanwhile")

    card = unfolded(card_of(page, first))
    card.locator("[name=recipient]").fill("nowhere")
    card.locator("[data-testid=keep-recipient]").click()
    expect(card.locator("[aria-invalid]")).to_have_value("nowhere")
    card.locator("[name=recipient]").fill(f"https://{first}/abuse")
    card.locator("[name=provider]").fill(f"The people of {first}")
    card.locator("[data-testid=keep-recipient]").click()
    expect(card.locator("[name=provider][aria-invalid]")).to_be_focused()
    card.locator("[name=provider]").fill("Voorbeeld B.V.")
    card.locator("[data-testid=keep-recipient]").click()

    expect(card.get_by_text(READY[language], exact=True)).to_be_visible()
    expect(card_of(page, second).locator("[name=recipient]")).to_have_value("typed meanwhile")
    assert violations(page) == []
    card.locator("[name=no_ticket]").check()
    card.locator("[data-testid=mark-submitted]").click()
    page.wait_for_url("**said=submitted**")
    page.goto(f"/takedowns/{references[4]}")
    assert "Voorbeeld B.V." in page.content()
    assert f"https://{first}/abuse" in page.content()


def test_where_it_goes_is_kept_without_a_script_too(site: Site, open_page: OpenPage) -> None:
    page = log_one(site, open_page)

    page.fill("[name=recipient]", "not an address")
    page.click("[data-testid=keep-recipient]")
    assert page.title().startswith("Error")
    assert page.input_value("[name=recipient]") == "not an address"
    page.fill("[name=recipient]", "abuse@zz-fixture.example")
    page.click("[data-testid=keep-recipient]")

    page.wait_for_url("**said=recipient**")
    assert page.locator("[data-testid=asking] .error").count() == 0


def log_one(site: Site, open_page: OpenPage) -> Page:
    url = f"https://zz-{next(_numbers)}.example/1"
    page = opened(site, open_page, javascript=False)
    page.fill("#paste", url)
    page.click("[data-testid=recognise]")
    page.select_option(".doubt select", "other")
    page.fill("#case_ref", "CF-9")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    return page


@pytest.mark.parametrize(
    "path",
    [
        "/takedowns",
        "/inbox?platform=other&category=hate",
        "/cases/CF-9",
        "/takedowns/{reference}",
        "/takedowns/new",
    ],
)
def test_a_site_is_shown_to_who_may_read_content_and_masked_otherwise(
    site: Site, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    number = next(_numbers)
    page = opened(site, open_page)
    references = reported(page, number, "hate")
    host = list(of_sites(number))[4]
    page.goto("/takedowns/new")
    page.fill("#paste", f"https://{host}/more")
    page.locator(".doubt select").first.wait_for()
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, references[8])
        assert queries.sites_of(unit, [row]) == {row.id: host}

    page.goto(path.format(reference=row.reference))
    shown = page.content()
    blind = permissions.RIGHTS["caseworker"] - {"content:read"}
    monkeypatch.setitem(permissions.RIGHTS, "caseworker", blind)
    page.reload()

    assert host in shown
    assert host not in page.content()


def test_content_of_a_product_that_nobody_knows_is_a_notice_of_its_own(
    site: Site, open_page: OpenPage
) -> None:
    text = f"https://goo.gl/Zz{next(_numbers)} https://www.google.be/search?q=zz{next(_numbers)}"
    page = log(site, open_page, text)

    titles = [one.inner_text() for one in page.locator(f"{CARDS} h2").all()]
    assert titles == ["Google", "Google Search"]
