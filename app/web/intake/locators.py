"""Content without a link, as somebody types it: an account, a message, a moment on a platform."""

from collections.abc import Mapping
from datetime import datetime

from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.notices import new_items
from app.notices.filling import Workspace
from app.platforms.recognition import Recognised
from app.schemas.shapes import LocatorIn
from app.schemas.values import refuse_future
from app.takedowns.intake import NewItem
from app.web.shell import forms
from app.web.shell.forms import OFFSET, Form

FIELD = "locator-"
MOMENT = "occurred_at"
WHICH = f"{MOMENT}{OFFSET}"
NAMES = ("platform", *LocatorIn.model_fields, WHICH)


def from_form(form: Form) -> dict[str, str]:
    """Return what was typed, by name; blank fields are left out."""
    found = {name: form.given(f"{FIELD}{name}") for name in NAMES}
    return {name: value for name, value in found.items() if value is not None}


def is_begun(told: Mapping[str, str]) -> bool:
    """Tell whether anything was typed: a platform alone may stand there from the one before."""
    return bool(told.keys() - {"platform", WHICH})


def checked(told: Mapping[str, str], workspace: Workspace, now: datetime) -> dict[str, str]:
    """Check what was typed against the API's own shape; raises Refused naming all to mend."""
    faults: list[Fault] = []
    if told.get("platform") not in workspace.catalogue.platforms:
        faults.append(Fault("/platform", "unknown_platform", "choose a platform"))
    place = {name: told[name] for name in NAMES[1:] if name in told}
    if isinstance(workspace.recogniser.recognise(place.get("account", ""), now=now), Recognised):
        faults.append(Fault("/account", "is_link", "paste it with the links"))
    try:
        place |= _moment(place, workspace, now)
    except Refused as error:
        faults += error.faults
        del place[MOMENT]
    place.pop(WHICH, None)
    try:
        locator: LocatorIn = forms.checked(LocatorIn, place)
    except Refused as error:
        faults += error.faults
    if faults:
        found = [one._replace(pointer=f"/{FIELD}{one.pointer.strip('/')}") for one in faults]
        raise Refused("invalid_request", "some fields need a look", found)
    return {"platform": told["platform"], **locator.model_dump(mode="json", exclude_none=True)}


def item_of(told: Mapping[str, str]) -> NewItem:
    """Return the item that a checked place is."""
    place = {name: told[name] for name in NAMES[1:] if name in told}
    return new_items.item_without_url(told["platform"], place)


def _moment(place: Mapping[str, str], workspace: Workspace, now: datetime) -> dict[str, str]:
    at = Form(tuple(place.items())).moment(MOMENT, workspace.zone)
    refuse_future(now, **{MOMENT: at})
    return {} if at is None else {MOMENT: stamp(at)}
