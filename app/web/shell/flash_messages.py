"""Flash messages: what a page says after something was done, by the code in its address.

Pure. An event that has no sentence of its own is told by its label.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_, Words
from app.operations.undo_last import MARK
from app.schemas.vocabularies import EventKind
from app.web.shell import labels

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # a notice
        "submitted": N_("Recorded: the notice went out."),
        "words": N_("The words of the notice are kept."),
        "reset": N_("The notice says again what the template says."),
        "recipient": N_("Recorded where the notice goes."),
        "came_back": N_("Recorded: it is online again, and the request goes on."),
        "form_changed": N_("Recorded: everybody is warned that this form changed."),
        "form_right": N_("Recorded: the form was as shown."),
        "taken_off": N_("Taken off: no reminder is to be sent for it."),
        # a takedown
        "reply": N_("The platform's reply is recorded."),
        "check": N_("What was seen is recorded."),
        "answer": N_("Our answer is recorded."),
        "complain": N_("The complaint is recorded."),
        "escalate": N_("The escalation is recorded."),
        "accept": N_("The decision is accepted."),
        "release": N_("The request is released from hold."),
        "hold": N_("The request is on hold."),
        "unsent": N_("It is recorded that the notice was not sent."),
        "note": N_("The note is kept."),
        "close": N_("The request is closed."),
        "reopen": N_("The request is open again."),
        "withdraw": N_("The request is withdrawn."),
        "correct": N_("The entry is corrected."),
        "facts": N_("The facts are changed."),
        "again": N_("This is the new request, with the same facts."),
        "claim": N_("The request is with you now."),
        "wait": N_("The request is put aside."),
        "unwait": N_("The request is in the inbox again."),
        # undoing, and the inbox
        "undone": N_("Undone. The timeline shows both entries."),
        "not_undone": N_("This cannot be undone any more. Correct it in the timeline."),
        "too_late_to_undo": N_(
            "This is over ten minutes old and can no longer be undone. Correct it in the timeline."
        ),
        "not_yours": N_("Somebody else recorded this. Correct it in the timeline instead."),
        "inbox_done": N_("That was the last one in the inbox that nobody has."),
        # one's own account
        "look": N_("Saved."),
        "password": N_("The password is changed. Your other sessions have ended."),
        # metrics
        "report_kept": N_("The report is kept, and its figures stand beside ours."),
        # reports
        "report_begun": N_("The report is begun."),
        "report_there": N_("There is a report of this kind and these days already: this one."),
        "report_cells": N_("Confirmed: nobody can be recognised in these cells."),
        "report_frozen": N_("Frozen: this version stays as it is."),
        # administration
        "saved": N_("Saved."),
        "basis": N_("Saved."),
        "targets": N_("Saved."),
        "addresses": N_("Saved."),
        "revoked": N_("Revoked."),
        "changed": N_("Saved. This person's sessions have ended."),
        "disabled": N_("Disabled. This person's sessions have ended."),
        "enabled": N_("Enabled."),
        "dropped": N_("The second factor is removed. The next sign-in sets up a new one."),
    }
)


def sentence(words: Words, code: str | None) -> str:
    """Return what to say, empty where there is nothing or nothing known."""
    text = SENTENCES.get(code or "")
    if code and text is None and EventKind.has(code):
        what = labels.of(words, "event", code)
        return words.gettext("Recorded: %(what)s.") % {"what": what}
    return words.gettext(text) if text else ""


def marks(text: str | None) -> list[str]:
    """Return the marks of what can be undone, as an address or a form names them."""
    return [mark for mark in (text or "").split(",") if MARK.fullmatch(mark)]
