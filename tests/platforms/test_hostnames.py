"""Who runs a site is a name, never where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platforms.hostnames import names_a_host

LABELS = st.from_regex(r"[a-z][a-z0-9]{2,10}", fullmatch=True)
ENDINGS = st.sampled_from(["example", "com", "co.uk", "be", "xn--p1ai", "net"])
WORDS = st.sampled_from(["", "The people of ", "Voorbeeld B.V. ", "Exemple S.à r.l., "])
SPELLINGS = st.sampled_from(
    ["{0}.{1}", "www.{0}.{1}", "https://{0}.{1}/abuse", "abuse@{0}.{1}", "{0}[.]{1}", "{0}(dot){1}",
     "hxxps://{0}[.]{1}", "{0}。{1}", "{0}\u200b.{1}"]
)  # fmt: skip


@given(WORDS, SPELLINGS, LABELS, ENDINGS)
def test_a_host_in_any_spelling_is_no_name(
    words: str, spelling: str, label: str, ending: str
) -> None:
    assert names_a_host(words + spelling.format(label, ending))


@pytest.mark.parametrize(
    "name", ["x.com", "T.ME", "see t.me/x", "192.0.2.7", "[2001:db8::1]", "пример.рф"]
)
def test_a_short_or_foreign_one_is_none_either(name: str) -> None:
    assert names_a_host(name)


@pytest.mark.parametrize(
    "name",
    [
        "Example Hosting B.V.", "S.A.R.L. Exemple", "Exemple S.à r.l.", "GmbH & Co.KG",
        "Meta Platforms Ireland Limited", "N.V. Voorbeeld", "Voorbeeld N.V./S.A.",
        "Příklad s.r.o.", "Acme, Inc.",
        "Société X, S.p.A.", "Dr. No", "3.14 Media", "Unknown",
    ],
)  # fmt: skip
def test_a_companys_name_is_one(name: str) -> None:
    assert not names_a_host(name)
