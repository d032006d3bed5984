from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from app.platforms import checking
from tests.shipped import files

TODAY = date(2026, 12, 1)
# Enough for every kind of fault, and quick to read.
NAMES = ("other.yaml", "snapchat.yaml", "taxonomy.yaml", "texts/en.yaml", "texts/fr.yaml", "texts/nl.yaml")  # fmt: skip


@cache
def few() -> Mapping[str, str]:
    return {name: files()[name] for name in NAMES}


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
BREAKS = [
    ("a key twice", SNAP, "slug: snapchat\n", "slug: snapchat\nslug: snap\n", "slug: snap", "duplicate_key"),
    ("an open quote", EN, 'reference: "Our', 'reference: "Our" x', None, "not_yaml"),
    ("an unknown section", SNAP, "words:", "phrases: {}\nwords:", "phrases: {}", "extra_forbidden"),
    ("an unknown key", SNAP, "knows_us: true", "knows: true", "knows: true", "extra_forbidden"),
    ("a value of a closed list", SNAP, "kind: email", "kind: fax", "kind: fax", "literal_error"),
    ("a word for a truth", SNAP, "knows_us: true", "knows_us: maybe", "knows_us: maybe", "bool_type"),
    ("a missing language of a label", SNAP, "nl: DSA-contactpunt, ", "", "label: {en: DSA point of contact, fr: Point de contact DSA}", "missing"),
    ("a missing sentence", NL, "do_not_contact: Gelieve geen contact op te nemen met de betrokken persoon.\n", "", None, "missing"),
    ("a category without its sentence", NL, "  stalking: >-\n", "  harassment: >-\n", "categories:", "missing_text"),
    ("an unknown category of a channel", SNAP, "categories: [csam, csam_ai,", "categories: [csam, csam_robot,", "categories: [csam, csam_robot, intimate_image_minor, sexual_extortion_minor, ncii_adult, deepfake_adult, sexual_extortion_adult]", "unknown_category"),
    ("an unknown category among the words", SNAP, "  csam_ai: Sexual", "  csam_robot: Sexual", "csam_robot: Sexual Content", "unknown_category"),
    ("an unknown better category", TAXONOMY, "better: deepfake_adult", "better: robots", "better: robots", "unknown_category"),
    ("an unknown act", TAXONOMY, "act: framework_2008_913", "act: framework", "- act: framework", "unknown_act"),
    ("a code twice", TAXONOMY, "- code: stalking", "- code: hate", None, "duplicate_id"),
    ("an unknown variable", EN, "country: Belgium", 'country: "{country}"', 'country: "{country}"', "unknown_variable"),
    ("a variable that is not said", EN, 'named: "Provisions concerned: {law}."', 'named: "Provisions apply."', 'named: "Provisions apply."', "missing_variable"),
    ("a leftover mark", EN, "country: Belgium", 'country: "### country ###"', 'country: "### country ###"', "leftover_placeholder"),
    ("a stray brace", EN, "country: Belgium", 'country: "{Country}"', 'country: "{Country}"', "leftover_placeholder"),
    ("a discouraged term", EN, "site: Website", "site: Website with revenge porn", "site: Website with revenge porn", "discouraged_term"),
    ("a discouraged label", TAXONOMY, "en: Cyberstalking", "en: Sextortion", "en: Sextortion", "discouraged_term"),
    ("two addresses", SNAP, "to: dsa-enquiries@snapchat.com", "to: dsa-enquiries@snapchat.com\n    by_hand: true", "- id: dsa_contact", "value_error"),
    ("no address", SNAP, "    to: dsa-enquiries@snapchat.com\n", "", "- id: dsa_contact", "value_error"),
    ("a form without good faith", "other.yaml", "      - {id: good_faith, required: true}\n      - {id: signature, required: true}\n    verified", "      - {id: signature, required: true}\n    verified", "fields: &usual   # the usual order, while nobody has looked at the real form", "missing_element"),
    ("a channel twice", SNAP, "- id: dsa_contact", "- id: dsa", "- id: dsa", "duplicate_id"),
    ("a field twice", SNAP, "- {id: account, required: false}", "- {id: kind, required: false}", "- {id: kind, required: false}", "duplicate_id"),
    ("a field nobody can fill", SNAP, "- {id: account, required: false}", "- {id: colour, required: false}", "- {id: colour, required: false}", "value_error"),
    ("a field without a label", SNAP, "- {id: account, required: false}", "- {id: colour, source: account, required: false}", "- {id: colour, source: account, required: false}", "missing_label"),
    ("a reserved field", SNAP, "- {id: account, required: false}", "- {id: body, source: account, label: {en: a, nl: b, fr: c}, required: false}", "- {id: body, source: account, label: {en: a, nl: b, fr: c}, required: false}", "reserved_id"),
    ("a limit of nothing", SNAP, "{id: kind, required: true}", "{id: kind, required: true, max_length: 0}", "- {id: kind, required: true, max_length: 0}", "greater_than"),
    ("a day in words", SNAP, "checked: 2026-11-01\nverified", "checked: soon\nverified", "checked: soon", "date_from_datetime_parsing"),
    ("a day to come", SNAP, "checked: 2026-11-01\nverified", "checked: 2027-01-01\nverified", "checked: 2027-01-01", "future_day"),
    ("another slug", SNAP, "slug: snapchat\n", "slug: snap\n", "slug: snap", "name_mismatch"),
    ("another language", EN, "language: en\n", "language: nl\n", "language: nl", "name_mismatch"),
    ("a pattern that is none", SNAP, "pattern: '#(", "pattern: '#((", "acknowledgement:", "value_error"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "code"),
    [pytest.param(*broken, id=story) for story, *broken in BREAKS],
)
def test_a_fault_is_told_with_file_and_line(
    name: str, old: str, new: str, line: str | None, code: str
) -> None:
    assert old in few()[name]

    faults = told({**few(), name: few()[name].replace(old, new, 1)})

    assert [(where, kind) for where, _, kind in faults][:1] == [(name, code)]
    assert line is None or faults[0][1] == line


def test_every_fault_says_how_to_mend_it() -> None:
    broken = {**few(), NL: few()[NL].replace("urgent: Wij", "urgnt: Wij")}

    assert [str(fault) for fault in checking.check(broken, TODAY)] == [
        f"{NL}:{line_of(few()[NL], 'facts:')}: facts.urgent is missing; add `urgent:`",
        f"{NL}:{line_of(few()[NL], '  urgent: Wij')}: facts.urgnt is no known key; "
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
    text = files()["snapchat.yaml"].replace("slug: snapchat", "slug: twin").replace("name: Snapchat", "name: Twin")  # fmt: skip

    codes = {code for _, _, code in told({**few(), "twin.yaml": text})}

    assert codes == {"duplicate_host"}


def test_a_category_nobody_takes_is_told() -> None:
    text = few()["other.yaml"].replace("categories: all", "categories: [csam]")

    assert {code for _, _, code in told({**few(), "other.yaml": text})} == {"no_channel"}


def line_of(text: str, start: str) -> int:
    return 1 + next(at for at, line in enumerate(text.split("\n")) if line.startswith(start))
