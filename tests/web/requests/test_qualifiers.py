from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from app.kit.errors import Refused
from app.takedowns.listing import Wanted
from app.web.requests import qualifiers
from app.web.requests.qualifiers import Sought
from app.web.shell import labels, languages
from tests.shipped_platforms import shipped

BRUSSELS = ZoneInfo("Europe/Brussels")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=BRUSSELS)
UNDERSTOOD = [
    ("en", "zz.fixture", "zz.fixture", Wanted()),
    ("en", "platform:TikTok  zz.fixture", "zz.fixture", Wanted(platform="tiktok")),
    ("en", "zz.fixture plateforme:insta", "zz.fixture", Wanted(platform="instagram")),
    ("en", 'status:"receipt confirmed"', "", Wanted(stage="acknowledged")),
    ("nl", "STATUS:afgesloten sinds:2026-01-01", "", Wanted(stage="closed", logged_from=NEW_YEAR)),
    ("fr", "statut:cloture depuis:2026-01-01", "", Wanted(stage="closed", logged_from=NEW_YEAR)),
    ("nl", "categorie:grooming beurt:wij", "", Wanted(category="grooming", whose_turn="us")),
    ("fr", "catégorie:csam tour:plateforme", "", Wanted(category="csam", whose_turn="platform")),
    ("en", "\u017ftatus:closed", "", Wanted(stage="closed")),
    ("nl", "s\u0131nds:2026-01-01", "", Wanted(logged_from=NEW_YEAR)),
    ("en", "CF/platform:tiktok", "CF/platform:tiktok", Wanted()),
    ("en", "https://forum.example/?since:2026", "https://forum.example/?since:2026", Wanted()),
]
NOT_UNDERSTOOD = [
    ("platform:nowhere", ["no_platform"]),
    ("platform:", ["no_platform"]),
    ("category:sexual", ["no_category"]),
    ("since:yesterday whose:mine status:gone", ["no_logged_from", "no_whose_turn", "no_stage"]),
]


def read(typed: str, language: str = "en") -> Sought:
    label = partial(labels.of, languages.words_of(language))
    return qualifiers.read(typed, shipped(), BRUSSELS, label)


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
