"""The trusted-flagger status on a day: awarded once, suspended, resumed, revoked, ended."""

from datetime import date

import pytest

from app.kit.errors import Refused
from app.schemas.vocabularies import StatusChange
from app.takedowns.flagger_status import (
    Change,
    Standing,
    refuse_personal_data,
    refuse_untimely,
    standing,
)


def awarded(on: date, until: date | None = None, coordinator: str = "BIPT") -> Change:
    return Change("awarded", on, coordinator, until)


def day(month: int, number: int = 1, year: int = 2026) -> date:
    return date(year, month, number)


AWARD = awarded(day(2))
SUSPENDED, RESUMED, REVOKED = (
    Change("suspended", day(4)),
    Change("resumed", day(6)),
    Change("revoked", day(9)),
)
STORY = [AWARD, SUSPENDED, RESUMED, REVOKED]
LIMITED = awarded(day(2), until=day(5))
NEW = awarded(day(11), coordinator="VRM")


@pytest.mark.parametrize(
    ("story", "history", "on", "state", "since"),
    [
        ("nothing recorded", [], day(3), "never", None),
        ("the day before the award", [AWARD], day(1, 31), "to_come", day(2)),
        ("the day of the award", STORY, day(2), "held", day(2)),
        ("the day before the suspension", STORY, day(3, 31), "held", day(2)),
        ("the day of the suspension", STORY, day(4), "suspended", day(4)),
        ("the last day of it", STORY, day(5, 31), "suspended", day(4)),
        ("the day it is lifted", STORY, day(6), "held", day(6)),
        ("the day of the revocation", STORY, day(9), "revoked", day(9)),
        ("long after it", STORY, day(1, year=2030), "revoked", day(9)),
        ("a new award after it", [*STORY, NEW], day(11), "held", day(11)),
        ("before the new award", [*STORY, NEW], day(10), "revoked", day(9)),
        ("the last day of a limited one", [LIMITED], day(4, 30), "held", day(2)),
        ("the day on which it ended", [LIMITED], day(5), "ended", day(5)),
        ("renewed", [LIMITED, awarded(day(5))], day(5), "held", day(5)),
        ("awarded anew while suspended", [AWARD, SUSPENDED, awarded(day(5))], day(5),
         "suspended", day(4)),
        ("ended while suspended", [LIMITED, SUSPENDED], day(7), "suspended", day(4)),
    ],
)  # fmt: skip
def test_the_status_of_a_day(
    story: str, history: list[Change], on: date, state: str, since: date | None
) -> None:
    found = standing(history, on)

    assert (found.state, found.since) == (state, since)


def test_the_newest_award_that_has_begun_counts() -> None:
    corrected = awarded(day(2), coordinator="BIPT, rightly spelt")
    history = [AWARD, NEW, corrected]

    assert standing([AWARD, NEW], day(10)) == Standing("held", day(2), AWARD)
    assert standing(history, day(10)) == Standing("held", day(2), corrected)


@pytest.mark.parametrize(
    ("story", "history", "new", "code"),
    [
        ("suspended before any award", [], SUSPENDED, "not_awarded"),
        ("suspended before it begins", [awarded(day(5))], SUSPENDED, "not_awarded"),
        ("suspended when it has ended", [LIMITED], Change("suspended", day(6)), "not_awarded"),
        ("suspended twice", [AWARD, SUSPENDED], Change("suspended", day(5)), "status_suspended"),
        ("resumed without a suspension", [AWARD], RESUMED, "not_suspended"),
        ("resumed twice", STORY[:3], Change("resumed", day(7)), "not_suspended"),
        ("resumed after a revocation", STORY, Change("resumed", day(10)), "status_revoked"),
        ("revoked twice", STORY, Change("revoked", day(10)), "status_revoked"),
        ("resumed before it was suspended", [AWARD, SUSPENDED], Change("resumed", day(3)),
         "before_last_change"),
        ("suspended before the last resume", STORY[:3], Change("suspended", day(3)),
         "before_last_change"),
        ("awarded from before the revocation", STORY, awarded(day(8)), "status_revoked"),
        ("awarded until the day it begins", [], awarded(day(2), until=day(2)), "ends_too_early"),
    ],
)  # fmt: skip
def test_what_cannot_follow_is_refused(
    story: str, history: list[Change], new: Change, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        refuse_untimely(history, new)

    assert refused.value.code == code


@pytest.mark.parametrize("number", range(len(STORY)))
def test_what_can_follow_is_not(number: int) -> None:
    refuse_untimely(STORY[:number], STORY[number])
    refuse_untimely(STORY, NEW)
    refuse_untimely([AWARD, SUSPENDED], Change("revoked", day(4)))


@pytest.mark.parametrize(
    "coordinator",
    [
        "BIPT, 02 226 88 88",
        "BIPT, +32\u00a0470\u202f12\u00a034\u00a056",
        "jan\uff20janssens.example",
    ],
)
def test_a_coordinators_name_holds_nobodys_data(coordinator: str) -> None:
    award = Change(StatusChange.AWARDED, date(2026, 1, 1), coordinator)

    with pytest.raises(Refused) as refused:
        refuse_personal_data(award)

    assert [fault.pointer for fault in refused.value.faults] == ["/coordinator"]
    refuse_personal_data(award._replace(coordinator="BIPT (bipt.be)"))
