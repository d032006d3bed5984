"""A masked notice hides secrets whole, and nothing of what we say ourselves."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit.languages import Language
from app.notices import masking
from app.notices.compose import Item, Notice, NoticeRequest
from app.notices.masking import HIDDEN
from tests.notices.factories import ORGANISATION, composed, every_combination, notice_request
from tests.shipped_platforms import shipped

LANGUAGES = tuple(Language)
Masking = Callable[[NoticeRequest, Notice, dict[str, str]], Notice]
# Words and numbers of our own sentences, handles of one sign, with dots, in other scripts.
NAMES = st.sampled_from(
    ["e", "16", "the", "Example", "@zz", "zz.f_1", "\u017c\u00f3\u0142\u0107", "\u3042", "de la"]
) | st.text(min_size=1, max_size=12).filter(str.strip)


def about(name: str, **told: str) -> NoticeRequest:
    """A notice about two places that this name occurs in, however it is told."""
    return notice_request(
        items=(
            Item(1, f"https://www.facebook.com/{name}", None, "post", name, name),
            Item(2, None, None, "message", None, name, {"account": name, "description": name}),
        ),
        **told,
    )


def masked(request: NoticeRequest, notice: Notice, own: dict[str, str]) -> Notice:
    return masking.masked(shipped(), request, ORGANISATION, notice=notice, edits=own)


def searched(request: NoticeRequest, notice: Notice, own: dict[str, str]) -> Notice:
    """Hide the secrets wherever their letters stand in the finished text."""
    body = notice.body
    for item in request.items:
        for secret in (item.url, item.account):
            body = re.sub(re.escape(secret), HIDDEN, body, flags=re.I) if secret else body
    return replace(masked(request, notice, own), body=body)


def texts(request: NoticeRequest, how: Masking = masked, **which: str) -> list[str | None]:
    notice = how(request, composed(request, **which), {})
    return [notice.subject, notice.body, *(field.value for field in notice.fields)]


@settings(deadline=None)  # the first example reads the catalogue
@given(name=NAMES, other=NAMES)
def test_a_masked_notice_is_the_same_whatever_its_secrets_are(name: str, other: str) -> None:
    one = about(name, explanation=f"Words about {name}.")
    another = about(other, explanation=f"Other words: {other}")

    assert texts(one) == texts(another)


def test_a_search_for_the_secrets_would_hide_letters_of_our_own_sentences() -> None:
    ours, theirs = texts(about("zz.fixture"), searched), texts(about("e"), searched)

    assert theirs != ours
    assert texts(about("zz.fixture")) == texts(about("e"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_ours_is_shown_as_it_goes_out(language: str) -> None:
    request = notice_request()
    notice = composed(request, language=language)
    hidden = notice.body
    for secret in (item.url for item in request.items):
        hidden = hidden.replace(f". {secret}\n", f". {HIDDEN}\n")
    hidden = hidden.replace(request.explanation or "", HIDDEN)

    assert masked(request, notice, {}).body == hidden
    assert hidden.count(HIDDEN) == 3


def test_every_way_to_send_a_notice_can_be_masked() -> None:
    wrong = []
    for slug, channel, basis, category in every_combination():
        request = notice_request(slug, category, basis, facts={"authorised_by_person": True})
        told = texts(request, channel=channel)
        secrets = [item.url for item in request.items] + [request.explanation]
        if any(secret and secret in (text or "") for secret in secrets for text in told):
            wrong.append((slug, channel, basis, category))

    assert wrong == []


def test_the_usual_explanation_is_nobodys_own_words_and_says_nothing_new() -> None:
    usual = "Assessed by the hotline as: Child sexual abuse material."
    request = notice_request(explanation=usual)
    notice = composed(request)

    assert (usual in notice.body, notice.ready) == (False, True)
    assert HIDDEN not in masked(request, notice, {}).body.split("WHAT IT IS")[1]


def test_what_a_person_wrote_over_a_field_is_hidden_and_blank_stays_blank() -> None:
    own = {"explanation": "Own words.", "capacity": " "}
    request = notice_request("x", explanation=None)
    notice = composed(request, edits=own)

    shown = {field.id: field.value for field in masked(request, notice, own).fields}

    assert (shown["explanation"], shown["capacity"]) == (HIDDEN, None)


def test_where_a_notice_goes_is_shown_to_who_may_read_it() -> None:
    request = notice_request("other", recipient="abuse@site.example")
    notice = composed(request)

    told = [
        masking.masked(
            shipped(), request, ORGANISATION, notice=notice, edits={}, shows_recipient=may
        ).channel.to
        for may in (False, True)
    ]

    assert told == [HIDDEN, "abuse@site.example"]
