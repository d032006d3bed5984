"""An import does for each row what the API would do, once, and leaves nothing of a faulty row."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app import proof
from app.context import Context
from app.imports import importing, reading, remarks
from app.kit.clock import stamp
from app.kit.database import Database
from app.notices.filling import Workspace
from app.takedowns.models import events, items, takedowns
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.imports.conftest import Importer

Row = dict[str, str]


def post(number: int) -> str:
    return f"https://x.com/zz/status/17900000000000000{number}"


def row(number: int, case_ref: str = "CASE-1", **more: str) -> Row:
    least = {"case_ref": case_ref, "category": "csam_ai", "explanation": "Assessed."}
    return least | {"url": post(number)} | more


def outcomes(told: list[importing.Done]) -> list[str]:
    return [done.outcome for done in told]


def stored(database: Database) -> dict[str, int]:
    with database.read() as unit:
        return {
            table.name: unit.connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (takedowns, items, events)
        }


def test_a_row_becomes_what_the_api_makes_of_the_same_facts(
    bring_in: Importer, api: ApiClient
) -> None:
    facts = {
        "case_ref": "CASE-1",
        "category": "csam_ai",
        "explanation": 'Assessed; "by" an analyst.',
        "language": "nl",
        "reported_at": "2026-03-01T10:00:00+01:00",
    }

    [done] = bring_in(facts | {"urls": f"{post(10)}\n{post(11)}", "urgent": "yes"})
    body = facts | {"urls": [post(10), post(11)], "urgent": True, "report_again": True}
    posted = api.post("/takedowns", body)

    def facts_of(takedown: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in takedown.items() if name != "reference"}

    [reference] = done.holders
    assert facts_of(api.get(f"/takedowns/{reference}")) == facts_of(posted)


def test_rows_bring_their_history(
    bring_in: Importer, api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    sent, decided, gone = (stamp(clock.advance(hours)) for hours in (1, 5, 20))
    clock.advance(1)
    history = {"submitted_at": sent, "decided_at": decided}

    told = bring_in(
        row(10, **history, outcome="removed", ticket_id="T-1", seen_gone_at=gone),
        row(11, **history, outcome="refused", ground="terms"),
        row(12, submitted_at=sent, ticket_id="T-3"),
        row(13),
    )

    found = [api.get(f"/takedowns/{done.holders[0]}") for done in told]
    assert [(t["stage"], t["submitted_at"], t["decided_at"], t["gone_at"]) for t in found] == [
        ("closed", sent, decided, decided),
        ("decided", sent, decided, None),
        ("submitted", sent, None, None),
        ("draft", None, None, None),
    ]
    assert [t["ticket_ids"] for t in found] == [["T-1"], [], ["T-3"], []]
    timeline = api.get(f"/takedowns/{found[0]['reference']}/events")["data"]
    assert [(event["kind"], event["by"], event["source"]) for event in timeline] == [
        (kind, "import", "system") for kind in ("logged", "submitted", "decided", "seen", "noted")
    ]
    assert timeline[-1]["data"]["text"] == remarks.NOTE
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


def test_what_is_imported_names_the_columns_of_its_file_and_keeps_them_when_corrected(
    bring_in: Importer, api: ApiClient
) -> None:
    told = bring_in(row(10, reported_at="2026-03-01T10:00:00+01:00"), row(11, submitted_at=SENT))
    posted = api.post("/takedowns", {"case_ref": "CASE-1", "category": "csam", "urls": [post(12)]})

    def logged(reference: str) -> dict[str, Any]:
        [first, *_] = api.get(f"/takedowns/{reference}/events")["data"]
        return dict(first)

    first = logged(told[0].holders[0])
    where = f"/takedowns/{first['reference']}/events"
    patch = {"kind": "corrected", "voids": first["id"], "replacement": {"urgent": True}}
    corrected = api.post(where, patch)

    columns = ["case_ref", "category", "explanation", "url", "reported_at", "submitted_at"]
    assert [logged(done.holders[0])["data"]["imported"] for done in told] == [columns, columns]
    assert corrected["data"]["replacement"]["imported"] == columns
    assert "imported" not in logged(posted["reference"])["data"]


def test_a_history_is_what_the_api_makes_of_it_step_by_step(
    bring_in: Importer, api: ApiClient, clock: ManualClock
) -> None:
    sent, receipt, answered, decided, gone = (stamp(clock.advance(h)) for h in (1, 1, 1, 3, 20))
    clock.advance(1)
    facts = {"case_ref": "CASE-1", "category": "csam_ai", "explanation": "Assessed."}
    history = {
        "submitted_at": sent,
        "receipt_at": receipt,
        "answered_at": answered,
        "decided_at": decided,
        "seen_gone_at": gone,
    }
    [done] = bring_in(facts | history | {"url": post(10), "ticket_id": "T-1", "outcome": "removed"})

    posted = api.post("/takedowns", facts | {"urls": [post(10)], "report_again": True})
    where = f"/takedowns/{posted['reference']}"
    api.post(f"{where}/submission", {"how": "form", "happened_at": sent, "ticket_id": "T-1"})
    for event in (
        {"kind": "receipt_confirmed", "happened_at": receipt, "automatic": True},
        {"kind": "receipt_confirmed", "happened_at": answered, "automatic": False},
        {"kind": "decided", "happened_at": decided, "outcome": "removed"},
        {"kind": "seen", "happened_at": gone, "availability": "gone"},
        {"kind": "noted", "text": remarks.NOTE},
    ):
        api.post(f"{where}/events", event)

    assert _shown(api, done.holders[0]) == _shown(api, posted["reference"])


# What differs between two takedowns, or by the way in which they were told.
OWN = {
    "id", "mac", "by", "source", "imported", "sha256", "sealed_sha256", "explanation_sha256",
}  # fmt: skip


def _shown(api: ApiClient, reference: str) -> Any:
    """Return all that is told of a takedown, its timeline and its notice, without what is OWN."""

    def kept(told: Any) -> Any:
        if isinstance(told, dict):
            return {name: kept(value) for name, value in told.items() if name not in OWN}
        if isinstance(told, list):
            return [kept(value) for value in told]
        return told.replace(reference, "TD") if isinstance(told, str) else told

    where = f"/takedowns/{reference}"
    return [kept(api.get(path)) for path in (where, f"{where}/events", f"{where}/notices/1")]


SENT = "2026-03-01T09:00:00Z"
FAULTY = [
    ("an unknown category", {"category": "nonsense"}, "category: choose from csam, "),
    ("an unknown host", {"url": "https://example.org/1"}, "url 1: check the link, or report it"),
    (
        "two platforms",
        {"url": f"{post(1)} https://youtu.be/aB3dE5fG7hE"},
        "url: send one takedown per platform",
    ),
    ("no case", {"case_ref": ""}, "case_ref: This is required."),
    ("tomorrow", {"submitted_at": "2026-03-03T09:00:00Z"}, "submitted_at: must not lie in the fut"),
    (
        "a mail server we lack",
        {"submitted_at": SENT, "how": "email"},
        "no mail server is set up: send it yourself, how: form",
    ),
    (
        "an incomplete notice",
        {"explanation": "", "submitted_at": SENT},
        "notice field explanation: required",
    ),
    (
        "an answer to nothing",
        {"decided_at": SENT, "outcome": "removed"},
        "decided_at: say when it was submitted (submitted_at): a platform acts after that",
    ),
    (
        "an answer before the question",
        {"submitted_at": SENT, "decided_at": "2026-02-01T09:00:00Z", "outcome": "removed"},
        "decided_at: it comes before submitted_at: correct one of the two",
    ),
    (
        "two faults",
        {"case_ref": "A name", "urgent": "very"},
        "case_ref: String should match pattern '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$'; urgent: ",
    ),
]


def test_a_faulty_row_says_how_to_mend_it_and_leaves_nothing(
    bring_in: Importer, database: Database, parts: Context
) -> None:
    told = bring_in(*(row(1) | wrong for _, wrong, _ in FAULTY), row(20))

    lines = [str(done).split("\t") for done in told]
    assert [outcome for _, outcome, _ in lines] == ["refused"] * len(FAULTY) + ["logged"]
    assert [
        (story, words[: len(said)])
        for (story, _, said), (_, _, words) in zip(FAULTY, lines, strict=False)
    ] == [(story, said) for story, _, said in FAULTY]
    assert stored(database) == {"takedowns": 1, "items": 1, "events": 1}
    with database.read() as unit:
        assert list(proof.faults(unit)) == []


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_is_in_the_books_is_named_not_doubled(bring_in: Importer, dry_run: bool) -> None:
    [first] = bring_in(row(10, external_ref="E-1"))

    told = bring_in(
        row(10, external_ref="E-1"),
        row(99, external_ref="E-1"),
        row(10, "CASE-2"),
        row(10, "CASE-2", url=f"{post(10)} {post(11)}"),
        row(10, "CASE-2", report_again="true"),
        dry_run=dry_run,
    )

    new = "valid" if dry_run else "logged"
    assert outcomes(told) == ["known", "known", "known", "refused", new]
    assert {done.holders for done in told[:3]} == {first.holders}
    assert str(told[3]) == (
        f"5\trefused\turl: take out what is in {first.holders[0]} already,"
        " or set report_again to true"
    )


def test_a_file_can_be_imported_again_also_where_its_history_is_over(
    bring_in: Importer, clock: ManualClock
) -> None:
    sent, gone = (stamp(clock.advance(hours)) for hours in (1, 5))
    over = row(10, submitted_at=sent, seen_gone_at=gone)

    first = bring_in(over, row(11))
    again = bring_in(over, row(11))
    other = bring_in(over | {"case_ref": "CASE-2"})

    assert outcomes([*first, *again, *other]) == ["logged", "logged", "known", "known", "logged"]


def test_a_dry_run_tells_what_the_import_will_and_stores_nothing(
    bring_in: Importer, clock: ManualClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, gone = (stamp(clock.advance(hours)) for hours in (1, 5))
    monkeypatch.setattr(importing, "CHUNK", 3)
    rows = [
        row(10, external_ref="E-1"),
        row(11, submitted_at=sent, seen_gone_at=gone),
        row(12, "A name"),
        row(10, "CASE-9"),  # open in row 2
        row(13, "CASE-9", external_ref="E-1"),  # row 2 goes by this
        row(11, "CASE-9"),  # gone, so it is reported anew
        row(11),  # open in row 7, and row 3's own
        row(10, "CASE-9", url=f"{post(20)} {post(10)}"),  # only one of two is open
    ]

    rehearsed = bring_in(*rows, dry_run=True)
    untouched = stored(database)
    told = bring_in(*rows)

    assert untouched == {"takedowns": 0, "items": 0, "events": 0}
    assert outcomes(told) == [
        "logged", "logged", "refused", "known", "known", "logged", "known", "refused",
    ]  # fmt: skip
    assert [outcome.replace("valid", "logged") for outcome in outcomes(rehearsed)] == outcomes(told)
    assert [done.holders for done in rehearsed if done.outcome == "known"] == [
        ("row 2",), ("row 2",), ("row 7",),
    ]  # fmt: skip


def test_rows_are_stored_and_told_some_at_a_time(
    bring_in: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)

    told = bring_in(*(row(number) for number in range(10, 15)))

    assert [(done.number, done.outcome) for done in told] == [
        (number, "logged") for number in range(2, 7)
    ]


def test_rows_of_two_sites_may_share_a_number_and_say_where_they_went(
    bring_in: Importer, api: ApiClient
) -> None:
    told = {"platform": "other", "external_ref": "EXT-1", "submitted_at": "2026-03-01T10:00:00Z"}
    by_hand = {"recipient": "abuse@zz-fixture.example", "provider": "Voorbeeld B.V."}
    rows = [
        row(1, **told) | {"url": f"https://{site}.zz-fixture.example/1"} | by_hand for site in "ab"
    ]
    lacking = {name: value for name, value in rows[0].items() if name != "recipient"}
    two = rows[0] | {"url": "https://a.zz-fixture.example/2 https://b.zz-fixture.example/2"}

    rehearsed = bring_in(*rows, rows[0], dry_run=True)
    done = bring_in(lacking, two, rows[0] | {"provider": "zz.example"}, *rows, rows[0])

    assert outcomes(rehearsed) == ["valid", "valid", "known"]
    assert outcomes(done) == ["refused", "refused", "refused", "logged", "logged", "known"]
    assert [[(one.pointer, one.code) for one in each.faults] for each in done[:3]] == [
        [("notice field recipient", "missing")],
        [("url", "several_sites")],
        [("provider", "names_a_host")],
    ]
    shown = api.get(f"/takedowns/{done[3].holders[0]}")
    assert (shown["recipient"], shown["provider"]) == tuple(by_hand.values())


@pytest.mark.parametrize(
    "wrapper",
    [
        "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fforum.example%2Fa&data=05",
        "https://nam12.safelinks.protection.outlook.com/?url=http%3a%2f%2fforum.example%2Fa&reserved=0",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fforum.example%2Fa%2F1&h=AT0",
        "https://lm.facebook.com/l.php?u=https://forum.example/a",
        "https://l.instagram.com/?u=https%3A%2F%2Fforum.example%2Fa",
        "https://www.google.com/url?sa=t&q=https://forum.example/a",
        "https://www.youtube.com/redirect?q=https%3A%2F%2Fforum.example%2Fa",
        "https://urldefense.com/v3/__https://forum.example/a__;!!AbC!xyz$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__forum.example_a&d=DwMF",
        "https://out.reddit.com/?url=https://forum.example/a",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fforum.example%2fa&c=E",
        "https://bit.ly/3abcd",
    ],
)
def test_what_only_leads_elsewhere_is_never_advised_to_be_sent_to_another_site(
    bring_in: Importer, wrapper: str
) -> None:
    [done] = bring_in(row(1) | {"url": wrapper})

    assert (done.outcome, [fault.pointer for fault in done.faults]) == ("refused", ["url 1"])
    assert [fault.detail for fault in done.faults] == [
        "this link only leads elsewhere: send the address it leads to"
    ]


def test_a_site_we_do_not_know_may_be_sent_as_another_one(bring_in: Importer) -> None:
    sites = [
        "https://forum.example/a?next=/b",
        "https://archive.example/2020/https://forum.example/a",
    ]

    told = bring_in(*(row(1) | {"url": site} for site in sites))

    mend = "check the link, or report it with platform other"
    assert [[fault.detail for fault in done.faults] for done in told] == [[mend], [mend]]


def test_a_shortened_number_leaves_nothing_of_its_row(
    bring_in: Importer, database: Database
) -> None:
    sent = {"submitted_at": "2026-03-01T10:00:00+01:00"}

    told = bring_in(row(1, **sent, ticket_id="1,23457E+18"), row(2, external_ref="1.7E+05"))

    assert [str(done).partition(":")[0] for done in told] == [
        "2\trefused\tticket_id", "3\trefused\texternal_ref",
    ]  # fmt: skip
    assert stored(database)["takedowns"] == 0


def test_a_remark_about_a_row_stands_in_its_record(
    database: Database, workspace: Workspace, api: ApiClient
) -> None:
    rows = [
        reading.Row(2, row(1), remark="Noon stands for it."),
        reading.Row(3, row(2, submitted_at="2026-03-01T10:00:00Z"), remark="Noon."),
    ]

    told = importing.bring_in(database, workspace, reading.Table(("case_ref",), rows))

    notes = [
        [event["data"]["text"] for event in api.get(f"/takedowns/{done.holders[0]}/events")["data"]
         if event["kind"] == "noted"]
        for done in told
    ]  # fmt: skip
    assert notes == [["Noon stands for it."], [f"{remarks.NOTE} Noon."]]


def test_all_faults_of_a_row_are_told_at_once(bring_in: Importer) -> None:
    [done] = bring_in(row(1) | {"url": "https://zz.example/1", "case_ref": "Jan P", "urgent": "?"})

    assert {(fault.pointer, fault.code) for fault in done.faults} == {
        ("case_ref", "malformed"), ("urgent", "wrong_type"), ("url 1", "unknown_host"),
    }  # fmt: skip
