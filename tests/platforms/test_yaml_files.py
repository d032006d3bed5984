"""What a word of a template file means: YAML 1.2, whatever the library takes it for."""

from datetime import UTC, date, datetime

import pytest
from yaml import YAMLError

from app.platforms import yaml_files


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("true", True), ("False", False),
        ("1:30", "1:30"), ("012", 12), ("0o17", 15), ("0x1F", 31), ("1_000", "1_000"),
        ("+12", 12), ("1e3", 1000.0), (".5", 0.5), ("1.2.3", "1.2.3"), ("~", None), ("", None),
        ("null", None), ("=", "="), ("2026-03-01", date(2026, 3, 1)), ("2026-3-1", "2026-3-1"),
        ("2026-03-01T10:00:00Z", datetime(2026, 3, 1, 10, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_plain_word_is_what_yaml_1_2_says(written: str, meant: object) -> None:
    found = yaml_files.plain(f"key: {written}")

    assert found == {"key": meant}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(meant)


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3", "{a: 1, a: 1}", "x:\n  a: 1\n  a: 2"])
def test_a_key_stands_once_in_a_mapping(text: str) -> None:
    with pytest.raises(yaml_files.DuplicateKey):
        yaml_files.plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object:os.system x", "a: 1\n---\nb: 2", "a: [", "\0",
        "a: 2026-02-30", "a: 2026-02-03T25:00:00Z", "a: 2026-02-03T10:00:00+99:00",
        "a: !!timestamp foo", "a: !!int x", "a: !!int ''", "a: !!int 0o9", "a: !!float x",
        "a: !!float ''", "a: !!bool x", "a: !!map x", "a: !!map [x]", "a: !!set x", "!!map x",
        "{!!timestamp foo: 1}", "a: !!binary é",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_document_is_refused(text: str) -> None:
    with pytest.raises(YAMLError):
        yaml_files.plain(text)
