"""The settings as they are in effect, and what is odd about them: `takedown settings`."""

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import DataDir, Json, print_rows, say

if TYPE_CHECKING:
    from app.kit.settings import Settings
    from app.notices.filling import Workspace
    from app.platforms.catalogue import Catalogue

HIDDEN = "********"


def settings(as_json: Json = False, data_dir: DataDir = None) -> None:
    """Print each setting: name, value, and whether it is from environment, file or default."""
    from app import main
    from app.kit import settings as settings_of

    found = settings_of.read(data_dir)
    workspace = main.workspace_of(found)
    rows = list(told(found, os.environ, data_dir, channels=channel_names(workspace.catalogue)))
    print_rows(rows, as_json=as_json)
    for line in settings_of.meaningless(os.environ, channel_names(workspace.catalogue)):
        say(line)


def told(
    settings: "Settings",
    environment: Mapping[str, str],
    data_dir: Path | None,
    *,
    channels: Collection[str],
) -> Iterator[dict[str, object]]:
    """Yield each setting with its value, secrets hidden, and its source."""
    from app import opening
    from app.kit.settings import SECRET_FILE, Settings, variable

    given = {name.upper() for name in environment}
    for name in Settings.model_fields:
        value: object = getattr(settings, name)
        source = "environment" if variable(name) in given else "default"
        match name:
            case "data_dir":
                value, source = str(value), "option" if data_dir is not None else source
            case "secret_key":
                is_kept = (settings.data_dir / SECRET_FILE).exists()
                source = "file" if value is None and is_kept else source
                value = HIDDEN if value is not None or is_kept else None
            case "database_url":
                value = opening.place(settings)
        yield {"name": variable(name), "value": _plain(value), "source": source}
    for name in sorted(channels):
        if name in given:
            yield {"name": name, "value": HIDDEN, "source": "environment"}


def warnings(workspace: "Workspace", environment: Mapping[str, str]) -> list[str]:
    """Return what is odd and stops nothing, each naming the variable and the mend."""
    from app.kit import settings as settings_of
    from app.kit.settings import variable
    from app.platforms.channels import MAIL

    found = settings_of.meaningless(environment, channel_names(workspace.catalogue))
    organisation = workspace.organisation
    for name, value in (("name", organisation.name), ("email", organisation.email)):
        if not value:
            found.append(
                f"{variable(f'organisation_{name}')}: is not set, so notices cannot say who sends "
                "them; set it, or write it on the page Administration, Organisation"
            )
    if organisation.email and not MAIL.fullmatch(organisation.email):
        found.append(
            f"{variable('organisation_email')}: is no e-mail address; write it name@example.org"
        )
    return found


def channel_names(catalogue: "Catalogue") -> frozenset[str]:
    """Return the variables that hold the address a platform told in confidence."""
    from app.platforms.platform import environment_name

    return frozenset(
        environment_name(slug, channel.id)
        for slug, platform in catalogue.platforms.items()
        for channel in platform.channels
        if channel.confidential
    )


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | bool):
        return value
    return list(value) if isinstance(value, tuple) else str(value)
