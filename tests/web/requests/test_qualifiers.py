from functools import partial
from zoneinfo import ZoneInfo

import pytest

from app.kit import wording
from app.kit.errors import Refused
from app.schemas.list_filters import MANY, Filters
from app.web.requests import qualifiers
from app.web.requests.qualifiers import Sought
from app.web.shell import error_messages, labels
from tests.shipped_platforms import shipped

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = "2026-01-01"


def only(**wanted: str) -> Filters:
    """Filters with one value each."""
    return Filters.model_validate(
        {name: [text] if name in MANY else text for name, text in wanted.items()}
    ).in_zone(BRUSSELS)


UNDERSTOOD = [
    ("en", "zz.fixture", "zz.fixture", only()),
    ("en", "platform:TikTok  zz.fixture", "zz.fixture", only(platform="tiktok")),
    ("en", "zz.fixture plateforme:insta", "zz.fixture", only(platform="instagram")),
    ("en", 'status:"receipt confirmed"', "", only(stage="acknowledged")),
    ("nl", "STATUS:afgesloten sinds:2026-01-01", "", only(stage="closed", logged_from=DAY)),
    ("fr", "statut:cloture depuis:2026-01-01", "", only(stage="closed", logged_from=DAY)),
    ("nl", "categorie:grooming beurt:wij", "", only(category="grooming", whose_turn="us")),
    ("fr", "catégorie:csam tour:plateforme", "", only(category="csam", whose_turn="platform")),
    ("en", "\u017ftatus:closed", "", only(stage="closed")),
    ("nl", "s\u0131nds:2026-01-01", "", only(logged_from=DAY)),
    ("en", "CF/platform:tiktok", "CF/platform:tiktok", only()),
    ("en", "https://forum.example/?since:2026", "https://forum.example/?since:2026", only()),
]
NOT_UNDERSTOOD = [
    ("platform:nowhere", ["no_platform"]),
    ("platform:", ["no_platform"]),
    ("category:sexual", ["no_category"]),
    ("since:yesterday whose:mine status:gone", ["no_logged_from", "no_whose_turn", "no_stage"]),
]


def read(typed: str, language: str = "en") -> Sought:
    label = partial(labels.of, wording.words_of(language))
    return qualifiers.read(typed, shipped(), BRUSSELS, label=label)


def test_words_with_a_colon_narrow_the_search_in_every_language() -> None:
    for language, typed, text, wanted in UNDERSTOOD:
        assert read(typed, language) == Sought(text, wanted)


@pytest.mark.parametrize(("typed", "codes"), NOT_UNDERSTOOD)
def test_a_word_that_tells_nothing_known_is_named(typed: str, codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        read(typed)

    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/text", code) for code in codes
    ]


@pytest.mark.parametrize("typed", ["platform:zz", "category:zz", "status:zz"])
def test_a_word_that_tells_nothing_known_is_answered_with_one_that_would(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read(typed)

    (complaint,) = error_messages.told(refused.value, wording.words_of("en"))
    assert f"like {typed.partition(':')[0]}:" in complaint.text
