"""Personal data is found however it is spaced or spelled, and only there."""

import pytest

from app.platforms.leaks import Leak, holds_personal_data, leaks


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("BIPT, 02 226 88 88", True),
        ("BIPT, +32\u00a0470\u202f12\u00a034\u00a056", True),
        ("BIPT, +32\u00a0470 12\u200b 34 56", True),
        ("jan\uff20janssens.example", True),
        ("\uff10\uff14\uff17\uff10 12 34 56", True),
        ("85.07.30-033.28", True),
        ("BIPT (bipt.be)", False),
        ("Zz Fixture B.V., founded 2019", False),
        ("", False),
    ],
)
def test_personal_data_is_found_however_it_is_spelled(text: str, holds: bool) -> None:
    assert holds_personal_data(text) is holds
    assert (Leak.PERSONAL_DATA in leaks(text, frozenset())) is holds
