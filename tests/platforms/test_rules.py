from typing import Any

import pytest
from pydantic import ValidationError

from app.platforms.recognition import Recognised, Recogniser
from app.platforms.rules import PlatformRules
from tests.shipped_platforms import shipped


def platform(**link: Any) -> dict[str, Any]:
    return {
        "slug": "zz",
        "patterns": {"handle": {"match": "[a-z]+"}},
        "sites": [{"host": "zz.example", "links": [link]}],
        "channels": "another section of the file",
    }


def test_a_new_platform_is_data_alone(now: Any) -> None:
    rules = PlatformRules.of(
        platform(
            paths="/@{account:handle} /u/{account:handle}", kind="profile", canonical="/@{account}"
        )
    )
    link = Recogniser([rules]).recognise("zz.example/u/abc/", now=now)

    assert isinstance(link, Recognised)
    assert (link.platform, link.kind, link.account, link.canonical_url) == (
        "zz",
        "profile",
        "abc",
        "https://zz.example/@abc",
    )


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ({"paths": "/{id:nothing}", "kind": "post"}, "there is no pattern 'nothing'"),
        ({"paths": "/{id:handle", "kind": "post"}, "cannot read"),
        ({"paths": "/[{id:handle}", "kind": "post"}, "unterminated subpattern"),
        ({"paths": "/a", "kind": "post", "canonical": "/{id}"}, "does not give id"),
        ({"paths": "/a", "query": {"q": "id:nothing"}, "kind": "post"}, "there is no pattern"),
        ({"paths": "/a"}, "either a kind or a target"),
        ({"paths": "/a", "kind": "post", "target": ["u"]}, "either a kind or a target"),
        ({"paths": "/a", "kind": "holiday"}, "Input should be"),
        ({"paths": "/a", "kind": "post", "colour": "red"}, "Extra inputs"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(link: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        PlatformRules.of(platform(**link))


@pytest.mark.parametrize("match", ["[a-z", "(a)b"])
def test_a_pattern_is_a_regular_expression_without_groups(match: str) -> None:
    with pytest.raises(ValidationError):
        PlatformRules.of({"slug": "zz", "patterns": {"handle": {"match": match}}})


def test_hosts_and_kinds_of_a_platform_are_told() -> None:
    rules = shipped().platforms["snapchat"].rules

    assert rules.hosts()[:3] == ("www.snapchat.com", "snapchat.com", "t.snapchat.com")
    assert rules.kinds() == ("short", "story", "profile", "other", "advertiser")
