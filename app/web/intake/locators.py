"""Content without a link, as somebody types it: an account, a message, a moment on a platform."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.notices.filling import Workspace
from app.platforms.recognition import Recognised
from app.schemas.shapes import LocatorIn
from app.schemas.values import refuse_future
from app.web.shell import forms
from app.web.shell.forms import OFFSET, Form

FIELD = "locator-"
MOMENT = "occurred_at"
WHICH = f"{MOMENT}{OFFSET}"
NAMES = ("platform", *LocatorIn.model_fields, WHICH)


class Added(NamedTuple):
    """What was typed of content without a link, by name, and what it is: a place, or to be mended.

    Neither where nothing was added.
    """

    typed: Mapping[str, str] = MappingProxyType({})
    place: Mapping[str, str] | None = None
    error: Refused | None = None

    @property
    def again(self) -> dict[str, str]:
        """What stands in the fields next: what is to be mended, else the platform: it may recur."""
        if self.error:
            return {"account": "", **self.typed}
        return {"platform": self.typed.get("platform", "")}


def read(form: Form, workspace: Workspace, now: datetime, *, is_pressed: bool) -> Added:
    """Read what was typed, if anything was: a platform alone may stand there from the one before.

    `is_pressed` tells that it is to be added all the same.
    """
    found = {name: form.given(f"{FIELD}{name}") for name in NAMES}
    told = {name: value for name, value in found.items() if value is not None}
    if not (is_pressed or told.keys() - {"platform", WHICH}):
        return Added(told)
    faults = list[Fault]()
    if told.get("platform") not in workspace.catalogue.platforms:
        faults.append(Fault(f"/{FIELD}platform", "unknown_platform", "choose a platform"))
    if isinstance(workspace.recogniser.recognise(told.get("account", ""), now=now), Recognised):
        faults.append(Fault(f"/{FIELD}account", "is_link", "paste it with the links"))
    place = {name: told[name] for name in LocatorIn.model_fields if name in told}
    try:
        at = form.moment(f"{FIELD}{MOMENT}", workspace.zone)
        refuse_future(now, **{f"{FIELD}{MOMENT}": at})
        place |= {} if at is None else {MOMENT: stamp(at)}
    except Refused as error:
        faults += error.faults
        del place[MOMENT]
    try:
        place = forms.checked(LocatorIn, place).model_dump(mode="json", exclude_none=True)
    except Refused as error:
        faults += [
            one._replace(pointer=f"/{FIELD}{one.pointer.strip('/')}") for one in error.faults
        ]
    if faults:
        refused = Refused("invalid_request", "some fields need a look", faults)
        return Added(told, error=refused)
    return Added(told, {"platform": told["platform"], **place})
