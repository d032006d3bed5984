import os
import traceback
from pathlib import Path

import pytest

from app.kit import settings as settings_of
from app.kit.errors import Misconfigured
from tests.factories import SECRET


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("TAKEDOWN_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAKEDOWN_TIMEZONE", "Europe/Nowhere"),
        ("TAKEDOWN_RATE_LIMIT", "-1"),
        ("TAKEDOWN_RATE_LIMIT", "many"),
        ("TAKEDOWN_LOG_LEVEL", "loud"),
        ("TAKEDOWN_LOG_FORMAT", "xml"),
        ("TAKEDOWN_DOCS", "ajar"),
        ("TAKEDOWN_DATABASE_URL", "mysql://localhost/x"),
        ("TAKEDOWN_SECOND_FACTOR_ROLES", "admin,king"),
        ("TAKEDOWN_TRUSTED_PROXIES", "127.0.0.1,everybody"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Misconfigured) as refused:
        settings_of.read()

    assert str(refused.value).startswith(f"{name}: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (None, ("caseworker", "manager", "admin")),
        ("", ()),
        ("admin", ("admin",)),
        (" manager , admin,", ("manager", "admin")),
    ],
)
def test_who_must_have_a_second_factor_is_a_list_of_roles(
    monkeypatch: pytest.MonkeyPatch, text: str | None, roles: tuple[str, ...]
) -> None:
    if text is not None:
        monkeypatch.setenv("TAKEDOWN_SECOND_FACTOR_ROLES", text)

    assert settings_of.read().second_factor_roles == roles


def test_a_secret_key_is_kept_once_and_only_the_owner_may_read_it(tmp_path: Path) -> None:
    settings = settings_of.read(tmp_path / "data")
    assert settings_of.kept_secret(settings) is None

    settings_of.keep_secret(settings, SECRET)
    settings_of.keep_secret(settings, SECRET[::-1])

    assert settings_of.kept_secret(settings) == SECRET
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_secret_key_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    settings = settings_of.read(tmp_path)
    settings_of.keep_secret(settings, SECRET)
    (tmp_path / "secret.key").chmod(0o644)

    with pytest.raises(Misconfigured, match="chmod 600"):
        settings_of.kept_secret(settings)


@pytest.mark.parametrize("text", ["", "short", "é" * 44])
def test_a_broken_secret_key_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, text: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("TAKEDOWN_SECRET_KEY", text)

    with pytest.raises(Misconfigured, match="TAKEDOWN_SECRET_KEY"):
        settings_of.kept_secret(settings_of.read(tmp_path))


def test_the_database_lies_in_the_data_folder_unless_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert settings_of.read(tmp_path).database_address == f"sqlite:///{tmp_path}/takedown.sqlite3"

    monkeypatch.setenv("TAKEDOWN_DATABASE_URL", "postgresql://host/db")
    assert settings_of.read(tmp_path).database_address == "postgresql+psycopg://host/db"


@pytest.mark.parametrize(
    "address",
    ["postgresql://els:hunter2@host:hunter3/db", "postgresql://els:hun@[:hunter2@host/db"],
)
def test_an_address_that_cannot_be_read_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("TAKEDOWN_DATABASE_URL", address)

    with pytest.raises(Misconfigured, match=r"^TAKEDOWN_DATABASE_URL: .* cannot be read; ") as told:
        settings_of.read()

    assert "hunter" not in "".join(traceback.format_exception(told.value))


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://tracker.hotline.example", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://tracker.hotline.example", False),
        ("http://127.0.0.1.hotline.example", False),
    ],
)
def test_people_come_over_https_but_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, address: str, is_taken: bool
) -> None:
    monkeypatch.setenv("TAKEDOWN_PUBLIC_URL", address)

    if is_taken:
        assert settings_of.read().house(1) == address
        return
    with pytest.raises(Misconfigured, match=r"^TAKEDOWN_PUBLIC_URL: .*must start with https://"):
        settings_of.read()


def test_links_are_to_this_machine_while_no_public_address_is_set() -> None:
    assert settings_of.read().house(8123) == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("192.0.2.1", False), ("tracker.example", False)],
)  # fmt: skip
def test_a_host_is_this_machine_or_open_to_others(host: str, is_ours: bool) -> None:
    assert settings_of.is_loopback(host) is is_ours
