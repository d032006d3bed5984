"""Content without a link, as somebody types it: an account, a message, a moment on a platform."""

from datetime import datetime

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


def typed(form: Form) -> dict[str, str]:
    """Return what was typed, by name; blank fields are left out."""
    found = {name: form.given(f"{FIELD}{name}") for name in NAMES}
    return {name: value for name, value in found.items() if value is not None}


def recurring(form: Form) -> dict[str, str]:
    """Return what stands in the fields after something was added: the platform may well recur."""
    return {"platform": form.text(f"{FIELD}platform")}


def is_begun(form: Form) -> bool:
    """Tell whether anything was typed: a platform alone may stand there from the one before."""
    return bool(typed(form).keys() - {"platform", WHICH})


def checked(form: Form, workspace: Workspace, now: datetime) -> dict[str, str]:
    """Return what was typed in the API's own shape; raises Refused naming all to mend."""
    told, faults = typed(form), list[Fault]()
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
        faults += [_of_form(one) for one in error.faults]
    if faults:
        raise Refused("invalid_request", "some fields need a look", faults)
    return {"platform": told["platform"], **place}


def _of_form(fault: Fault) -> Fault:
    return fault._replace(pointer=f"/{FIELD}{fault.pointer.strip('/')}")
