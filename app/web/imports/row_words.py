"""What is wrong with a row, in the words of its file: its columns, its cells, what to write there.

Pure. The rules are the record's own; elsewhere they speak of forms and pages, which no row has.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.imports.vocabularies import RowRule
from app.kit.wording import N_, Words
from app.notices.vocabularies import Lack
from app.platforms.vocabularies import Unreadable
from app.web.shell import error_messages

_EMPTY = N_("The row has nothing here. Fill it in.")
_NO_WORD = N_("This word is not known here. Go back to the words and say what it means.")
_UNFIT = N_("This does not fit here. Correct the cell, or empty it.")
_DATE = N_("This is no date that can be read. Write day, month, year and time: 31-12-2025 14:30.")
_ELSEWHERE = N_("This address only leads elsewhere. Enter the address it leads to.")
_NO_ADDRESS = N_("This is no address of a web page. Enter all of it, as the browser shows it.")
_OUR_OWN = N_(
    "The notice names our organisation. An administrator first fills in its name and e-mail "
    "address, under Organisation."
)
_SITES = N_("The addresses of this row are of several sites. Give each site a row of its own.")
_PRODUCTS = N_(
    "The addresses of this row are of several services of one platform. Give each a row of its own."
)
_CANNOT_BE = N_("What this row tells cannot have happened in this order. Check its dates.")
# Where no column stands for what is missing.
BY_HAND = N_("The notice for this platform needs more than a row says. Log this request by hand.")
_OF_LINKS: Mapping[str, str] = {
    Unreadable.UNKNOWN_HOST: N_(
        "This address is of no platform we know. Check it; if it is right, say that the platform "
        "is “Other website”."
    ),
    Unreadable.LOOKALIKE_HOST: N_(
        "This address looks like one of a platform and is not. Check it; if it is right, say that "
        "the platform is “Other website”."
    ),
    Unreadable.SHORT_LINK: _ELSEWHERE,
    Unreadable.WRAPPER_TO_UNKNOWN: _ELSEWHERE,
    Unreadable.NOT_A_LINK: _NO_ADDRESS,
    Unreadable.UNSAFE_SCHEME: _NO_ADDRESS,
    Unreadable.BAD_HOST: _NO_ADDRESS,
    Unreadable.BAD_PORT: _NO_ADDRESS,
    Unreadable.USERINFO: N_("This address holds a user name. Enter it without."),
    "unrecognised_url": _NO_ADDRESS,
    "several_platforms": N_(
        "The addresses of this row are of several platforms. Give each platform a row of its own."
    ),
    "several_sites": _SITES,
    "several_products": _PRODUCTS,
    "another_platform": N_(
        "The address is of another platform than the row says. Correct one of them, or leave the "
        "platform empty: the address tells it."
    ),
    "unknown_platform": _NO_WORD,
}
_OF_MOMENTS: Mapping[str, str] = {
    "no_moment": _DATE,
    "not_a_time": _DATE,
    "in_the_future": N_("This day has not come yet. Correct it."),
    "time_twice": N_(
        "The clock was put back that night: this time came twice. Write the offset behind it, in "
        "Belgium +02:00 for the first time and +01:00 for the second: 26-10-2025 02:30+01:00."
    ),
    RowRule.BEFORE_SUBMISSION: N_(
        "The platform acted before the notice was submitted. One of the two dates is wrong: "
        "correct it. Of a day without a time the one time for all counts."
    ),
    RowRule.WITHOUT_SUBMISSION: N_(
        "The platform acted, and the row does not say when the notice was submitted. Fill that day "
        "in, or choose its column."
    ),
    RowRule.WITHOUT_MOMENT: N_(
        "The row says what happened and not when. Fill the day in, or empty the other cell."
    ),
    RowRule.NO_DAY_BACK: N_(
        "The row says that it came back online, and not when that was seen after it was gone. Fill "
        "that day in, or choose its column; else choose “Nothing” for this word, and record it on "
        "the page of the request."
    ),
    RowRule.NO_DAY_ASKED: N_(
        "The row says that the platform asked for more, and not when. Fill in the day of its "
        "answer."
    ),
    RowRule.TWO_DAYS_ASKED: N_(
        "The row says that the platform asked for more, and gives two days for it. Correct one of "
        "them, or empty one."
    ),
}
_OF_NOTICES: Mapping[str, str] = {
    Lack.TOO_LONG: N_("This is too long. Shorten it."),
    Lack.LEFTOVER_PLACEHOLDER: N_("A sign stands here for words that are missing. Replace it."),
    Lack.NATIONAL_NUMBER: N_("It holds a national number. Take it out."),
    Lack.LOCATION_MISSING: BY_HAND,
    Lack.GOOD_FAITH_MISSING: BY_HAND,
    Lack.IDENTITY_MISSING: _OUR_OWN,
    Lack.IDENTITY_REQUIRED: _OUR_OWN,
    Lack.ADDRESS_NOT_SET: BY_HAND,
    Lack.MANDATE_NEEDED: N_(
        "Such a notice needs an authorisation by the person shown. If there is one, say so in this "
        "row."
    ),
    Lack.TOO_MANY_ITEMS: N_("These are more addresses than the form takes. Split the row."),
    Lack.COMPLAINT_FITS: BY_HAND,
    Lack.SEVERAL_SITES: _SITES,
    Lack.SEVERAL_PRODUCTS: _PRODUCTS,
    "notice_incomplete": BY_HAND,
    "missing": _EMPTY,
    "unknown_field": BY_HAND,
    "mail_not_set_up": BY_HAND,
    "channel_not_for_category": BY_HAND,
    "ticket_needed": _EMPTY,
    "ticket_or_none": _UNFIT,
}
_OF_FACTS: Mapping[str, str] = {
    "required": _EMPTY,
    "blank": _EMPTY,
    "too_few": _EMPTY,
    "not_one_of": _NO_WORD,
    "unknown_category": _NO_WORD,
    "malformed": N_("Some signs in this cell are not allowed here. Take them out."),
    "not_one_line": N_("Write it on one line, without signs that cannot be seen."),
    "too_long": N_("This is too long. Shorten it."),
    **dict.fromkeys(
        ("invalid", "unknown", "twice", "too_many", "out_of_range", "wrong_type", "invalid_row"),
        _UNFIT,
    ),
    "unknown_condition": _UNFIT,
    "contradictory_facts": N_(
        "The category and the age of the person contradict each other. Correct one of them."
    ),
    "basis_not_held": N_(
        "On the day of the notice we could not rely on this legal basis. Correct it, or empty the "
        "cell."
    ),
    "external_ref_taken": N_(
        "Another request has this number of the case system already. Correct it."
    ),
}
_OF_THE_RECORD = (
    "already_corrected", "already_held", "already_logged", "already_queued", "already_submitted",
    "closed", "held", "no_such_event", "no_such_item", "not_closed", "not_decided", "not_held",
    "not_logged", "not_queued", "not_submitted", "withdrawn",
)  # fmt: skip
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        **_OF_LINKS,
        **_OF_MOMENTS,
        **_OF_NOTICES,
        **_OF_FACTS,
        **dict.fromkeys(_OF_THE_RECORD, _CANNOT_BE),
    }
)


_NUMBER = N_(
    "A number has only letters without accents, digits and the signs . _ : / - in it, no space and "
    "no name. Correct it."
)
# Where a column needs more than the rule by itself tells.
OF_COLUMNS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("case_ref", "malformed"): _NUMBER, ("external_ref", "malformed"): _NUMBER}
)


def sentence(column: str, code: str, words: Words) -> str:
    """Say what is wrong with a cell or a row, and what to do about it."""
    told = OF_COLUMNS.get((column, code)) or SENTENCES.get(code)
    return words.gettext(told) if told else error_messages.sentence(code, words)
