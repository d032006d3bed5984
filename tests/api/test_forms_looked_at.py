"""A channel is verified where a caseworker said so, for as long as that holds, in every process."""

import os
from typing import Any

import pytest

from app.context import Context
from app.kit import preferences
from app.kit.clock import stamp
from app.notices import form_changes, workspaces
from app.notices.filling import Workspace
from app.platforms.channels import Channel
from tests.api_client import ApiClient
from tests.factories import START
from tests.sample_record import facts
from tests.web.web_client import WebClient

FOUND = ("verified", "confirmed_at", "confirmed_by", "changed_at", "changed_by", "changed_where")
LINK = "https://www.tiktok.com/@zz/video/7234567890123456789"
WHERE = {"channel": "dsa", "language": "en", "purpose": "first"}


def told(api: ApiClient) -> dict[str, Any]:
    channel = api.get("/platforms/tiktok")["channels"][0]
    return {name: channel[name] for name in FOUND if channel[name]}


def notice(api: ApiClient, reference: str) -> list[str]:
    warnings = api.get(f"/takedowns/{reference}/notice")["warnings"]
    return [one["code"] for one in warnings if one["code"].startswith("channel")]


@pytest.fixture
def reference(api: ApiClient) -> str:
    return str(api.post("/takedowns", facts("C-1", LINK))["reference"])


def test_still_right_and_it_changed_are_seen_by_who_asks(
    parts: Context, api: ApiClient, reference: str
) -> None:
    here, visitor = f"/takedowns/{reference}/notice", WebClient.signed_in(parts)
    before = told(api), notice(api, reference)

    right = visitor.post(f"{here}/form-right", **WHERE)
    confirmed = told(api), notice(api, reference)
    changed = visitor.post(f"{here}/form-changed", **WHERE, where="law")
    differs = told(api), notice(api, reference)

    by = confirmed[0]["confirmed_by"]
    assert (right.status_code, changed.status_code) == (303, 303)
    assert before == ({}, ["channel_unverified"])
    assert confirmed == (
        {"verified": True, "confirmed_at": at(parts), "confirmed_by": by},
        [],
    )
    assert differs == (
        {"changed_at": at(parts), "changed_by": by, "changed_where": "law"},
        ["channel_unverified"],
    )
    assert "law" not in changed.headers["location"]


def test_the_pages_say_when_who_and_where(parts: Context, api: ApiClient, reference: str) -> None:
    here, visitor = f"/takedowns/{reference}/notice", WebClient.signed_in(parts)
    visitor.post(f"{here}/form-right", **WHERE)
    by = told(api)["confirmed_by"]
    pages = [visitor.get(here).text, visitor.get("/platforms/tiktok").text]
    visitor.post(f"{here}/form-changed", **WHERE, where="order")
    after = [visitor.get(here).text, visitor.get("/platforms/tiktok").text]

    assert [by in page and "as shown on" in page for page in pages] == [True, True]
    assert ["The fields stand in another order." in page for page in after] == [True, True]


def test_a_place_the_form_does_not_have_is_refused(
    parts: Context, api: ApiClient, reference: str
) -> None:
    here, visitor = f"/takedowns/{reference}/notice", WebClient.signed_in(parts)

    answers = [
        visitor.post(f"{here}/form-changed", **WHERE, where=where).status_code
        for where in ("", "https://x.example/secret", "urls_2")
    ]

    assert (answers, told(api)) == ([422, 422, 422], {})


def test_any_other_site_has_no_one_form_to_be_right(parts: Context, api: ApiClient) -> None:
    logged = api.post("/takedowns", facts("C-1", "https://zz.example/1") | {"platform": "other"})
    visitor = WebClient.signed_in(parts)
    here = f"/takedowns/{logged['reference']}/notice"

    answer = visitor.post(f"{here}/form-right", channel="contact_form")

    assert (answer.status_code, "form-right" in visitor.get(here).text) == (404, False)


def test_a_kept_address_of_a_channel_that_is_public_by_now_stops_nothing(
    parts: Context, workspace: Workspace
) -> None:
    kept = {"addresses": {"TAKEDOWN_CHANNEL_DISCORD_DSA": "https://forms.example.org/notice"}}

    laid = workspaces.build(parts.settings, {}, kept)

    assert channel(laid).address == "https://discord.com/report"
    assert channel(laid) == channel(workspace)


def test_an_address_set_anew_ends_what_was_said_of_the_form_before(parts: Context) -> None:
    with parts.database.write() as unit:
        [flagger, *_] = parts.workspace_in(unit).catalogue.platforms["snapchat"].channels
        form_changes.confirm(unit, "snapchat", flagger, by="Analyst-01")
        name = "TAKEDOWN_CHANNEL_SNAPCHAT_TRUSTED_FLAGGER"
        same = workspaces.build(parts.settings, os.environ, preferences.read(unit))
        preferences.write(unit, {"addresses": {name: "https://forms.example.org/notice"}})
        other = workspaces.build(parts.settings, os.environ, preferences.read(unit))

    assert [
        laid.catalogue.platforms["snapchat"].channels[0].verified for laid in (same, other)
    ] == [True, False]


def channel(workspace: Workspace) -> Channel:
    found = workspace.catalogue.platforms["discord"].channel("dsa")
    assert found is not None
    return found


def at(parts: Context) -> str:
    return stamp(parts.clock())


def test_the_clock_of_these_tests_stands_still(parts: Context) -> None:
    assert parts.clock() == START
