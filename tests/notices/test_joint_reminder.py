"""One reminder for several takedowns: each is in just one or apart, and no text tells a place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.kit.languages import Language
from app.notices.case import Case
from app.notices.compose import Item, NoticeRequest, case_of, written
from app.notices.joint_reminder import JointReminder, Member, Sorted, together
from app.notices.request import Told
from app.notices.vocabularies import Apart
from tests.notices.factories import FIRST, ORGANISATION, SECOND, every_combination, notice_request
from tests.shipped_platforms import shipped

SENT_ON, RECEIPT_ON, SEEN_ON = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
SECRET = "zzsecret"
WAYS = list(every_combination())


def member(request: NoticeRequest, channel: str | None = None, **how: Any) -> Member:
    """A takedown whose reminder is to be sent, all of whose places were in its first notice."""
    case = case_of(
        shipped(), request, ORGANISATION, channel_id=channel, language=None, purpose="reminder"
    )
    return Member(case, written(shipped(), case, {}), len(request.items), **how)


def waiting(number: int = 1, **told: Any) -> NoticeRequest:
    """A takedown that was submitted and waits."""
    request = notice_request(**({"submitted_on": SENT_ON, "basis": "article_22"} | told))
    return replace(request, reference=f"TD-{number:06d}")


def lines(joint: JointReminder) -> list[str]:
    return joint.notice.body.split("\n\n")[1].split("\n")


def test_three_are_told_of_in_one_letter_each_by_reference_ticket_and_dates() -> None:
    left = SECOND._replace(told=Told(RECEIPT_ON, "removed"), live_on=SEEN_ON)
    members = [
        member(waiting(1, tickets=("4711",))),
        member(waiting(2, receipt_on=RECEIPT_ON, facts={"urgent": True})),
        member(waiting(3, items=(FIRST._replace(state="gone"), left))),
    ]

    [joint] = together(shipped(), members).joint

    assert joint.notice.subject == "URGENT: one reminder for 3 notices"
    assert joint.notice.body.split("\n\n") == [
        "This is one reminder for 3 notices on which we are still waiting for you to act.",
        "1. On 20 November 2026 we sent you notice TD-000001. Your number: 4711. "
        "We have received no decision.\n"
        "2. On 20 November 2026 we sent you notice TD-000002. "
        "You confirmed receipt on 21 November 2026. We have received no decision. "
        "This is urgent; please act at once.\n"
        "3. On 20 November 2026 we sent you notice TD-000003. "
        "On 21 November 2026 you told us that the content had been removed. "
        "The content was still available on 22 November 2026. "
        "Places it still concerns, by their number in our notice: 2 (of 2).",
        "We ask you to act without further delay.",
        "WHO WE ARE\n"
        "Submitted by Example Hotline (hotline@example.org).\n"
        "Trusted flagger (Article 22 of Regulation (EU) 2022/2065)",
        "Please confirm receipt (Article 16(4)) and send us your decision and the possibilities "
        "for redress (Article 16(5)).\n"
        "Please do not contact the victim.\n"
        "Please do not name us to the uploader.\n",
    ]
    assert lines(joint)[0].replace("4711", "••••") == joint.masked.body.split("\n")[2]


def test_the_earliest_deadline_ahead_stands_in_the_subject() -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    deadlines = [datetime(2026, 11, day, 18, tzinfo=UTC) for day in (21, 25, 24)]
    members = [
        member(waiting(number, written_at=now, facts={"deadline_at": deadline}))
        for number, deadline in enumerate(deadlines, start=1)
    ]

    [joint] = together(shipped(), members).joint

    assert joint.notice.subject == (
        "URGENT, before 24 November 2026, 18:00 UTC (19:00 in Brussels): one reminder for 3 notices"
    )
    assert "the ultimatum expired on 21 November 2026" in lines(joint)[0]


def test_a_form_that_needs_addresses_holds_all_and_each_takedown_keeps_its_own() -> None:
    """So whoever erases one takedown finds its places under no other."""
    other = Item(1, "https://www.facebook.com/zz/posts/9", None, "post", "9", "zz")
    [joint] = together(shipped(), [member(waiting(1)), member(waiting(2, items=(other,)))]).joint

    def held(notice: Any) -> str:
        return next(one.value for one in notice.fields if one.id == "urls") or ""

    assert held(joint.notice).split("\n") == [FIRST.url, SECOND.url, other.url]
    assert [held(share).split("\n") for share in joint.shares] == [
        [FIRST.url, SECOND.url], [other.url]
    ]  # fmt: skip
    assert held(joint.masked) == "••••"


@pytest.mark.parametrize("language", Language)
def test_it_is_written_in_the_language_of_the_notices(language: str) -> None:
    both = [member(waiting(number, facts={"language": language})) for number in (1, 2)]
    english = member(waiting(3, facts={"language": "en"}))

    found = together(shipped(), [*both, english])

    assert found.joint[0].notice.language == language
    assert len(found.joint[0].members) == (3 if language == "en" else 2)


def test_a_form_with_a_limit_gets_as_many_reminders_as_fit_into_it() -> None:
    def limited(most: int) -> list[Member]:
        found = [member(waiting(number)) for number in range(1, 9)]
        return [one._replace(case=_with_limit(one.case, most)) for one in found]

    [whole] = together(shipped(), limited(5000)).joint
    halves = together(shipped(), limited(900)).joint
    none = together(shipped(), limited(300))

    assert len(whole.members) == 8
    assert [len(one.members) for one in halves] == [4, 4]
    assert (none.joint, {why for _, why in none.apart}) == ((), {Apart.FORM_FULL})


def _with_limit(case: Case, most: int) -> Case:
    fields = [
        one.model_copy(update={"max_length": most}) if one.id == "explanation" else one
        for one in case.channel.fields
    ]
    channel = case.channel.model_copy(update={"fields": tuple(fields)})
    return replace(case, channel=channel, platform=case.platform.dealt_with(channels=(channel,)))


@pytest.mark.parametrize(
    ("apart", "why"),
    [
        (member(waiting(3), has_own_words=True), Apart.OWN_WORDS),
        (member(waiting(3, submitted_on=None)), Apart.INCOMPLETE),
        (member(waiting(3, basis="article_16")), Apart.ANOTHER_WAY),
        (member(waiting(3, facts={"language": "nl"})), Apart.ANOTHER_WAY),
        (member(waiting(3, facts={"court_order": True})), Apart.ANOTHER_WAY),
        (member(waiting(3, platform="other", recipient=None)), Apart.NO_RECIPIENT),
        (
            member(waiting(3, items=(FIRST._replace(told=Told(SEEN_ON, "refused")),))),
            Apart.INCOMPLETE,
        ),
    ],
)
def test_what_does_not_go_with_the_others_says_why(apart: Member, why: Apart) -> None:
    found = together(shipped(), [member(waiting(1)), apart, member(waiting(2))])

    assert [one.reference for one in found.joint[0].members] == ["TD-000001", "TD-000002"]
    assert [(one.reference, reason) for one, reason in found.apart] == [("TD-000003", why)]


def test_sites_that_no_file_names_share_a_reminder_only_where_it_goes_to_the_same_mailbox() -> None:
    def site(number: int, recipient: str) -> Member:
        item = Item(1, f"https://site-{number}.example/a", None, "site")
        told = {"platform": "other", "basis": "article_16", "items": (item,)}
        return member(waiting(number, recipient=recipient, **told))

    found = together(
        shipped(),
        [site(1, "abuse@host.example"), site(2, "abuse@host.example"), site(3, "x@y.example")],
    )

    [joint] = found.joint
    assert [one.reference for one in joint.members] == ["TD-000001", "TD-000002"]
    assert "site-" not in "".join(f"{field.value}" for field in joint.notice.fields)
    assert [why for _, why in found.apart] == [Apart.ANOTHER_WAY]


@some.composite
def members(draw: some.DrawFn) -> list[Member]:
    """Takedowns on one platform, told and answered in every way; what is secret says so."""
    slug = draw(some.sampled_from(sorted({way[0] for way in WAYS})))
    of_it = some.sampled_from([way for way in WAYS if way[0] == slug])
    ways = draw(some.lists(of_it, min_size=1, max_size=2))  # so that some go together
    return [
        _drawn(draw, draw(some.sampled_from(ways)), number)
        for number in range(1, draw(some.integers(2, 9)))
    ]


def _drawn(draw: some.DrawFn, way: tuple[str, str, str, str], number: int) -> Member:
    platform, channel, basis, category = way
    items = tuple(
        _item(draw, f"{SECRET}{number}x{at}", at) for at in range(1, draw(some.integers(2, 4)))
    )
    request = waiting(
        number, platform=platform, basis=basis, category=category, items=items,
        explanation=SECRET,
        recipient=draw(some.sampled_from(["https://f.example/", "a@f.example"])),
        receipt_on=draw(some.sampled_from([None, RECEIPT_ON])),
        tickets=draw(some.sampled_from([(), (f"ticket-{number}",)])),
        facts={
            "language": draw(some.sampled_from(Language)),
            "urgent": draw(some.booleans()),
            "authorised_by_person": True,
        },
    )  # fmt: skip
    return member(request, channel, has_own_words=draw(some.integers(0, 9)) == 0)


def _item(draw: some.DrawFn, secret: str, number: int) -> Item:
    url = f"https://www.facebook.com/{secret}" if draw(some.integers(0, 4)) else None
    told = draw(some.sampled_from([None, Told(RECEIPT_ON, "removed", None, SECRET)]))
    locator = None if url else {"account": f"{secret}a", "description": f"{secret}d"}
    return Item(
        number, url, url, "post", secret, f"{secret}a", locator,
        draw(some.sampled_from([None, secret])),
        draw(some.sampled_from(["submitted", "gone"])), told, SEEN_ON if told else None,
    )  # fmt: skip


def is_each_once(asked: Sequence[Member], found: Sorted) -> bool:
    """Each is in exactly one reminder of at least two, or apart with a reason."""
    told = [one for joint in found.joint for one in joint.members]
    told += [one for one, _ in found.apart]
    return all(joint.members[1:] for joint in found.joint) and sorted(
        one.reference for one in told
    ) == sorted(one.reference for one in asked)


def tells_no_place(joint: JointReminder) -> bool:
    """No place is in the text, nor in a field the form can be sent without, nor on the screen."""
    sources = {one.id: one.filled_by for one in joint.members[0].case.channel.fields}
    shown = [joint.notice.subject, joint.notice.body, joint.masked.subject, joint.masked.body]
    shown += [one.value or "" for one in joint.masked.fields]
    shown += [
        one.value or ""
        for one in joint.notice.fields
        if not (one.required and sources.get(one.id, "urls") in ("urls", "locator", "account"))
    ]
    return SECRET not in "\n".join(shown)


def is_one_text(joint: JointReminder) -> bool:
    """The same bytes are kept under each, with no other's places, and all of its own."""
    own = [f"{SECRET}{int(one.reference[3:])}x" for one in joint.members]
    for share, mark in zip(joint.shares, own, strict=True):
        told = "\n".join(field.value or "" for field in share.fields)
        if told.count(SECRET) != told.count(mark):
            return False
    return {one.sha256 for one in joint.shares} == {joint.notice.sha256}


@given(members())
def test_whatever_waits_is_reminded_of_once_without_telling_a_place(asked: list[Member]) -> None:
    found = together(shipped(), asked)

    assert is_each_once(asked, found)
    for joint in found.joint:
        assert joint.notice.ready
        assert tells_no_place(joint)
        assert is_one_text(joint)
        assert all(one.reference in joint.notice.body for one in joint.members)
        assert "ticket-" not in joint.masked.body


def two() -> list[Member]:
    items = [(Item(1, f"https://www.facebook.com/{SECRET}{number}x"),) for number in (1, 2)]
    return [member(waiting(number, items=one)) for number, one in enumerate(items, start=1)]


def test_the_proofs_find_a_place_in_the_text_and_one_kept_under_another() -> None:
    [good] = together(shipped(), two()).joint
    asked = good.members
    telling = good._replace(notice=replace(good.notice, body=f"{good.notice.body}{SECRET}"))
    mixed = good._replace(shares=(good.notice, good.notice))
    differing = good._replace(shares=(good.shares[0], telling.notice))

    assert (tells_no_place(good), is_one_text(good)) == (True, True)
    assert not tells_no_place(telling)
    assert not is_one_text(mixed)
    assert not is_one_text(differing)
    assert not is_each_once(asked, Sorted((good, good), ()))
    assert not tells_no_place(good._replace(masked=good.notice))
