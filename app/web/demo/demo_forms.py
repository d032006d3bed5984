"""Only in the demo: forms as platforms have them, served by ourselves; they keep nothing."""

import secrets
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.languages import SOURCE
from app.platforms.channels import Channel
from app.schemas.vocabularies import ChannelKind
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reading = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]


@router.get("/demo/forms/{platform}/{channel}")
def show(platform: str, channel: str, visit: Reading) -> Response:
    """Show a form with the fields that the catalogue says the real one has."""
    return _page(visit, platform, channel, ticket="")


@router.post("/demo/forms/{platform}/{channel}")
def take(platform: str, channel: str, visit: Reading) -> Response:
    """Answer with a ticket number, as a platform would; what was sent is not even looked at."""
    return _page(visit, platform, channel, ticket=f"{secrets.randbelow(900_000) + 100_000}")


def _page(visit: Visit, platform: str, channel_id: str, *, ticket: str) -> Response:
    channel = _channel(visit, platform, channel_id)
    texts = visit.workspace.catalogue.texts[SOURCE]
    labels = [
        (field, field.label[SOURCE] if field.label else texts.fields[field.id])
        for field in channel.fields
    ]
    return visit.page("demo/form.html", platform=platform, labels=labels, ticket=ticket)


def _channel(visit: Visit, platform: str, channel_id: str) -> Channel:
    known = visit.workspace.catalogue.platforms.get(platform)
    if visit.context.settings.demo and known is not None:
        for channel in known.channels:
            if channel.id == channel_id and channel.kind == ChannelKind.FORM:
                return channel
    raise HTTPException(404)
