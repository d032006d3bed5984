"""What is odd about a pasted link is seen before it is reported."""

import pytest
from playwright.sync_api import expect

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.intake.intake_page import link, opened, paste

SPELLED = {"nl": "andere spelling ervan", "fr": "autre graphie", "en": "other spelling of it"}
PERSONAL = {"nl": "deelde of ontving", "fr": "partagé ou reçu", "en": "shared or received"}
GATEWAY = {"nl": "mailgateway", "fr": "passerelle d’e-mail", "en": "mail gateway"}
PART = {"nl": "een deel ervan", "fr": "une partie", "en": "part of one"}


@pytest.mark.parametrize("language", Language)
def test_what_is_odd_about_a_link_is_shown_in_the_preview(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = opened(site, open_page, language=language)
    page.focus("#paste")
    one = link()

    paste(
        page,
        f"{one}?to=jan%40voorbeeld.example {one.replace('/p/', '/reel/')} "
        "https://protect-eu.mimecast.com/s/AbCdEf?domain=instagram.com t.me/zzfixt…",
    )

    expect(page.locator("[data-testid=also]")).to_contain_text(SPELLED[language])
    expect(page.locator("[data-testid=doubt]")).to_contain_text(PERSONAL[language])
    told = [box.inner_text() for box in page.locator("fieldset.doubt").all()]
    assert [GATEWAY[language] in told[0], PART[language] in told[1]] == [True, True]
    assert "voorbeeld" not in page.locator("#preview").inner_text()
