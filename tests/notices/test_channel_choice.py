import pytest

from app.kit.errors import Refused
from app.notices import channel_choice
from app.notices.channel_choice import Identity
from tests.shipped_platforms import addressed, shipped

NAMED = Identity(given=True, may_be_left_out=False)
UNNAMED = Identity(given=False, may_be_left_out=True)


@pytest.mark.parametrize(
    ("category", "basis", "asked", "found"),
    [
        ("csam", "article_16", None, Identity(False, True)),
        ("grooming", "article_16", None, Identity(False, True)),
        ("csam", "article_16", True, Identity(True, True)),
        ("ncii_adult", "article_16", None, Identity(True, False)),
        ("ncii_adult", "article_16", False, Identity(False, False)),
        ("csam", "article_22", None, Identity(True, True)),
        ("csam", "article_22", False, Identity(False, True)),
        ("hate", "voluntary", None, Identity(True, False)),
        ("hate", "voluntary", False, Identity(False, True)),
        ("csam", "take_it_down", None, Identity(True, False)),
        ("csam", "take_it_down", False, Identity(False, False)),
    ],
)
def test_the_basis_and_the_category_decide_on_the_name(
    category: str, basis: str, asked: bool | None, found: Identity
) -> None:
    assert channel_choice.identity(shipped().categories[category], basis, asked) == found


@pytest.mark.parametrize(
    ("story", "platform", "basis", "category", "identity", "channel"),
    [
        ("anyone's notice", "facebook", "article_16", "csam", UNNAMED, "dsa"),
        ("no address set", "facebook", "article_22", "csam", NAMED, "dsa"),
        ("only by agreement", "facebook", "voluntary", "hate", NAMED, "trusted_partner"),
        ("a request of US law", "youtube", "take_it_down", "ncii_adult", NAMED, "take_it_down"),
        ("one page for all", "discord", "article_16", "hate", NAMED, "dsa"),
        ("none goes without a name", "discord", "article_16", "csam", UNNAMED, "dsa"),
        ("none here either", "telegram", "article_16", "csam", UNNAMED, "dsa"),
        ("anonymous notices are taken", "apple_app_store", "article_16", "csam", UNNAMED, "dsa"),
        ("no form needs a mandate first", "x", "article_16", "impersonation", NAMED, "dsa"),
        ("a form, not an open letter", "snapchat", "article_16", "csam", UNNAMED, "dsa"),
        ("the site's own form", "other", "article_16", "csam", UNNAMED, "contact_form"),
    ],
)
def test_the_first_channel_that_fits_is_the_default(
    story: str, platform: str, basis: str, category: str, identity: Identity, channel: str
) -> None:
    found = channel_choice.choose(
        shipped().platforms[platform], basis, category, identity=identity, may_act=False
    )

    assert found.id == channel


@pytest.mark.parametrize(
    ("story", "platform", "identity", "channel"),
    [
        ("a trusted flagger has its own entrance", "facebook", NAMED, "trusted_flagger"),
        ("which does not take unsigned notices", "facebook", UNNAMED, "dsa"),
        ("an address by agreement", "telegram", NAMED, "agreed"),
        ("an entrance that needs a name", "snapchat", NAMED, "trusted_flagger"),
        ("gives way to a form that does not", "snapchat", UNNAMED, "dsa"),
    ],
)
def test_where_a_form_needs_a_name_and_there_is_none_another_is_chosen(
    story: str, platform: str, identity: Identity, channel: str
) -> None:
    found = channel_choice.choose(
        addressed().platforms[platform], "article_22", "csam", identity=identity, may_act=False
    )

    assert found.id == channel


def test_a_wrong_channel_names_the_right_ones() -> None:
    with pytest.raises(Refused) as refused:
        channel_choice.asked_for(
            shipped().platforms["x"], "child_safety", "article_16", category="ncii_adult"
        )

    assert (refused.value.code, refused.value.detail) == (
        "channel_not_for_category",
        "child_safety does not take ncii_adult under article_16; "
        "use one of: dsa, private_information",
    )
    assert refused.value.faults[0].pointer == "/channel"


def test_an_unknown_channel_names_the_right_ones() -> None:
    with pytest.raises(Refused, match="X has no such channel; use one of: dsa, child_safety"):
        channel_choice.asked_for(shipped().platforms["x"], "fax", "article_16", category="csam")


def test_a_category_outside_a_basis_names_the_bases_that_take_it() -> None:
    with pytest.raises(Refused) as refused:
        channel_choice.choose(
            shipped().platforms["x"], "take_it_down", "hate", identity=NAMED, may_act=True
        )

    assert refused.value.detail == (
        "X has no channel for hate under take_it_down; "
        "choose another basis: article_22, article_16, voluntary"
    )
