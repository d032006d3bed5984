"""Personal data in free text: what must not leave, and what deserves a second look.

Pure. Belgian national numbers (97 less the rest by 97, a 2 before those born from 2000) and
telephone numbers: their form rules out most other numbers. Findings never repeat what they found.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# YY MM DD, a serial of three, two check digits; digits on either side make it another number.
# Programs that set text make dashes longer and spaces unbreakable.
PART = r"[ \u00a0\u202f.\-\u2010-\u2015/]{0,3}"
NATIONAL = re.compile(rf"(?<!\d)\d{{2}}{PART}\d{{2}}{PART}\d{{2}}{PART}\d{{3}}{PART}\d{{2}}(?!\d)")
NATIONAL_WORDS = re.compile(
    r"rijksregister|registre national|num[ée]ro national|nationaal nummer|national number|"
    r"\b(?:insz|niss)\b",
    re.IGNORECASE,
)
BELGIAN_PHONE = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:\+32|0032|0)(?:\s?\(0\))?\s?[./-]?\s?"
    r"(?:4[5-9]\d|[1-9]\d?)(?:[ ./-]?\d{2,3}){2,4}(?!\d)"
)
FOREIGN_PHONE = re.compile(r"(?<!\d)(?:\+|00)(?!32)[1-9][0-9 ./()-]{7,17}\d(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)?\s+[^\W\d_]+\s+\d{4})"
BIRTH_DATE = re.compile(
    r"(?:\bborn\b|\bbirth|\bdob\b|\bgeboren\b|\bgeboorte|\bnée?s?\s+le\b|\bnaissance\b)"
    rf"[^\n]{{0,30}}?{DATE}",
    re.IGNORECASE,
)
TELLING = re.compile(r"[\d@]")  # without one of these there is nothing to be found
WEB_ADDRESS = re.compile(r"https?://\S+")
NEAR = 40  # characters before or after a number in which a word says what it is


class Finding(NamedTuple):
    """One kind of personal data in a text; `blocking` means it may not go out."""

    code: str
    blocking: bool = False


def scan(text: str, *, but: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Return what a free text holds, each kind once; `but` and web addresses are looked over."""
    for allowed in but:
        if allowed:
            text = text.replace(allowed, " ")
    text = WEB_ADDRESS.sub(" ", text)
    if not TELLING.search(text):
        return ()
    return tuple(dict.fromkeys(_findings(text)))


def _findings(text: str) -> Iterator[Finding]:
    numbers = [match for match in NATIONAL.finditer(text) if _is_national(match.group())]
    if numbers:
        yield Finding("national_number", any(_is_certain(text, number) for number in numbers))
    taken = {number.start() for number in numbers}
    phones = (match for match in BELGIAN_PHONE.finditer(text) if match.start() not in taken)
    if any(_is_belgian_phone(match.group()) for match in phones) or FOREIGN_PHONE.search(text):
        yield Finding("phone")
    if EMAIL.search(text):
        yield Finding("email_address")
    if BIRTH_DATE.search(text):
        yield Finding("birth_date")


def _is_national(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    month = int(digits[2:4])
    if not (month <= 12 or 20 <= month <= 32 or 40 <= month <= 52):
        return False  # BIS numbers add 20 or 40 to the month
    body, check = digits[:9], int(digits[9:])
    return check in (97 - int(body) % 97, 97 - int("2" + body) % 97)


def _is_certain(text: str, number: re.Match[str]) -> bool:
    around = text[max(0, number.start() - NEAR) : number.end() + NEAR]
    return not number.group().isdigit() or NATIONAL_WORDS.search(around) is not None


def _is_belgian_phone(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if written.startswith("+"):
        national = digits[2:].removeprefix("0")
    elif digits.startswith("0032"):
        national = digits[4:].removeprefix("0")
    else:
        national = digits[1:]
    is_mobile = len(national) == 9 and national[0] == "4" and national[1] in "56789"
    return is_mobile or len(national) == 8
