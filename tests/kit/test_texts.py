"""What can be seen of a text: the same for trimming and for the contract's patterns."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.texts import trimmed
from app.schemas.values import NOT_BLANK, ONE_LINE

UNSEEN = {
    "nothing": "",
    "spaces": " \t\n",
    "a no-break space": "\u00a0",
    "an ideographic space": "\u3000",
    "a zero-width space": "\u200b",
    "joiners": "\u200c\u200d",
    "a word joiner": "\u2060",
    "a byte order mark": "\ufeff",
    "soft hyphens": "\u00ad\u00ad\u00ad",
    "a Hangul filler": "\u3164",
    "Hangul fillers of all kinds": "\u115f\u1160\uffa0",
    "a braille pattern without dots": "\u2800",
    "marks of direction": "\u200e\u202e\u2066\u061c",
    "a variation selector": "\ufe0f",
    "tags": "\U000e0001\U000e0041",
    "a grapheme joiner": "\u034f",
    "a place for an object": "\ufffc",
    "a Mongolian vowel separator": "\u180e",
    "a null notehead": "\U0001d159",
    "line separators": "\u2028\u2029\x85",
    "all of it": " \u200b\u00ad\ufeff\u00a0\u3164\u2800\n",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_a_text_of_invisible_signs_is_empty(text: str) -> None:
    assert trimmed(text) == ""
    if max(text, default="") <= "\uffff":
        assert re.search(NOT_BLANK, text) is None
        assert re.search(ONE_LINE, text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" a ", "a"),
        ("\u200bAssessed.\u200b", "\u200bAssessed.\u200b"),
        (" \u26a0\ufe0f ", "\u26a0\ufe0f"),
        ("\u05e9\u05dc\u05d5\u05dd\u200f", "\u05e9\u05dc\u05d5\u05dd\u200f"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        (".", "."),
        ("\u2801", "\u2801"),
        ("\u1100\u1161", "\u1100\u1161"),
    ],
)
def test_a_text_keeps_what_can_be_seen_and_all_within_it(text: str, kept: str) -> None:
    assert trimmed(text) == kept


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_characters="\0")))
def test_the_contract_says_the_same_of_every_text(text: str) -> None:

    assert (re.search(NOT_BLANK, text) is not None) is (trimmed(text) != "")


@given(st.text(st.characters(categories=["L", "N", "P", "Sm", "Sc"]), min_size=1))
def test_no_letter_digit_or_sign_is_taken_for_nothing(text: str) -> None:
    fillers = {"\u115f", "\u1160", "\u3164", "\uffa0"}

    seen = [sign for sign in text if sign not in fillers]
    assert bool(trimmed(text)) is bool(seen), [unicodedata.name(sign, "?") for sign in text]
