from collections.abc import Mapping
from datetime import date

import pytest

from app.platforms import catalogue, checking
from app.replies.proposing import Proposal, propose
from tests.shipped_platforms import few, files

TODAY = date(2026, 12, 1)


def told(changed: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (file, text of the line named, code) of every fault."""
    faults = checking.check(changed, TODAY)
    return [
        (fault.file, changed[fault.file].split("\n")[fault.line - 1].strip(), fault.code)
        for fault in faults
    ]


def test_a_folder_in_order_has_nothing_to_tell() -> None:
    assert checking.check(few(), TODAY) == []


SNAP, TAXONOMY, EN, NL = "snapchat.yaml", "taxonomy.yaml", "texts/en.yaml", "texts/nl.yaml"
OTHER = "other.yaml"
COUNTRY = "country: Belgium"
FIELD = "- {id: account, required: false}"
DAY = "checked: 2026-11-29\nverified"
TO = "    to: dsa-enquiries@snapchat.com\n"
BODY = "- {id: body, source: account, label: {en: a, nl: b, fr: c}, required: false}"

MARK = "mark: read\n    checked: 2026-11-29"
FORM = "ticket_form_id=17470990658068"
ENGLISH = "    languages: [en]   # whatever the language asked\n"
REQUIRED = "needs_mandate: true\n    verified: false\n    mark: unverified"
KIND = "- {id: kind, required: true}"
GROOMING = "- {period: 2025-H2, category: grooming"

# What is wrong, file, what stands there, what is put there, and which rule tells.
BREAKS = [
    ("a key twice", SNAP, "slug: snapchat\n", "slug: snap\nslug: snapchat\n", "duplicate_key"),
    ("an open quote", EN, 'reference: "Our', 'reference: "Our" x', "not_yaml"),
    ("an unknown section", SNAP, "words:", "phrases: {}\nwords:", "extra_forbidden"),
    ("an unknown key", SNAP, "knows_us: true", "knows: true", "extra_forbidden"),
    ("a word outside a list", SNAP, "kind: email", "kind: fax", "enum"),
    ("a word for a truth", SNAP, "knows_us: true", "knows_us: maybe", "bool_type"),
    ("a language left out", SNAP, "nl: DSA-contactpunt, ", "", "missing"),
    ("a category without a sentence", NL, "  stalking: >-", "  harassment: >-", "missing_text"),
    ("an unknown category", SNAP, "categories: [csam,", "categories: [cs,", "unknown_category"),
    ("words for no category", SNAP, "  csam_ai: Sexual", "  csam_x: Sexual", "unknown_category"),
    ("no such better one", TAXONOMY, "better: deepfake_adult", "better: x", "unknown_category"),
    ("an unknown act", TAXONOMY, "act: framework_2008_913", "act: framework", "unknown_act"),
    ("a code twice", TAXONOMY, "- code: stalking", "- code: harassment_doxing", "duplicate_id"),
    ("an unknown variable", EN, COUNTRY, 'country: "{country}"', "unknown_variable"),
    (
        "a variable unsaid",
        EN,
        'own_rules: "Your rules: {words}."',
        "own_rules: x",
        "missing_variable",
    ),
    ("a leftover mark", EN, COUNTRY, "country: '### country ###'", "leftover_placeholder"),
    ("unfinished words", SNAP, "  csam: Sexual", "  csam: {x} Sexual", "not_yaml"),
    ("marked words", SNAP, "  csam: Sexual", "  csam: ### Sexual", "string_type"),
    ("quoted marks", SNAP, "  csam: Sexual", "  csam: '###' #", "leftover_placeholder"),
    ("a stray brace", EN, COUNTRY, 'country: "{Country}"', "leftover_placeholder"),
    ("a discouraged term", EN, "site: Website", "site: Revenge porn", "discouraged_term"),
    ("a discouraged label", TAXONOMY, "en: Cyberstalking", "en: Sextortion", "discouraged_term"),
    (
        "a verified form nobody has written down",
        SNAP,
        'verified: false\n    mark: unverified\n    checked: 2026-11-01\n    source: "to be',
        'verified: true\n    mark: read\n    checked: 2026-11-01\n    source: "to be',
        "value_error",
    ),
    ("two addresses", SNAP, TO, f"{TO}    by_hand: true\n", "value_error"),
    ("no address", SNAP, TO, "", "value_error"),
    ("a channel twice", SNAP, "- id: dsa_contact", "- id: dsa", "duplicate_id"),
    ("a field twice", SNAP, FIELD, "- {id: kind, required: false}", "duplicate_id"),
    ("a field nobody fills", SNAP, FIELD, "- {id: colour, required: false}", "value_error"),
    ("no label", SNAP, FIELD, "- {id: a, source: account, required: false}", "missing_label"),
    ("a reserved field", SNAP, FIELD, BODY, "reserved_id"),
    ("no limit at all", SNAP, FIELD, FIELD.replace("}", ", max_length: 0}"), "greater_than"),
    ("a day in words", SNAP, DAY, "checked: soon\nverified", "date_from_datetime_parsing"),
    ("a day of no month", SNAP, DAY, "checked: 2026-02-30\nverified", "not_yaml"),
    ("a day to come", SNAP, DAY, "checked: 2027-01-01\nverified", "future_day"),
    ("another slug", SNAP, "slug: snapchat\n", "slug: snap\n", "name_mismatch"),
    ("another language", EN, "language: en\n", "language: nl\n", "name_mismatch"),
    ("no regular expression", SNAP, "pattern: '#(", "pattern: '#((", "value_error"),
    ("no usual look", SNAP, 'usual: "[A-Za-z', 'usual: "([A-Za-z', "value_error"),
    ("a parameter that is needed", SNAP, "device_type, xp_id", "device_type, uuid", "left_out"),
    ("a beginning of one", SNAP, "device_type, xp_id", 'device_type, "uu*"', "left_out"),
    ("a path twice", SNAP, "paths: /lens/{id:story}", "paths: /t/{id:code}", "duplicate_path"),
    (
        "a gateway twice",
        OTHER,
        "host: urldefense.com",
        "host: steamcommunity.com",
        "duplicate_host",
    ),
    (
        "an unknown writing",
        OTHER,
        "written_in: proofpoint_v2",
        "written_in: rot13",
        "enum",
    ),
    (
        "a writing of nothing",
        SNAP,
        "paths: /lens/{id:story}",
        "written_in: base64\n        paths: /lens/{id:story}",
        "value_error",
    ),
    (
        "a landing page of a wrapper",
        OTHER,
        "target: [u, url]",
        "landing: [u]\n          target: [url]",
        "value_error",
    ),
    (
        "a mark outside the list",
        SNAP,
        MARK,
        MARK.replace("read", "seen"),
        "enum",
    ),
    ("no mark", SNAP, f"    {MARK}", "    checked: 2026-11-29", "missing_mark"),
    (
        "called verified, known from hearsay",
        SNAP,
        f"verified: false\n    {MARK}",
        f"verified: true\n    {MARK.replace('read', 'second_hand')}",
        "value_error",
    ),
    (
        "called verified, unread",
        SNAP,
        'verified: false\n    mark: read\n    checked: 2026-11-01\n    source: "help',
        'verified: true\n    mark: unverified\n    checked: 2026-11-01\n    source: "help',
        "verified_unread",
    ),
    (
        "a confirmation in a file",
        SNAP,
        MARK,
        f"confirmed_at: 2026-11-29T00:00:00Z\n    {MARK}",
        "extra_forbidden",
    ),
    ("an address that is none", SNAP, FORM, "ticket_form_id=149423", "no_channel_of_ours"),
    ("a request of US law in Dutch", SNAP, ENGLISH, "    languages: [nl]\n", "not_in_english"),
    ("in any language", SNAP, ENGLISH, "", "not_in_english"),
    (
        "a request of US law without a mandate",
        SNAP,
        f"    {REQUIRED}",
        f"    {REQUIRED.partition(chr(10))[2].strip()}",
        "unsigned",
    ),
    (
        "words of a channel for no category",
        SNAP,
        MARK,
        f"words: {{cs: Children}}\n    {MARK}",
        "unknown_category",
    ),
    (
        "words for a category it does not take",
        SNAP,
        ENGLISH,
        f"{ENGLISH}    words: {{hate: Hate}}\n",
        "not_taken",
    ),
    (
        "a question for no category",
        SNAP,
        KIND,
        KIND.replace("}", ", categories: [cs]}"),
        "unknown_category",
    ),
    (
        "a question without its words",
        SNAP,
        KIND,
        "- {id: age, source: answer, required: true}",
        "value_error",
    ),
    (
        "an answer to what is no question",
        SNAP,
        KIND,
        KIND.replace("}", ", answer: {en: a, nl: b, fr: c}}"),
        "value_error",
    ),
    (
        "so many kinds at a time",
        SNAP,
        KIND,
        KIND.replace("}", ", at_a_time: 5}"),
        "value_error",
    ),
    (
        "an earlier id that another has",
        SNAP,
        "  - id: partner\n",
        "  - id: partner\n    formerly: [dsa]\n",
        "duplicate_id",
    ),
    (
        "an address that is none, for no reason",
        SNAP,
        "    because: it is passed on as a safety form, and restores a streak\n",
        "",
        "missing",
    ),
    (
        "figures of no category",
        SNAP,
        GROOMING,
        GROOMING.replace("grooming", "minors"),
        "unknown_category",
    ),
    (
        "two figures of a period and category",
        SNAP,
        GROOMING,
        GROOMING.replace("grooming", "csam"),
        "duplicate_figure",
    ),
    ("a period to come", SNAP, GROOMING, GROOMING.replace("2025-H2", "2026-H2"), "future_day"),
    (
        "a period in words",
        SNAP,
        GROOMING,
        GROOMING.replace("2025-H2", "2025-Q4"),
        "string_pattern_mismatch",
    ),
    ("a method outside the list", SNAP, "method: decided\n", "method: seen\n", "enum"),
    ("a median of no notices", SNAP, "n: 638", "n: 0", "value_error"),
    (
        "a figure from nowhere",
        SNAP,
        "items: 89, note: *rule, source: *report",
        "items: 89",
        "missing",
    ),
    (
        "ids of an account that is not told",
        SNAP,
        "paths: /lens/{id:story}",
        "unique_within: account\n        paths: /lens/{id:story}",
        "value_error",
    ),
]
# Where the line named is not the one that was changed, because the rule speaks of more than it.
ELSEWHERE = {
    "an open quote": 'reference: "Our" x reference: {reference}."',
    "a key twice": "slug: snapchat",
    "a language left out": "label: {en: DSA point of contact, fr: Point de contact DSA}",
    "a category without a sentence": "categories:",
    "a verified form nobody has written down": "- id: partner",
    "two addresses": "- id: dsa_contact",
    "no address": "- id: dsa_contact",
    "no regular expression": "acknowledgement:",
    "a parameter that is needed": "- paths: /unlock",
    "a beginning of one": "- paths: /unlock",
    "a landing page of a wrapper": "- paths: /linkfilter",
    "ids of an account that is not told": "slug: snapchat",
    "a median of no notices": "- period: 2025-H2",
    "no mark": "- id: illegal_content",
    "called verified, known from hearsay": "- id: illegal_content",
    "in any language": "- id: take_it_down",
    "a request of US law without a mandate": "- id: take_it_down",
    "an earlier id that another has": "formerly: [dsa]",
    "an address that is none, for no reason": "- address: ticket_form_id=149423",
    "words for a category it does not take": "words: {hate: Hate}",
}


@pytest.mark.parametrize(
    ("story", "name", "old", "new", "code"), BREAKS, ids=[story for story, *_ in BREAKS]
)
def test_a_fault_is_told_with_file_and_line(
    story: str, name: str, old: str, new: str, code: str
) -> None:
    before, _, after = few()[name].partition(old)
    changed = before.count("\n")

    faults = told({**few(), name: before + new + after})

    line = (before + new + after).split("\n")[changed].strip()
    assert faults[0] == (name, ELSEWHERE.get(story, line), code)


@pytest.mark.parametrize(
    ("element", "point"),
    [
        ("explanation", "(a)"),
        ("urls", "(b)"),
        ("locator", "(b)"),
        ("name", "(c)"),
        ("email", "(c)"),
        ("good_faith", "(d)"),
    ],
)
def test_a_form_must_ask_for_every_element_of_article_16(element: str, point: str) -> None:
    form = few()["other.yaml"]
    start, _, rest = form.partition(f"      - {{id: {element}, required: ")
    broken = {**few(), "other.yaml": start + rest.partition("\n")[2]}

    assert [(fault.line, fault.code, fault.detail) for fault in checking.check(broken, TODAY)] == [
        (
            line_of(form, "    fields:"),
            "missing_element",
            f"channel email lacks Article 16(2){point}: {element}",
        )
    ]


REPLIES = "replies/en.yaml"
DONE = '      - "{gone}"'
OWN = 'geo_restricted: ["(post'


@pytest.mark.parametrize(
    ("name", "old", "new", "detail"),
    [
        (REPLIES, DONE, "      - (gone", "is no regular expression: missing ), unterminated"),
        (REPLIES, DONE, "      - Removed", "holds a capital, but texts are read in lower case"),
        (REPLIES, DONE, '      - "{missing}"', "uses the unknown part {missing}"),
        (REPLIES, DONE, "      - (gone)?", "is found in an empty text"),
        (REPLIES, DONE, "      - isn’t", "holds a curly apostrophe"),
        ("x.yaml", OWN, 'geo_restricted: ["(Post', "holds a capital"),
    ],
)
def test_a_phrase_that_could_never_be_found_is_told(
    name: str, old: str, new: str, detail: str
) -> None:
    known = {**few(), **{one: files()[one] for one in (REPLIES, "x.yaml")}}
    before, _, after = known[name].partition(old)

    faults = checking.check(known | {name: before + new + after}, TODAY)

    assert [(fault.file, fault.line, fault.code) for fault in faults] == [
        (name, before.count("\n") + 1, "bad_phrase")
    ]
    assert detail in faults[0].detail


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("language: en\n", "language: nl\n", "name_mismatch"),
        ("checked: 2026", "checked: 2027", "future_day"),
        ("  removed:\n", "  vanished:\n", "literal_error"),
        ("gone:\n", "gone: []\nwent:\n", "extra_forbidden"),
        ("parts:\n", "parts:\n  none: '{content}'\n", "bad_phrase"),
    ],
)
def test_what_does_not_fit_among_the_words_of_replies_is_told(
    old: str, new: str, code: str
) -> None:
    before, _, after = files()[REPLIES].partition(f"\n{old}")

    faults = checking.check({**few(), REPLIES: f"{before}\n{new}{after}"}, TODAY)

    assert code in {fault.code for fault in faults}


def test_without_words_of_replies_nothing_is_proposed() -> None:
    known = catalogue.load(few())

    assert propose("We removed the content.", known) == Proposal()


def test_every_fault_says_how_to_mend_it() -> None:
    broken = {**few(), NL: few()[NL].replace("ai_suspected: Er", "ai_suspectd: Er")}

    assert [str(fault) for fault in checking.check(broken, TODAY)] == [
        f"{NL}:{line_of(few()[NL], 'facts:')}: facts.ai_suspected is missing; add `ai_suspected:`",
        f"{NL}:{line_of(few()[NL], '  ai_suspected: Er')}: facts.ai_suspectd is no known key; "
        "remove it, or correct its spelling",
    ]


def test_faults_of_several_files_are_told_together() -> None:
    broken = {
        **few(),
        EN: few()[EN].replace("country: Belgium", "country: '###'"),
        SNAP: few()[SNAP].replace("knows_us: true", "knows_us: maybe"),
    }

    assert [(name, code) for name, _, code in told(broken)] == [
        (SNAP, "bool_type"),
        (SNAP, "bool_type"),
        (EN, "leftover_placeholder"),
    ]


def test_a_missing_file_is_told() -> None:
    faults = checking.check({name: text for name, text in few().items() if name != NL}, TODAY)

    assert [(fault.file, fault.line, fault.code) for fault in faults] == [(NL, 1, "missing_file")]


def test_a_host_may_belong_to_one_platform_only() -> None:
    text = few()["snapchat.yaml"].replace("slug: snapchat", "slug: twin")

    codes = {code for _, _, code in told({**few(), "twin.yaml": text})}

    assert codes == {"duplicate_host"}


def test_a_category_nobody_takes_is_told() -> None:
    text = few()["other.yaml"].replace("categories: all", "categories: [csam]")

    assert {code for _, _, code in told({**few(), "other.yaml": text})} == {"no_channel"}


def line_of(text: str, start: str) -> int:
    return 1 + next(at for at, line in enumerate(text.split("\n")) if line.startswith(start))
