"""No notice claims a provision, a status or an element that its facts do not carry."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations, product

import pytest

from app.kit.languages import Language
from app.notices.compose import Notice, NoticeRequest
from app.notices.request import Award, Told
from tests.notices.factories import FIRST, composed, notice_request
from tests.shipped_platforms import shipped

DAYS = (date(2026, 4, 7), date(2026, 4, 8), date(2026, 11, 29), date(2026, 12, 2))
BASES = ("article_22", "article_16", "voluntary", "take_it_down")
DEADLINE = "2026-12-01T18:00:00Z"


def confirmed(category: str) -> Iterator[tuple[str, ...]]:
    codes = shipped().categories[category].conditions
    for size in range(len(codes) + 1):
        yield from combinations(codes, size)


def every_case() -> Iterator[NoticeRequest]:
    """Ask YouTube, whose forms take everything, in every way the facts may lie."""
    for category, basis, day in product(shipped().categories, BASES, DAYS):
        if not shipped().platforms["youtube"].serving(basis, category):
            continue
        for conditions in confirmed(category):
            yield notice_request(
                "youtube",
                category,
                basis,
                (FIRST,),
                facts={
                    "conditions": conditions,
                    "authorised_by_person": bool(conditions),
                    "deadline_at": DEADLINE,
                },
                award=Award("BIPT", "FICT-1") if basis == "article_22" else None,
                written_on=day,
                written_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
            )


def answered(request: NoticeRequest) -> NoticeRequest:
    """The same once it was sent and refused in part, so that anything may follow it."""
    told = FIRST._replace(told=Told(date(2026, 11, 3), "geo_restricted", "law"), state="restricted")
    return replace(
        request, items=(told,), submitted_on=date(2026, 11, 1), reason="It is still there."
    )


def overclaimed(request: NoticeRequest, notice: Notice, language: str) -> set[str]:
    """Return what a notice says that its facts do not carry."""
    texts, taxonomy = shipped().texts[language], shipped().taxonomy
    category = shipped().categories[request.category]
    told = "\n".join([notice.subject, notice.body, *(one.value or "" for one in notice.fields)])
    may_claim = {
        taxonomy.cited(one, language)
        for one in category.law
        if one.mark == "S"
        and (one.from_ or date.min) <= request.written_on < (one.until or date.max)
        and one.condition in (None, *request.fact("conditions"))
        and request.basis != "take_it_down"
    }
    every = {
        taxonomy.cited(one, language) for each in shipped().categories.values() for one in each.law
    }
    found = {
        cited for cited in every if cited in told and not any(cited in one for one in may_claim)
    }
    is_flagger = request.basis == "article_22" and category.illegal
    in_dsa = request.basis in ("article_22", "article_16") and category.illegal
    is_past = request.written_at > datetime(2026, 12, 1, 18, tzinfo=UTC)
    phrases = {
        "status": (texts.values.capacity.article_22, is_flagger),
        "authority": ("BIPT", is_flagger),
        "answer": (texts.answer.dsa, in_dsa),
        "withheld": (texts.identity.withheld, in_dsa and category.identity_withheld),
        "assessment": (texts.law.assessment, category.illegal and not may_claim),
        "complaint": (texts.complaint.request, in_dsa),
        "article 20": (texts.complaint.opening.split("{")[0], in_dsa),
        "mandate": (texts.mandate, request.fact("authorised_by_person")),
        "to come": (texts.when.deadline.split("{")[0], not is_past),
        "past": (texts.when.expired.split("{")[0], is_past),
    }
    return found | {name for name, (text, may) in phrases.items() if text in told and not may}


@pytest.mark.parametrize("language", Language)
def test_no_notice_claims_more_than_its_facts_carry(language: str) -> None:
    wrong = {
        (request.category, request.basis, request.written_on, request.fact("conditions")): claimed
        for request in every_case()
        if (claimed := overclaimed(request, composed(request, language=language), language))
    }

    assert wrong == {}


@pytest.mark.parametrize("purpose", ["reminder", "complaint", "withdrawal"])
def test_nothing_that_follows_claims_more_either(purpose: str) -> None:
    wrong = {
        (request.category, request.basis, request.written_on, request.fact("conditions")): claimed
        for request in map(answered, every_case())
        if (claimed := overclaimed(request, composed(request, purpose=purpose), "en"))
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("story", "told", "really", "claimed"),
    [
        (
            "a condition nobody confirmed",
            notice_request("youtube", "grooming", facts={"conditions": ("images_asked",)}),
            {"facts": {"conditions": ()}},
            {"Directive 2011/93/EU, Article 6(2)"},
        ),
        (
            "numbers of the Code before their day",
            notice_request("youtube", "csam", facts={"conditions": ()}),
            {"written_on": date(2026, 4, 7)},
            {"Belgian Criminal Code, Articles 170 and 171"},
        ),
        (
            "a status that is not held",
            notice_request("youtube", "hate", "article_22", award=Award("BIPT", None)),
            {"basis": "article_16", "award": None, "facts": {"conditions": ()}},
            {"status", "authority"},
        ),
        (
            "house rules as law",
            notice_request("youtube", "hate", "article_16"),
            {"category": "self_harm", "facts": {"conditions": ()}},
            {"answer", "assessment"},
        ),
    ],
)
def test_what_is_claimed_beyond_the_facts_is_found(
    story: str, told: NoticeRequest, really: dict[str, object], claimed: set[str]
) -> None:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    told = replace(told, facts={"conditions": (), **told.facts}, written_at=at)

    assert overclaimed(replace(told, **really), composed(told), "en") == claimed


def test_what_is_confirmed_is_said_before_what_holds_because_of_it() -> None:
    request = notice_request("tiktok", "grooming", facts={"conditions": ("meeting_proposed",)})

    assert (
        "WHY IT IS ILLEGAL\n"
        "A meeting was proposed to the child, and material steps towards it followed: "
        "Directive 2011/93/EU, Article 6(1); Belgian Criminal Code, Article 151\n"
    ) in composed(request).body
