"""The audit log: who did what, filtered, proved, and as a spreadsheet."""

from collections.abc import Generator, Mapping, Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.audit import Entry, Wanted
from app.accounts.vocabularies import Action, Scope
from app.kit import canonical, cells, paging, references
from app.kit.database import Database, Unit
from app.kit.paging import Place
from app.kit.wording import N_, Words
from app.web.administration import copy_sessions
from app.web.shell import downloads
from app.web.shell.downloads import Table
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
PATH = "/audit"
ROWS = 50
CHUNK = 500
Admin = Annotated[Visit, require_rights(Scope.ADMIN)]
NOBODY: Mapping[str, str] = {
    audit.COMMAND_LINE: N_("command line"),
    audit.UNKNOWN: N_("unknown"),
}
HEADINGS: Mapping[str, str] = {
    "number": N_("No."),
    "at": N_("When"),
    "by": N_("Who"),
    "action": N_("What"),
    "reference": N_("Request"),
    "detail": N_("Detail"),
}
ACTIONS: Mapping[Action, str] = {
    Action.SIGNED_IN: N_("Signed in"),
    Action.SIGN_IN_FAILED: N_("Failed to sign in"),
    Action.SIGNED_OUT: N_("Signed out"),
    Action.JOINED: N_("Joined"),
    Action.LINK_MADE: N_("Made a one-time link"),
    Action.PASSWORD_SET: N_("Set a password"),
    Action.SECOND_FACTOR_SET: N_("Set up a second factor"),
    Action.SECOND_FACTOR_DROPPED: N_("Removed a second factor"),
    Action.RECOVERY_CODES_RENEWED: N_("Made new recovery codes"),
    Action.USER_ADDED: N_("Added a person"),
    Action.USER_CHANGED: N_("Changed a person"),
    Action.USER_DISABLED: N_("Disabled a person"),
    Action.USER_ENABLED: N_("Enabled a person"),
    Action.TOKEN_ADDED: N_("Added an API token"),
    Action.TOKEN_ROTATED: N_("Rotated an API token"),
    Action.TOKEN_REVOKED: N_("Revoked an API token"),
    Action.CONTENT_READ: N_("Read links, accounts or texts with a token"),
    Action.BACKED_UP: N_("Made a backup"),
    Action.RESTORED: N_("Restored a backup"),
    Action.REVEALED: N_("Revealed what is masked"),
    Action.COPIED: N_("Copied without revealing"),
    Action.OPENED: N_("Opened reported content"),
    Action.EXPORTED: N_("Exported"),
    Action.DENIED: N_("Was refused"),
    Action.TAKEN_OVER: N_("Took over a request"),
    Action.ASSIGNED: N_("Gave a request to somebody"),
    Action.RELEASED: N_("Gave a request back"),
    Action.BASIS_RECORDED: N_("Recorded a legal basis"),
    Action.STATUS_RECORDED: N_("Recorded the trusted-flagger status"),
    Action.ORGANISATION_CHANGED: N_("Changed the organisation’s details"),
    Action.TARGETS_CHANGED: N_("Changed a platform’s targets"),
    Action.ADDRESSES_CHANGED: N_("Changed confidential addresses"),
    Action.TRANSPARENCY_REPORT_KEPT: N_("Kept a platform’s transparency report"),
    Action.ALARM_CHANGED: N_("Changed the alarm on our own notices"),
    Action.REPORT_BEGUN: N_("Began a report"),
    Action.REPORT_CELLS_CONFIRMED: N_("Confirmed the cells of one of a report"),
    Action.REPORT_FROZEN: N_("Froze a report"),
    Action.KEY_COPY_CONFIRMED: N_("Confirmed that the secret key has a copy elsewhere"),
    Action.IMPORT_STARTED: N_("Started an import"),
}


class Asked(NamedTuple):
    """A filter as it stands in the address: people by a code, for names do not belong there."""

    who: str
    action: str
    reference: str

    def query(self) -> str:
        """Write it for an address."""
        return "&".join(f"{name}={value}" for name, value in self._asdict().items() if value)


@router.get(PATH)
def show(visit: Admin) -> Response:
    """Show who did what, newest first, and with `check` whether the log is what was recorded."""
    query = visit.request.query_params
    cursor = query.get("cursor")
    with visit.read() as unit:
        people = _people(unit)
        asked = _asked(query, people, audit.actions(unit))
        before = paging.place(cursor).id if cursor else None
        page = audit.page(unit, _wanted(asked, people), before=before, limit=ROWS + 1)
        faults = list(audit.faults(unit)) if "check" in query else None
        actions = audit.actions(unit)
    more = f"&cursor={paging.cursor(Place(page[ROWS - 1].number))}" if len(page) > ROWS else ""
    return visit.page(
        "administration/audit.html",
        rows=copy_sessions.folded(page[:ROWS]),
        asked=asked,
        people=sorted(
            ((code, called(visit.words, name)) for code, name in people.items()),
            key=lambda one: one[1].casefold(),
        ),
        actions=[(code, told(visit.words, code)) for code in actions],
        told=lambda code: told(visit.words, code),
        called=lambda name: called(visit.words, name),
        next_address=f"{PATH}?{asked.query()}{more}" if more else "",
        faults=faults,
    )


@router.post("/audit/export")
def export(visit: Admin) -> Response:
    """Give the log out as a spreadsheet, filtered as shown; writes down that it was."""
    with visit.read() as unit:
        people = _people(unit)
        told_by_form = {name: visit.form.text(name) for name in Asked._fields}
        wanted = _wanted(_asked(told_by_form, people, audit.actions(unit)), people)
    found = Table(
        name=f"audit-{visit.context.clock():%Y-%m-%d}",
        title=visit.words.gettext("Audit log"),
        columns={name: visit.words.gettext(HEADINGS[name]) for name in Entry._fields},
        rows=_rows(visit.context.database, wanted),
        labels={"action": {str(code): words for code, words in ACTIONS.items()}, "by": NOBODY},
    )
    form = downloads.form_of(visit.form.text("form"))
    return downloads.recorded(visit, found, form, detail={"what": "audit"})


def told(words: Words, action: str) -> str:
    """Return an action in the visitor's words; what is none, in a changed log, as it stands."""
    return words.gettext(ACTIONS[Action(action)]) if Action.has(action) else action


def called(words: Words, name: str) -> str:
    """Return who did it: a person's own name, or in the visitor's words what is nobody's."""
    return words.gettext(NOBODY[name]) if name in NOBODY else name


def _people(unit: Unit) -> dict[str, str]:
    """Return everybody in the log, by a code that tells nothing to who sees an address."""
    return {unit.vault.index("audit by", name)[:6].hex(): name for name in audit.names(unit)}


def _asked(query: Mapping[str, str], people: Mapping[str, str], actions: Sequence[str]) -> Asked:
    """Read a filter; what nothing goes by is left out."""
    who, action = query.get("who", ""), query.get("action", "")
    reference = query.get("reference", "").strip().upper()
    return Asked(
        who if who in people else "",
        action if action in actions else "",
        reference if references.PATTERN.fullmatch(reference) else "",
    )


def _wanted(asked: Asked, people: Mapping[str, str]) -> Wanted:
    return Wanted(
        people.get(asked.who),
        asked.action or None,
        asked.reference or None,
    )


def _rows(database: Database, wanted: Wanted) -> Generator[Sequence[cells.Value]]:
    before: int | None = None
    while True:
        with database.read() as unit:
            page = audit.page(unit, wanted, before=before, limit=CHUNK)
        for entry in page:
            yield [*entry[:-1], canonical.text(entry.detail)]
        if len(page) < CHUNK:
            return
        before = page[-1].number
