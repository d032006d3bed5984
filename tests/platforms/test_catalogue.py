from datetime import date
from pathlib import Path

import pytest

from app.kit.errors import Misconfigured
from app.kit.languages import Language
from app.platforms import catalogue, checking
from tests.shipped_platforms import files, shipped

SNAP = "TAKEDOWN_CHANNEL_SNAPCHAT_TRUSTED_FLAGGER"
INTAKE = "https://partners.example.org/intake"
UNKNOWN = "there is no such confidential channel"
UNFIT = "neither an https address nor an e-mail address"
SLUGS = [
    "apple_app_store",
    "bing",
    "discord",
    "facebook",
    "google",
    "google_play",
    "instagram",
    "onlyfans",
    "other",
    "pinterest",
    "pornhub",
    "reddit",
    "snapchat",
    "telegram",
    "threads",
    "tiktok",
    "twitch",
    "whatsapp",
    "x",
    "youtube",
]


def test_the_files_that_come_with_the_tracker_have_no_fault() -> None:
    assert checking.check(files(), date(2026, 12, 1)) == []


def test_nineteen_platforms_and_any_other_site_are_known() -> None:
    assert sorted(shipped().platforms) == SLUGS


def test_every_platform_has_its_rules() -> None:
    assert [rules.slug for rules in shipped().rules] == SLUGS


def test_notices_exist_in_three_languages() -> None:
    assert {code: texts.language for code, texts in shipped().texts.items()} == {
        "en": "en",
        "fr": "fr",
        "nl": "nl",
    }


def test_nothing_is_called_reviewed_before_a_professional_has_read_it() -> None:
    taxonomy = shipped().taxonomy

    assert [taxonomy.reviewed, *(texts.reviewed for texts in shipped().texts.values())] == [
        False,
        False,
        False,
        False,
    ]


def test_every_change_of_a_file_changes_the_fingerprint() -> None:
    changed = {**files(), "x.yaml": files()["x.yaml"] + "# seen\n"}

    assert catalogue.load(changed).fingerprint != shipped().fingerprint


def test_a_notices_version_changes_with_its_own_files_only() -> None:
    changed = catalogue.load({**files(), "x.yaml": files()["x.yaml"] + "# seen\n"})
    same = [
        (slug, language)
        for slug in SLUGS
        for language in Language
        if changed.version(slug, language) == shipped().version(slug, language)
    ]

    assert same == [(slug, language) for slug in SLUGS if slug != "x" for language in Language]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (INTAKE, ("form", INTAKE, None)),
        ("intake@partners.example.org", ("email", None, "intake@partners.example.org")),
        ("", ("form", None, None)),
    ],
)
def test_a_confidential_address_comes_from_the_environment(
    address: str, found: tuple[str, str | None, str | None]
) -> None:
    loaded = catalogue.load(files(), {SNAP: address})
    channel = loaded.platforms["snapchat"].channels[0]

    assert (channel.kind, channel.form_url, channel.to) == found
    assert channel.reachable == bool(address)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("TAKEDOWN_CHANNEL_X_NOWHERE", INTAKE, UNKNOWN),
        ("TAKEDOWN_CHANNEL_X_DSA", INTAKE, UNKNOWN),
        (SNAP, "ask Ann", UNFIT),
        (SNAP, "http://example.org", UNFIT),
    ],
)
def test_a_wrong_address_setting_stops_the_start(name: str, address: str, said: str) -> None:
    with pytest.raises(Misconfigured) as stopped:
        catalogue.load(files(), {name: address})

    assert str(stopped.value) == f"{name}: {said}"


def test_other_settings_are_no_address_of_a_channel() -> None:
    assert (
        catalogue.load(files(), {"TAKEDOWN_DATA_DIR": "data"}).fingerprint == shipped().fingerprint
    )


def test_a_fault_stops_the_start_with_one_line() -> None:
    broken = {**files(), "x.yaml": files()["x.yaml"].replace("kind: form", "kind: fax", 2)}

    with pytest.raises(Misconfigured) as stopped:
        catalogue.load(broken)

    line = 1 + files()["x.yaml"].split("kind: form")[0].count("\n")
    assert str(stopped.value) == (
        f"x.yaml:{line}: channels.0.kind: Input should be 'form' or 'email'; correct the value "
        "(and 1 more: takedown templates check)"
    )


def test_a_folder_without_template_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no template files here"):
        catalogue.read_folder(tmp_path)


def test_targets_may_differ_by_category() -> None:
    text = files()["x.yaml"].replace(
        "urgent_hours: 6}", "urgent_hours: 6, categories: {csam: {gone_hours: 12}}}"
    )
    targets = catalogue.load({**files(), "x.yaml": text}).platforms["x"].dealings.targets

    assert (targets.of("csam"), targets.of("hate")) == (
        {"receipt_hours": 24, "gone_hours": 12, "urgent_hours": 6},
        {"receipt_hours": 24, "gone_hours": 24, "urgent_hours": 6},
    )


@pytest.mark.parametrize("language", Language)
def test_a_channel_is_called_the_same_by_the_code_that_it_had_before(language: Language) -> None:
    before = shipped().channel_name("discord", "report", language)

    assert before == shipped().channel_name("discord", "dsa", language) != "report"


def test_what_no_file_names_any_more_goes_by_its_code() -> None:
    known = shipped()

    assert known.category_name("gone_one", Language.NL) == "gone_one"
    assert known.product_name("instagram", "gone_one", Language.NL) == "gone_one"
    assert known.channel_name("gone_one", "dsa", Language.NL) == "dsa"
