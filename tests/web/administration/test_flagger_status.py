"""Administrators record the trusted-flagger status once, and what the coordinator does with it."""

import csv
import html
import io
import re
from datetime import date

import pytest

from app.accounts import audit
from app.accounts.audit import Wanted
from app.context import Context
from app.notices import drafts, new_items
from app.takedowns import bases, queries
from app.takedowns.bases import Basis
from app.takedowns.flagger_status import Change
from app.takedowns.timeline import Actor
from tests.web.web_client import WebClient, error_summary

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
PAGE = "/admin/status"
AWARD = {"coordinator": "BIPT", "from": "2026-01-01", "decision": "D-1"}
AWARDED = Change("awarded", date(2026, 1, 1), "BIPT", decision="D-1")
SUSPENDED = Change("suspended", date(2026, 2, 1))
FLAGGER, ANYBODY = "Trusted flagger (Article 22 DSA)", "Notice (Article 16 DSA)"


@pytest.fixture
def admin(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "admin")


def history(parts: Context) -> list[Change]:
    with parts.database.read() as unit:
        return bases.history(unit)


def recorded(parts: Context, *changes: Change | Basis) -> None:
    with parts.database.write() as unit:
        for change in changes:
            if isinstance(change, Basis):
                bases.record(unit, change)
            else:
                bases.record_change(unit, change, by="somebody")


def words(page: str, pattern: str) -> str:
    """Return what a part of a page says, without its marks."""
    found = re.search(pattern, page, re.S)
    text = html.unescape(re.sub(r"<br>", " · ", found[1])) if found else ""
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def said_of(admin: WebClient, slug: str) -> str:
    """Return what the list of platforms says of the legal basis of one."""
    page = admin.get("/admin/platforms").text
    row = page.partition(f'href="/admin/platforms/{slug}"')[2]
    return words(row, r'data-head="Legal basis">(.*?)</td>')


def test_an_award_is_recorded_once_however_often_the_button_is_pressed(
    parts: Context, admin: WebClient
) -> None:
    more = {"until": "2027-01-01", "category": "csam", "except": "tiktok"}

    answers = [admin.post(f"{PAGE}/awards", **AWARD, **more) for _ in range(2)]

    assert {admin.at(answer) for answer in answers} == {f"{PAGE}?said=saved"}
    assert history(parts) == [
        AWARDED._replace(until=date(2027, 1, 1), categories=("csam",), exceptions=("tiktok",))
    ]
    with parts.database.read() as unit:
        [entry] = audit.page(unit, Wanted(None, "status_recorded", None), before=None, limit=9)
    assert entry.detail == {"change": "awarded", "on": "2026-01-01"}


def test_what_the_coordinator_decides_later_is_recorded_and_shown(
    parts: Context, admin: WebClient
) -> None:
    recorded(parts, AWARDED)
    told = {"step": "suspended", "on": "2026-02-01", "confirm": "on"}

    answers = [admin.post(f"{PAGE}/steps", **told) for _ in range(2)]

    page = admin.get(PAGE).text
    assert {admin.at(answer) for answer in answers} == {f"{PAGE}?said=saved"}
    assert history(parts) == [AWARDED, SUSPENDED]
    assert words(page, r'data-testid="status">(.*?)</p>').startswith("Status suspended · BIPT")
    assert re.findall(r'name="step" value="(\w+)"', page) == ["resumed", "revoked"]


@pytest.mark.parametrize(
    ("path", "told", "said"),
    [
        ("awards", AWARD | {"coordinator": " "}, "Fill this in."),
        ("awards", AWARD | {"from": ""}, "Choose a day."),
        ("awards", AWARD | {"until": "2025-12-31"},
         "The last day comes before the first one. Choose a later one."),
        ("steps", {"step": "suspended", "on": "2026-02-01"}, "Confirm what follows from it."),
        ("steps", {"step": "promoted", "on": "2026-02-01", "confirm": "on"},
         "Choose one of the options."),
        ("steps", {"step": "resumed", "on": "2026-02-01", "confirm": "on"},
         "The status is not suspended on that day."),
        ("steps", {"step": "suspended", "on": "2025-02-01", "confirm": "on"},
         "No award is held on that day. Record the award first."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_nothing_of_it_kept(
    parts: Context, admin: WebClient, path: str, told: dict[str, str], said: str
) -> None:
    recorded(parts, AWARDED)

    answer = admin.post(f"{PAGE}/{path}", **told)

    assert (answer.status_code, error_summary(answer)) == (422, said)
    assert history(parts) == [AWARDED]
    typed = [value for name, value in told.items() if name in ("coordinator", "on", "from")]
    assert all(f'value="{value}"' in answer.text for value in typed if value.strip())


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([], ANYBODY),
        ([AWARDED], f"{FLAGGER} (1 Jan 2026)"),
        ([AWARDED._replace(exceptions=("tiktok",))], f"does not honour the award · {ANYBODY}"),
        ([AWARDED, SUSPENDED], f"{FLAGGER}: Status suspended · {ANYBODY}"),
        ([Basis("tiktok", "voluntary", date(2026, 2, 1), "", ())],
         "Priority channel by agreement (1 Feb 2026)"),
        ([AWARDED, Basis("tiktok", "voluntary", date(2026, 2, 1), "", ())],
         f"{FLAGGER} (1 Jan 2026) · Priority channel by agreement (1 Feb 2026)"),
    ],
)  # fmt: skip
def test_the_list_of_platforms_says_calmly_what_each_notice_rests_on(
    parts: Context, admin: WebClient, records: list[Change | Basis], said: str
) -> None:
    recorded(parts, *records)

    assert said_of(admin, "tiktok") == said
    assert 'class="late"' not in admin.get("/admin/platforms").text


def test_one_award_counts_for_all_platforms_but_its_exceptions(
    parts: Context, admin: WebClient
) -> None:
    platforms = len(parts.workspace.catalogue.platforms)
    recorded(parts, AWARDED._replace(exceptions=("tiktok", "x")))

    assert f"recorded for {platforms - 2} of {platforms} platforms" in admin.get("/admin").text


def test_a_form_that_repeats_a_basis_lost_meanwhile_asks_for_nothing(
    parts: Context, admin: WebClient
) -> None:
    recorded(parts, AWARDED)
    caseworker = WebClient.signed_in(parts)
    workspace = parts.workspace
    with parts.database.write() as unit:
        url = "https://www.tiktok.com/@zz.fixture/video/7312345678901234567"
        platform, items = new_items.items_at(workspace, [url], None, now=unit.clock())
        given = {"case_ref": "C-1", "category": "csam"}
        row = drafts.log(
            unit, workspace, given, platform=platform, items=items, by=Actor("somebody", "person")
        )
    recorded(parts, SUSPENDED)
    told = {"category": "csam", "ai_generated": "unknown", "language": "en", "version": "1"}

    answer = caseworker.post(
        f"/takedowns/{row.reference}/facts", **told, case_ref="C-2", basis="article_22"
    )

    with parts.database.read() as unit:
        found = queries.by_reference(unit, row.reference)
    assert caseworker.at(answer) == f"/takedowns/{row.reference}?said=facts"
    assert (found.case_ref, found.basis) == ("C-2", "article_22")


@pytest.mark.parametrize(
    ("changes", "said"),
    [([], False), ([AWARDED], True), ([AWARDED, SUSPENDED], False),
     ([AWARDED._replace(exceptions=("tiktok",))], False)],
)  # fmt: skip
def test_the_card_of_a_platform_says_what_it_honours_today(
    parts: Context, admin: WebClient, changes: list[Change], said: bool
) -> None:
    recorded(parts, *changes)

    page = WebClient.signed_in(parts, "manager").get("/platforms/tiktok").text

    shown = words(page, r'id="channels">.*?<p class="small-text">(.*?)</p>')
    assert (shown == f"{FLAGGER}: held from 1 Jan 2026.") is said


def test_the_sheet_of_platforms_names_the_bases_that_hold_today(
    parts: Context, admin: WebClient
) -> None:
    recorded(parts, AWARDED._replace(exceptions=("x",)))
    recorded(
        parts,
        Basis("tiktok", "voluntary", date(2026, 1, 1), "", ()),
        Basis("tiktok", "voluntary", date(2026, 1, 2), "", ()),
        Basis("x", "voluntary", date(2026, 9, 1), "", ()),
    )

    text = admin.get("/admin/platforms.csv").text
    held = {one["platform"]: one["bases"] for one in csv.DictReader(io.StringIO(text))}

    assert held["tiktok"] == "article_22 voluntary"
    assert held["x"] == "article_16"
    recorded(parts, SUSPENDED)
    text = admin.get("/admin/platforms.csv").text
    held = {one["platform"]: one["bases"] for one in csv.DictReader(io.StringIO(text))}
    assert (held["tiktok"], held["discord"]) == ("voluntary", "article_16")
