"""Who runs a site is a name, never where it is; and a word with a dot in it is not yet a host."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platforms.hostnames import names_a_host
from tests.shipped_platforms import shipped

LAST_WORDS = shipped().host_endings
LABELS = st.from_regex(r"[a-z][a-z0-9]{2,10}", fullmatch=True)
ENDINGS = st.sampled_from(["example", "com", "co.uk", "be", "xn--p1ai", "net"])
WORDS = st.sampled_from(["", "The people of ", "Voorbeeld B.V. ", "Exemple S.à r.l., "])
SPELLINGS = st.sampled_from(
    ["{0}.{1}", "www.{0}.{1}", "https://{0}.{1}/abuse", "abuse@{0}.{1}", "{0}[.]{1}", "{0}(dot){1}",
     "hxxps://{0}[.]{1}", "{0}。{1}", "{0}\u200b.{1}", "{0}.{1}.", "({0}.{1})", "{0}.{1}:8443",
     "{0}.{1}/p", "{0}.{1}?p=1", "{0}.{1}.De rest volgt"]
)  # fmt: skip


@given(WORDS, SPELLINGS, LABELS, ENDINGS)
def test_a_host_in_any_spelling_is_no_name(
    words: str, spelling: str, label: str, ending: str
) -> None:
    assert names_a_host(words + spelling.format(label, ending), LAST_WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "x.com", "T.ME", "see t.me/x", "op t.me gevonden", "sur vk.com", "112.be", "FORUM.BE",
        "Zie Forum.Example, daar", "пример.рф", "münchen.example", "zz_fixture.example",
        "Booking.com B.V.", "www.nergens", "zzfixture.onion",
        "192.0.2.7", "op 192.0.2.7:8080", "[2001:db8::1]", "2001:db8::1",
        "2001:db8:0:0:0:0:0:1",
        # In doubt it is one.
        "ASP.net", "README.md",
    ],
)  # fmt: skip
def test_a_short_foreign_or_numbered_one_is_one(text: str) -> None:
    assert names_a_host(text, LAST_WORDS)


@pytest.mark.parametrize(
    "text",
    [
        # names of companies and of people
        "Example Hosting B.V.", "S.A.R.L. Exemple", "Exemple S.à r.l.", "GmbH & Co.KG", "Acme.Ltd",
        "Meta Platforms Ireland Limited", "N.V. Voorbeeld", "Voorbeeld N.V./S.A.",
        "Příklad s.r.o.", "Acme, Inc.", "Société X, S.p.A.", "Dr. No", "J.de Vries",
        "A.B.de Boer", "3.14 Media", "Unknown",
        # programs and files
        "node.js", "Vue.js en node.js", "v1.2.3", "2.4.1-rc", "rapport.pdf", "report.xlsx",
        # a forgotten space after a sentence
        "een zin.Nog een", "Dit is klaar.De volgende", "In 2025.In 2026", "enz.en verder",
        "C'est fini.La suite", "C'est fini.Il reste", "une phrase.Encore", "It ends.The next",
        "We stop.No more", "wacht...toen", "vraag?Antwoord", "etc...",
        # abbreviations
        "d.w.z. dat", "i.p.v. een", "o.a. dit", "a.u.b.", "m.b.t. kinderen", "p.ex. ceci",
        "c.-à-d. cela", "e.g. this", "i.e. that", "U.S.A.", "Ph.D.", "en/of", "24/7",
        # numbers, articles, days and times
        "art.22 DSA", "artikel 4.3.1.2.5", "nr.5", "1.000.000", "1.250.000.000", "€ 1.234,56",
        "12.30 uur", "10.30u", "[12:30]", "12:30:15", "01.02.2026", "hoofdstuk 2.a",
    ],
)  # fmt: skip
def test_a_name_and_a_sentence_are_none(text: str) -> None:
    assert not names_a_host(text, LAST_WORDS)
