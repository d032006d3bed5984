"""What a category says of its facts stands in them from the start, on the page and over the API."""

from typing import Any

import pytest

from app.context import Context
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def facts(told: dict[str, Any]) -> tuple[Any, Any]:
    return told["ai_generated"], told["person_is_minor"]


def test_what_nobody_said_is_what_the_category_says(api: ApiClient, parts: Context) -> None:
    categories = parts.workspace.catalogue.categories

    found = {code: facts(logged(api, category=code)) for code in categories}

    assert found == {
        code: ("yes" if category.ai_generated else "unknown", category.concerns_minor)
        for code, category in categories.items()
    }


@pytest.mark.parametrize("said", ["no", "suspected", "yes"])
def test_what_somebody_said_stays(api: ApiClient, said: str) -> None:
    told = logged(api, category="csam_ai", ai_generated=said)
    ref = told["reference"]
    later = api.request("PATCH", f"/takedowns/{ref}", {"urgent": True}, **{"If-Match": "*"})

    assert facts(told) == facts(later.json()) == (said, True)


@pytest.mark.parametrize(
    ("said", "changed", "ai"),
    [
        ({}, {"category": "csam"}, "unknown"),
        ({}, {"category": "csam", "ai_generated": "yes"}, "yes"),
        ({"ai_generated": "suspected"}, {"category": "csam"}, "suspected"),
        ({"ai_generated": "no"}, {"category": "csam"}, "no"),
        ({}, {"ai_generated": "suspected"}, "suspected"),
        ({"category": "csam"}, {"category": "csam_ai"}, "yes"),
        ({"category": "csam", "ai_generated": "no"}, {"category": "csam_ai"}, "no"),
    ],
)
def test_it_follows_another_category_unless_somebody_said_otherwise(
    api: ApiClient, said: dict[str, Any], changed: dict[str, Any], ai: str
) -> None:
    ref = logged(api, **said)["reference"]
    answer = api.request("PATCH", f"/takedowns/{ref}", changed, **{"If-Match": "*"})

    assert (answer.status_code, answer.json()["ai_generated"]) == (200, ai)


def test_a_minor_does_not_become_an_adult_by_the_category_alone(api: ApiClient) -> None:
    ref = logged(api, category="csam_ai")["reference"]
    patch: list[dict[str, Any]] = [
        {"category": "deepfake_adult"}, {"category": "deepfake_adult", "person_is_minor": False}
    ]  # fmt: skip
    alone, by_name = (
        api.request("PATCH", f"/takedowns/{ref}", body, **{"If-Match": "*"}) for body in patch
    )

    assert (alone.status_code, alone.json()["errors"][0]["code"]) == (422, "contradictory_facts")
    assert facts(by_name.json()) == ("yes", False)


@pytest.mark.parametrize("before", ["ncii_adult", "deepfake_adult", "sexual_extortion_adult"])
@pytest.mark.parametrize(
    ("after", "is_minor"), [("csam", True), ("harassment_doxing", None), ("ncii_adult", False)]
)
def test_an_adult_becomes_a_minor_by_the_category_alone(
    api: ApiClient, before: str, after: str, is_minor: bool | None
) -> None:
    ref = logged(api, category=before)["reference"]
    answer = api.request("PATCH", f"/takedowns/{ref}", {"category": after}, **{"If-Match": "*"})

    assert (answer.status_code, answer.json()["person_is_minor"]) == (200, is_minor)


def test_who_is_said_to_be_an_adult_is_none_of_a_category_of_minors(api: ApiClient) -> None:
    ref = logged(api, category="deepfake_adult")["reference"]
    body = {"category": "csam_ai", "person_is_minor": False}
    answer = api.request("PATCH", f"/takedowns/{ref}", body, **{"If-Match": "*"})

    assert (answer.status_code, answer.json()["code"]) == (422, "contradictory_facts")


@pytest.mark.parametrize(
    ("before", "after", "status", "left"),
    [
        (("csam", "unknown", "true"), "csam_ai", 303, ("yes", True)),
        (("deepfake_adult", "yes", "false"), "csam", 303, ("unknown", True)),
        (("csam_ai", "yes", "true"), "deepfake_adult", 422, ("yes", True)),
    ],
)
def test_the_form_of_the_facts_does_the_same(
    api: ApiClient,
    parts: Context,
    before: tuple[str, str, str],
    after: str,
    status: int,
    left: tuple[str, bool],
) -> None:
    category, ai, minor = before
    ref = logged(api, category=category)["reference"]
    visitor = WebClient.signed_in(parts)
    fields = {
        "case_ref": "CASE-1", "category": after, "ai_generated": ai,
        "person_is_minor": minor, "language": "en", "basis": "article_16",
        "include_identity": "none", "conditions-of": after, "version": "1",
    }  # fmt: skip
    answer = visitor.post(f"/takedowns/{ref}/facts", **fields)

    assert answer.status_code == status
    assert facts(api.get(f"/takedowns/{ref}")) == left
