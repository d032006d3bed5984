"""Which basis a request rests on: Article 22 is never claimed where it is not held."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.errors import Refused
from app.schemas import vocabularies
from app.takedowns.basis_choice import Asked, Basis, Chosen, Record, default, held, named
from app.takedowns.flagger_status import Change, refuse_untimely
from tests.shipped_platforms import shipped

ON = date(2026, 6, 15)
FIRST, LATER, BEFORE = date(2026, 1, 1), date(2026, 9, 1), date(2025, 1, 1)
CSAM, HATE, IMPERSONATION = (
    shipped().categories[code] for code in ("csam", "hate", "impersonation")
)
AWARD = Change("awarded", FIRST, "BIPT", decision="D-1")
NARROW = AWARD._replace(categories=("csam", "grooming"))
EXCEPTED = AWARD._replace(exceptions=("tiktok",))
SUSPENDED = Change("suspended", date(2026, 6, 1))
RESUMED = Change("resumed", date(2026, 6, 10))
REVOKED = Change("revoked", date(2026, 6, 1))


def own(basis: str, held_from: date = FIRST, *categories: str) -> Basis:
    return Basis("tiktok", basis, held_from, "", categories)


OWN = own("article_22")
AGREED = own("voluntary")


@pytest.mark.parametrize(
    ("story", "records", "category", "basis", "fell_back"),
    [
        ("nothing recorded", [], CSAM, "article_16", False),
        ("awarded", [AWARD], CSAM, "article_22", False),
        ("recorded for the platform by an earlier version", [OWN], CSAM, "article_22", False),
        ("agreed with the platform", [AGREED], CSAM, "voluntary", False),
        ("agreed after the award", [AWARD, AGREED], CSAM, "voluntary", False),
        ("awarded after the agreement", [AGREED, AWARD], CSAM, "article_22", False),
        ("awarded from later on", [AWARD._replace(on=LATER)], CSAM, "article_16", True),
        ("ended", [AWARD._replace(until=ON)], CSAM, "article_16", True),
        ("outside its area", [NARROW], HATE, "article_16", True),
        ("inside its area", [NARROW], CSAM, "article_22", False),
        ("against the platform's own rules only", [AWARD], IMPERSONATION, "article_16", True),
        ("own rules, on an own record", [OWN], IMPERSONATION, "article_16", True),
        ("the platform does not honour it", [EXCEPTED], CSAM, "article_16", False),
        ("an exception recorded later", [AWARD, own("article_16")], CSAM, "article_16", False),
        ("an exception for another category", [AWARD, own("article_16", FIRST, "hate")], CSAM,
         "article_22", False),
        ("an exception from later on", [AWARD, own("article_16", LATER)], CSAM,
         "article_22", False),
        ("an exception before the award", [own("article_16"), AWARD], CSAM, "article_22", False),
        ("an exception to an earlier record", [OWN, EXCEPTED], CSAM, "article_16", False),
        ("an exception that has not begun", [OWN, EXCEPTED._replace(on=LATER)], CSAM,
         "article_22", False),
        ("honoured after all", [EXCEPTED, OWN], CSAM, "article_22", False),
        ("suspended", [AWARD, SUSPENDED], CSAM, "article_16", True),
        ("suspended, with an earlier record", [OWN, AWARD, SUSPENDED], CSAM, "article_16", True),
        ("suspended, with an agreement", [AGREED, AWARD, SUSPENDED], CSAM, "voluntary", True),
        ("suspended and resumed", [AWARD, SUSPENDED, RESUMED], CSAM, "article_22", False),
        ("revoked", [AWARD, REVOKED], CSAM, "article_16", True),
        ("revoked and awarded anew", [AWARD, REVOKED, AWARD._replace(on=ON)], CSAM,
         "article_22", False),
        ("an area given more narrowly later", [AWARD, NARROW], HATE, "article_16", True),
    ],
)  # fmt: skip
def test_left_to_the_default_it_is_the_newest_that_is_held(
    story: str, records: list[Record], category: object, basis: str, fell_back: bool
) -> None:
    found = default(records, Asked("tiktok", category, ON))  # type: ignore[arg-type]

    assert (found.basis, found.fell_back) == (basis, fell_back)


@pytest.mark.parametrize(
    ("records", "category", "mend"),
    [
        ([], CSAM, "record it first (takedown basis award COORDINATOR --from DATE)"),
        ([AWARD._replace(on=LATER)], CSAM, "it is held from 2026-09-01 on"),
        ([own("article_22", LATER)], CSAM, "it is held from 2026-09-01 on"),
        ([AWARD._replace(until=date(2026, 6, 1))], CSAM,
         "the award ended on 2026-06-01: record a new one (takedown basis award COORDINATOR"
         " --from DATE)"),
        ([AWARD, SUSPENDED], CSAM,
         "the status is suspended since 2026-06-01: once that is lifted, takedown basis resume"
         " --on DATE"),
        ([AWARD, REVOKED], CSAM,
         "the status was revoked on 2026-06-01: record a new award (takedown basis award"
         " COORDINATOR --from DATE)"),
        ([NARROW], HATE, "hate lies outside its area"),
        ([own("article_22", FIRST, "csam")], HATE, "hate lies outside its area"),
        ([EXCEPTED], CSAM, "tiktok does not honour it"),
        ([AWARD, own("article_16")], CSAM, "tiktok does not honour it"),
        ([AWARD], IMPERSONATION,
         "impersonation is against the platform's own rules only: no award covers it"),
    ],
)  # fmt: skip
def test_asked_for_by_name_it_is_refused_where_it_is_not_held_and_the_mend_is_named(
    records: list[Record], category: object, mend: str
) -> None:
    with pytest.raises(Refused) as refused:
        named(records, "article_22", Asked("tiktok", category, ON))  # type: ignore[arg-type]

    [fault] = refused.value.faults
    assert (refused.value.code, fault.pointer) == ("basis_not_held", "/basis")
    assert fault.detail == f"{mend}, or use article_16"


def test_the_others_need_no_status() -> None:
    asked = Asked("tiktok", CSAM, ON)

    assert [named([], basis, asked) for basis in [*vocabularies.Basis][1:]] == [
        "article_16", "voluntary", "take_it_down",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "records", "basis", "is_draft", "found"),
    [
        ("held still", [AWARD], "article_22", True, Chosen("article_22", AWARD)),
        ("held on an own record", [OWN], "article_22", True, Chosen("article_22", OWN)),
        ("lost since", [AWARD, SUSPENDED], "article_22", True,
         Chosen("article_16", fell_back=True)),
        ("lost since it was submitted", [AWARD, REVOKED], "article_22", False,
         Chosen("article_16", fell_back=True)),
        ("left to the default while suspended", [AWARD, SUSPENDED], "article_16", True,
         Chosen("article_16", fell_back=True)),
        ("chosen although another is held", [AWARD], "article_16", True, Chosen("article_16")),
        ("submitted so", [AWARD, SUSPENDED], "article_16", False, Chosen("article_16")),
        ("never recorded", [], "article_16", True, Chosen("article_16")),
        ("agreed", [AWARD, SUSPENDED], "voluntary", True, Chosen("voluntary")),
    ],
)  # fmt: skip
def test_a_notice_rests_on_what_is_held_on_the_day_it_is_written(
    story: str, records: list[Record], basis: str, is_draft: bool, found: Chosen
) -> None:
    assert held(records, basis, Asked("tiktok", CSAM, ON), is_draft=is_draft) == found


days = st.dates(date(2026, 1, 1), date(2026, 3, 31))
some_codes = st.lists(st.sampled_from(["csam", "hate"]), max_size=2).map(tuple)
own_records = st.builds(
    Basis,
    st.just("tiktok"),
    st.sampled_from(["voluntary", "article_16", "take_it_down"]),
    days,
    st.just(""),
    some_codes,
)
awards = st.builds(
    Change,
    st.just("awarded"),
    days,
    st.just("BIPT"),
    st.none() | days,
    st.just("D-1"),
    some_codes,
    st.lists(st.sampled_from(["tiktok", "instagram"]), max_size=2).map(tuple),
)
steps = st.builds(Change, st.sampled_from(["suspended", "resumed", "revoked"]), days)


@st.composite
def histories(draw: st.DrawFn) -> list[Record]:
    """What can have been recorded, in some order: what cannot follow is left out."""
    records: list[Record] = []
    for record in draw(st.lists(awards | steps | own_records, max_size=7)):
        changes = [one for one in records if isinstance(one, Change)]
        if isinstance(record, Change):
            try:
                refuse_untimely(changes, record)
            except Refused:
                continue
        records.append(record)
    return records


def reckoned(records: list[Record], asked: Asked) -> bool:
    """Reckon anew, day by day, whether the award grants Article 22 on the day asked about."""
    award, since, suspended, revoked_on = None, 0, False, None
    for number, one in enumerate(records):
        if not isinstance(one, Change) or one.on > asked.on:
            continue
        if one.kind == "awarded":
            award, since, revoked_on = one, number, None
        else:
            suspended = one.kind == "suspended"
            revoked_on = one.on if one.kind == "revoked" else revoked_on
    if award is None or suspended or revoked_on is not None or not asked.category.illegal:
        return False
    exceptions = [
        one
        for one in records[since:]
        if isinstance(one, Basis)
        and one.basis == "article_16"
        and one.covers(asked.category.code, asked.on)
    ]
    is_over = award.until is not None and award.until <= asked.on
    in_area = not award.categories or asked.category.code in award.categories
    return not is_over and in_area and asked.platform not in award.exceptions and not exceptions


def claims(records: list[Record], asked: Asked) -> list[bool]:
    """Return whether Article 22 is claimed: by default, by a draft's basis, by a submitted one."""
    return [
        default(records, asked).basis == "article_22",
        *(
            held(records, "article_22", asked, is_draft=is_draft).basis == "article_22"
            for is_draft in (True, False)
        ),
    ]


questions = st.builds(
    Asked,
    st.just("tiktok"),
    st.sampled_from([CSAM, HATE, IMPERSONATION]),
    days | days.map(lambda day: day + timedelta(days=100)),
)


@given(histories(), questions)
def test_article_22_is_claimed_only_inside_award_area_dates_and_without_exception(
    records: list[Record], asked: Asked
) -> None:
    may = reckoned(records, asked)

    assert (may, may) == tuple(claims(records, asked)[1:])
    assert may or default(records, asked).basis != "article_22"
    assert may or default(records, asked).granted_by is None


@pytest.mark.parametrize(
    ("story", "records", "asked", "forget"),
    [
        ("before the award", [AWARD._replace(on=LATER)], Asked("tiktok", CSAM, ON),
         lambda one: one._replace(on=BEFORE)),
        ("after its end", [AWARD._replace(until=FIRST)], Asked("tiktok", CSAM, ON),
         lambda one: one._replace(until=None)),
        ("outside its area", [NARROW], Asked("tiktok", HATE, ON),
         lambda one: one._replace(categories=())),
        ("where it is not honoured", [EXCEPTED], Asked("tiktok", CSAM, ON),
         lambda one: one._replace(exceptions=())),
        ("while suspended", [AWARD, SUSPENDED], Asked("tiktok", CSAM, ON),
         lambda one: one._replace(on=min(one.on, FIRST) if one is AWARD else LATER)),
        ("once revoked", [AWARD, REVOKED], Asked("tiktok", CSAM, ON),
         lambda one: one._replace(on=min(one.on, FIRST) if one is AWARD else LATER)),
    ],
)  # fmt: skip
def test_each_of_these_alone_keeps_article_22_from_being_claimed(
    story: str, records: list[Change], asked: Asked, forget: Callable[[Change], Change]
) -> None:
    assert claims(list(records), asked) == [False] * 3
    assert claims([forget(one) for one in records], asked) == [True] * 3
