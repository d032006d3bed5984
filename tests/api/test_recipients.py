"""One takedown goes to one product or one site, and a notice by hand says where it goes."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from app.kit.database import Database
from app.takedowns import addressees
from app.takedowns.addressees import Addressee
from tests.api.factories import FACTS, POST_URL, TAKEDOWN, UNKNOWN_URL, faults, kind_of, logged
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.pasted_messages import GOOGLE, SITES, message

ABUSE = "https://forum.example.org/abuse"
OTHER: dict[str, Any] = FACTS | {"platform": "other", "urls": [UNKNOWN_URL]}


def amended(api: ApiClient, reference: str, **facts: Any) -> Any:
    return api.request("PATCH", f"/takedowns/{reference}", facts, **{"If-Match": "*"})


def nine(api: ApiClient) -> list[dict[str, Any]]:
    """Log one message by an intake and five calls, as a case system does."""
    taken = api.post("/intakes", FACTS | {"text": message(1)})
    return taken["takedowns"] + [
        api.post("/takedowns", FACTS | {"platform": "other", "urls": [url]})
        for url in SITES.values()
    ]


def named(api: ApiClient, takedown: dict[str, Any]) -> set[str]:
    """Return which of the message's links stand anywhere in a takedown's notice."""
    told = str(api.get(f"/takedowns/{takedown['reference']}/notice"))
    links = [*(url for urls in GOOGLE.values() for url in urls), *SITES.values()]
    return {link for link in links if link in told}


def are_apart(api: ApiClient) -> bool:
    """Tell whether the message became nine notices, each naming only its own."""
    takedowns = nine(api)
    expected = [*(set(urls) for urls in GOOGLE.values()), *({url} for url in SITES.values())]
    return [named(api, one) for one in takedowns] == expected


def test_one_message_becomes_nine_notices_each_naming_only_its_own(api: ApiClient) -> None:
    assert are_apart(api)

    found = api.get("/takedowns?limit=100")["data"]
    assert Counter((one["platform"], one["product"]) for one in found) == {
        ("google", "search"): 1,
        ("google", "drive"): 1,
        ("google", "blogger"): 1,
        ("google", "groups"): 1,
        ("other", None): 5,
    }


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_grouping_by_platform_alone_is_found(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addressees, "of", lambda platform, *_: Addressee(platform))

    assert not are_apart(api)


def test_an_intake_never_chooses_any_other_website(api: ApiClient) -> None:
    taken = api.post("/intakes", FACTS | {"text": message(1)})

    assert [one["product"] for one in taken["takedowns"]] == list(GOOGLE)
    assert [one["reason"] for one in taken["unrecognised"]] == ["unknown_host"] * len(SITES)


def test_several_products_or_sites_are_refused_as_one_takedown(api: ApiClient) -> None:
    products = FACTS | {"urls": [urls[0] for urls in GOOGLE.values()]}
    sites = FACTS | {"platform": "other", "urls": list(SITES.values())[:2]}
    same = {"urls": ["https://www.zz.example/1", "http://zz.example/2"]}

    assert faults(api.request("POST", "/takedowns", products)) == [("/urls", "several_products")]
    assert faults(api.request("POST", "/takedowns", sites)) == [("/urls", "several_sites")]
    assert len(api.post("/takedowns", OTHER | same)["items"]) == 2


def test_a_number_of_the_case_system_is_unique_within_product_and_site(api: ApiClient) -> None:
    ref = {"external_ref": "EXT-1"}
    links = [
        *((urls[0], {}) for urls in GOOGLE.values()),
        *((url, OTHER) for url in SITES.values()),
    ]
    made = [api.post("/takedowns", FACTS | to | ref | {"urls": [url]}) for url, to in links]
    taken = (409, "/problems/external-ref-taken")

    for (url, to), first in zip(links, made, strict=True):
        body = FACTS | to | ref | {"urls": [url], "report_again": True}
        again = api.request("POST", "/takedowns", body)
        elsewhere = api.post("/takedowns", body | {"external_ref": None})["reference"]
        patched = amended(api, elsewhere, **ref)

        assert (kind_of(again), again.json()["references"]) == (taken, [first["reference"]])
        assert (kind_of(patched), patched.json()["references"]) == (taken, [first["reference"]])


def test_a_notice_by_hand_lacks_where_it_goes(api: ApiClient) -> None:
    lacking = {"field": "recipient", "reason": "required"}
    told = api.post("/takedowns", OTHER)
    here = f"/takedowns/{told['reference']}"
    before = api.get(f"{here}/notice")
    sent = api.request("POST", f"{here}/submission", {"how": "form", "no_ticket": True})

    assert (told["recipient"], told["missing"], told["next_step"]) == (None, [lacking], "complete")
    assert (before["ready"], before["missing"]) == (False, [lacking])
    assert faults(sent) == [("/fields/recipient", "missing")]

    told = amended(api, told["reference"], recipient=ABUSE).json()
    after = api.get(f"{here}/notice")
    assert (told["recipient"], told["missing"], told["next_step"]) == (ABUSE, [], "submit")
    assert (after["ready"], after["channel"]["form_url"], after["channel"]["to"]) == (
        True,
        ABUSE,
        None,
    )
    by_mail = {"recipient": "abuse@forum.example.org"}
    amended(api, told["reference"], **by_mail)
    channel = api.get(f"{here}/notice")["channel"]
    assert (channel["form_url"], channel["to"]) == (None, by_mail["recipient"])
    assert amended(api, told["reference"], recipient=None).json()["missing"] == [lacking]


def test_a_channel_with_an_address_of_its_own_never_asks_where(api: ApiClient) -> None:
    told = logged(api, recipient=ABUSE)
    channel = api.get(f"/takedowns/{told['reference']}/notice")["channel"]

    assert logged(api)["missing"] == []
    assert (told["recipient"], channel["form_url"] == ABUSE) == (ABUSE, False)


@pytest.mark.parametrize(
    "recipient",
    [
        "http://forum.example.org", "forum.example.org", "https://localhost", "javascript:alert(1)",
        "https://user@forum.example.org", "abuse@", "one@a.example, two@a.example", "", "a b@c.de",
        "https://forum.example.org/a\nb", "mailto:abuse@example.org", f"https://{'a' * 2000}.be",
    ],
)  # fmt: skip
def test_where_it_goes_is_an_https_address_or_a_mailbox(api: ApiClient, recipient: str) -> None:
    answer = api.request("POST", "/takedowns", OTHER | {"recipient": recipient})

    assert [pointer for pointer, _ in faults(answer)] == ["/recipient"]
    assert not recipient or recipient not in answer.text


def test_who_runs_a_site_is_typed_by_a_person_and_never_where_it_is(api: ApiClient) -> None:
    told = api.post("/takedowns", OTHER)
    reference = told["reference"]
    named = amended(api, reference, provider=" Voorbeeld Hosting B.V. ").json()

    assert (told["provider"], named["provider"]) == (None, "Voorbeeld Hosting B.V.")
    assert amended(api, reference, provider=None).json()["provider"] is None
    for address in (
        "forum.example.org",
        "abuse@forum.example.org",
        "The people of forum[.]example",
    ):
        refused = amended(api, reference, provider=address)
        assert faults(refused) == [("/provider", "names_a_host")]
        assert address not in refused.text


def test_who_runs_a_known_platform_is_not_for_callers_to_say(api: ApiClient) -> None:
    provider = {"provider": "Somebody Else Ltd"}
    known = logged(api)

    assert known["provider"] == "Meta Platforms Ireland Limited"
    for path, body in (("/takedowns", TAKEDOWN), ("/intakes", FACTS | {"text": POST_URL})):
        answer = api.request("POST", path, body | provider | {"report_again": True})
        assert faults(answer) == [("/provider", "provider_known")]
    assert amended(api, known["reference"], urgent=True).json()["provider"] == known["provider"]


def test_what_was_submitted_keeps_who_runs_the_site(api: ApiClient) -> None:
    told = {"recipient": ABUSE, "provider": "Voorbeeld B.V."}
    reference = api.post("/takedowns", OTHER | told)["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    submitted = api.get(f"/takedowns/{reference}/events")["data"][-1]["data"]

    refused = amended(api, reference, provider="Another B.V.")

    assert submitted["provider"] == "Voorbeeld B.V."
    assert kind_of(refused) == (409, "/problems/not-allowed-now")


def test_where_in_a_link_something_is_stands_with_the_item(api: ApiClient) -> None:
    url = {"url": POST_URL, "place": " image 3 "}
    twice = [url, {"url": POST_URL, "place": "image 5"}, POST_URL]

    assert [one["place"] for one in logged(api)["items"]] == [None]
    assert [one["place"] for one in logged(api, urls=[url])["items"]] == ["image 3"]
    assert [one["place"] for one in logged(api, urls=twice)["items"]] == ["image 3; image 5"]
    taken = api.post("/intakes", FACTS | {"urls": twice, "report_again": True})["takedowns"]
    assert [one["place"] for one in taken[0]["items"]] == ["image 3; image 5"]
    for place in ("", " ", "a" * 81, "a\nb", 3):
        refused = api.request("POST", "/takedowns", FACTS | {"urls": [url | {"place": place}]})
        assert [pointer for pointer, _ in faults(refused)] == ["/urls/0/place"]


def test_where_content_is_and_goes_is_hidden_without_the_right_to_read_it(
    api: ApiClient, api_with: Callable[..., ApiClient]
) -> None:
    reader = api_with("takedowns:read")
    told = {"recipient": ABUSE, "urls": [{"url": UNKNOWN_URL, "place": "image 3"}]}
    reference = api.post("/takedowns", OTHER | told)["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})

    shown = reader.get(f"/takedowns/{reference}")
    notice = reader.get(f"/takedowns/{reference}/notice")
    [frozen] = reader.get(f"/takedowns/{reference}/notices")["data"]

    assert (shown["recipient"], shown["items"][0]["place"], shown["masked"]) == (None, None, True)
    for one in (notice, frozen):
        assert (one["channel"]["form_url"], one["channel"]["to"]) == (None, None)
    for page in (shown, notice, frozen, reader.get(f"/takedowns/{reference}/events")):
        assert "forum.example.org" not in str(page)
        assert "image 3" not in str(page)


def test_figures_tell_what_nobody_said_who_runs_apart(api: ApiClient, clock: ManualClock) -> None:
    for number, provider in enumerate([None, None, "Voorbeeld B.V."]):
        body = OTHER | {"urls": [f"{UNKNOWN_URL}/{number}"], "recipient": ABUSE}
        reference = api.post("/takedowns", body | {"provider": provider})["reference"]
        api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    clock.advance(1)

    groups = api.get("/metrics/response-times?by=provider")["groups"]
    listed = [
        api.get(f"/takedowns?provider={key}")["data"] for key in ("unknown", "Voorbeeld B.V.")
    ]

    assert [(one["key"], one["label"], one["takedowns"]) for one in groups] == [
        ("Voorbeeld B.V.", "Voorbeeld B.V.", 1),
        ("unknown", "website, provider unknown", 2),
    ]
    assert [len(found) for found in listed] == [2, 1]


def test_the_site_lies_in_no_column_that_can_be_read(api: ApiClient, database: Database) -> None:
    api.post("/takedowns", OTHER | {"recipient": ABUSE})

    with database.read() as unit:
        for table in ("takedowns", "items", "events", "lookups", "data_keys"):
            rows = unit.connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert b"forum.example" not in b"".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in rows
                for cell in row
            )
