"""Settings: read once from the environment, checked, frozen, passed in."""

import base64
import binascii
import os
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.kit.errors import Misconfigured
from app.kit.vault import SECRET_BYTES

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "TAKEDOWN_"
SECRET_FILE = "secret.key"
Role = Literal["caseworker", "manager", "admin"]
LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["text", "json"]
_LOOPBACK_NAMES = frozenset(("localhost", "ip6-localhost"))


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no such time zone; write it like Europe/Brussels") from error
    return name


def _known_database(address: str) -> str:
    if not address.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("must start with postgresql:// or sqlite:///")
    try:
        make_url(address)
    except (ArgumentError, ValueError):  # its words repeat what may be part of a password
        mend = "write it postgresql://user:password@host:port/name, an @ in the password as %40"
        raise ValueError(f"cannot be read; {mend}") from None
    return address


def _networks(text: str) -> str:
    for part in filter(None, text.split(",")):
        try:
            ip_network(part.strip())
        except ValueError as error:
            raise ValueError(f"{part.strip()} is no address and no network") from error
    return text


def _small(word: object) -> object:
    return word.strip().lower() if isinstance(word, str) else word


def _encrypted(address: HttpUrl) -> HttpUrl:
    if address.scheme != "https" and not is_loopback(address.host or ""):
        raise ValueError("must start with https://; http:// is for this machine alone")
    return address


def _listed(text: object) -> object:
    if not isinstance(text, str):
        return text
    return [part.strip() for part in text.split(",") if part.strip()]


class Settings(BaseSettings):
    """What a deployment may change."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data_dir: Path = Path("data")
    database_url: Annotated[str, AfterValidator(_known_database)] | None = None
    secret_key: SecretStr | None = None
    templates_dir: Path = ROOT / "platform_templates"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Brussels"
    public_url: Annotated[HttpUrl, AfterValidator(_encrypted)] | None = None
    organisation_name: str = Field("", max_length=200)
    organisation_email: str = Field("", max_length=254)
    second_factor_roles: Annotated[tuple[Role, ...], NoDecode, BeforeValidator(_listed)] = (
        "caseworker",
        "manager",
        "admin",
    )
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = ""
    rate_limit: int = Field(6000, ge=0, le=1_000_000)
    log_level: Annotated[LogLevel, BeforeValidator(_small)] = "info"
    log_format: Annotated[LogFormat, BeforeValidator(_small)] = "text"
    docs: Annotated[Literal["open", "closed"], BeforeValidator(_small)] = "open"
    demo: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of local calendar dates."""
        return ZoneInfo(self.timezone)

    @property
    def database_address(self) -> str:
        """The database as SQLAlchemy writes it; SQLite in the data folder unless set."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir.resolve() / 'takedown.sqlite3'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    def house(self, port: int) -> str:
        """Return how an address of ours begins: as settings say, never as a caller's Host does."""
        return str(self.public_url or f"http://127.0.0.1:{port}").rstrip("/")


def is_loopback(host: str) -> bool:
    """Tell whether a host, as one listens on it or writes it in an address, is this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in _LOOPBACK_NAMES


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def meaningless(environment: Mapping[str, str], known: Collection[str]) -> list[str]:
    """Return a line for each variable of ours that sets nothing; `known` ones do elsewhere."""
    names = sorted({*map(variable, Settings.model_fields), *known})
    found = []
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in names:
            near = get_close_matches(name.upper(), names, 1, 0.85)
            mend = f"did you mean {near[0]}?" if near else "takedown settings lists those there are"
            found.append(f"{name}: no setting has this name; {mend}")
    return found


def read(data_dir: Path | None = None, **fixed: object) -> Settings:
    """Read the environment; raises Misconfigured with one line naming the wrong setting."""
    if data_dir is not None:
        fixed["data_dir"] = data_dir
    try:
        return Settings(**fixed)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = variable("_".join(str(part) for part in first["loc"][:1]))
        raise Misconfigured(f"{name}: {first['msg']}") from None


def kept_secret(settings: Settings) -> bytes | None:
    """Return the secret key, from the environment or the data folder; None when there is none."""
    if settings.secret_key is not None:
        return decoded(settings.secret_key.get_secret_value(), f"{PREFIX}SECRET_KEY")
    path = settings.data_dir / SECRET_FILE
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise Misconfigured(f"{path}: others may read the secret key; run chmod 600 on it")
    return decoded(path.read_text(encoding="ascii", errors="replace"), str(path))


def keep_secret(settings: Settings, key: bytes) -> None:
    """Keep a secret key in the data folder, unless one is there."""
    path = settings.data_dir / SECRET_FILE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.urlsafe_b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # whoever comes second keeps the first one's key
    except FileExistsError:
        pass
    finally:
        part.unlink()


def decoded(text: str, where: str) -> bytes:
    """Read a secret key as it is written down; raises Misconfigured naming where it stood."""
    try:
        key = base64.urlsafe_b64decode(text.strip().encode("ascii"))
    except (binascii.Error, ValueError, UnicodeEncodeError):
        key = b""
    if len(key) != SECRET_BYTES:
        raise Misconfigured(f"{where}: must be {SECRET_BYTES} random bytes in base64 (url-safe)")
    return key
