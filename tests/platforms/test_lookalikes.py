import pytest

from app.platforms.lookalikes import Lookalikes

LOOKALIKES = Lookalikes(
    ["facebook", "instagram", "google", "tiktok", "discord", "x"],
    frozenset(["www.facebook.com", "facebook.com", "t.co", "youtu.be", "x.com"]),
)


@pytest.mark.parametrize(
    "host",
    [
        "facebook.evil.example",
        "facebook.com.evil.example",
        "wwwfacebook.com",
        "face-book.com",
        "facebook-com.example",
        "faceb00k.com",
        "facebok.com",
        "faceboook.com",
        "facbeook.com",
        "wwwfacebok-login.example",
        "fаcebook.com",
        "ìnstagram.com",
        "lnstagram.com",
        "instagrarn.com",
        "tıktok.com",
        "discorcl.com",
        "g00gle.example",
        "xn--fcebook-2fg.com",
        "t.co.evil.example",
        "youtu-be.example",
        "x.co",
    ],
)
def test_a_name_or_one_edit_or_letter_from_it_looks_alike(host: str) -> None:
    assert LOOKALIKES.has(host)


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "www.voorbeeld.example",
        "notx.com",
        "telegram.org",
        "fasebok.example",
        "box.com",
    ],
)
def test_other_hosts_do_not(host: str) -> None:
    assert not LOOKALIKES.has(host)
