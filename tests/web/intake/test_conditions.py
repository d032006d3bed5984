"""What a caseworker is asked for beside links: what the law needs, and where in a content."""

from app.context import Context
from app.notices import filling
from app.takedowns import queries
from tests.web.web_client import WebClient

URL = "https://www.instagram.com/p/C7aB2cD3eF4/"
GROOMING = {
    "case_ref": "C-1",
    "category": "grooming",
    "person_is_minor": "none",
    "ai_generated": "unknown",
    "language": "en",
    "explanation": "An adult proposed a meeting.",
    "paste": URL,
}
MEETING = "A meeting was proposed to the child, and material steps towards it followed"


def place_field(page: str) -> str:
    return page.split('name="place-')[1].split('"', maxsplit=1)[0]


def body_of(parts: Context, reference: str) -> str:
    with parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return filling.notice(unit, parts.workspace, row).body


def test_what_holds_is_asked_for_and_said_in_the_notice(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    page = visitor.post("/takedowns/preview", **GROOMING).text

    saved = visitor.post(
        "/takedowns/new",
        **GROOMING,
        condition="meeting_proposed",
        **{f"place-{place_field(page)}": "image 3, 1:20"},
    )
    reference = visitor.at(saved).split("logged=")[1]

    assert MEETING in page
    body = body_of(parts, reference)
    assert f"{MEETING}: Directive 2011/93/EU, Article 6(1)" in body
    assert f"{URL} (image 3, 1:20)" in body


def test_what_nobody_confirms_is_not_claimed_and_the_card_says_so(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)

    saved = visitor.post("/takedowns/new", **GROOMING)
    page = visitor.get(visitor.at(saved)).text

    assert "Article 6(1)" not in body_of(parts, visitor.at(saved).split("logged=")[1])
    assert "A provision is left out until you confirm, among the facts, what it needs." in page


def test_a_place_that_cannot_be_kept_is_told_and_what_was_typed_stays(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    page = visitor.post("/takedowns/preview", **GROOMING).text
    field = f"place-{place_field(page)}"

    refused = visitor.post("/takedowns/new", **GROOMING, **{field: "x" * 81})

    assert refused.status_code == 422
    assert "Say where in it on one line, in at most 80 signs." in refused.text
    assert f'value="{"x" * 81}"' in refused.text


def test_a_place_that_was_kept_is_not_shown_again_until_asked_for(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    draft = {"draft": "0123456789abcdef"}
    page = visitor.post("/takedowns/preview", **GROOMING, **draft).text
    key, where = place_field(page), "image 3, left of the window"
    kept = GROOMING | draft | {"kept": str(len(URL)), "paste": ""}
    typed = visitor.post("/takedowns/preview", **kept, **{f"place-{key}": where}).text

    later = visitor.get(f"/takedowns/new?draft={draft['draft']}").text
    unseen = {f"place-{key}": "", "kept-place": key}
    still = visitor.post("/takedowns/preview", **kept, **unseen).text
    shown = visitor.post("/takedowns/new/shown", **draft).text
    cleared = visitor.post("/takedowns/preview", **kept, **{f"place-{key}": ""}).text
    gone = visitor.post("/takedowns/new/shown", **draft).text

    assert [where in text for text in (typed, later, still, shown, cleared, gone)] == [
        True, False, False, True, False, False,
    ]  # fmt: skip
    assert [f'name="kept-place" value="{key}"' in text for text in (later, still, cleared)] == [
        True, True, False,
    ]  # fmt: skip


def test_what_was_typed_as_the_case_stands_in_no_address_of_a_page(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)

    page = visitor.post("/takedowns/new", **{**GROOMING, "case_ref": "https://x.com/i/1"})

    assert page.status_code == 422
    assert "is no web address" in page.text
    assert "case_ref=" not in page.text


def test_a_condition_is_confirmed_and_taken_back_among_the_facts(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    reference = visitor.at(visitor.post("/takedowns/new", **GROOMING)).split("logged=")[1]
    path = f"/takedowns/{reference}/facts"

    def conditions(*confirmed: str) -> tuple[str, ...]:
        with parts.database.read() as unit:
            version = queries.by_reference(unit, reference).version
        told = {"condition": confirmed[0]} if confirmed else {}
        facts = {name: value for name, value in GROOMING.items() if name != "paste"}
        visitor.post(
            path,
            **facts,
            **told,
            basis="article_16",
            include_identity="none",
            version=str(version),
            **{"conditions-of": "grooming"},
        )
        with parts.database.read() as unit:
            return tuple(queries.by_reference(unit, reference).conditions)

    assert MEETING in visitor.get(path).text
    assert [conditions("images_asked"), conditions()] == [("images_asked",), ()]


def test_another_category_drops_what_it_does_not_know(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)

    saved = visitor.post(
        "/takedowns/new", **{**GROOMING, "category": "csam"}, condition="meeting_proposed"
    )

    with parts.database.read() as unit:
        row = queries.by_reference(unit, visitor.at(saved).split("logged=")[1])
    assert row.conditions == ()


def test_content_without_a_link_is_shown_beside_the_links(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    typed = {
        "case_ref": "CASE-1",
        "category": "csam",
        "explanation": "Assessed.",
        "locator-platform": "snapchat",
        "locator-account": "zz.fixture",
        "do": "add",
    }

    shown = visitor.post("/takedowns/preview", **typed)

    assert shown.status_code == 200
    assert 'data-testid="place-in"' in shown.text
    assert "zz.fixture" not in shown.text
