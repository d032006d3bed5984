"""One reminder for several takedowns, marked as sent: each is recorded, or skipped and says why."""

from collections.abc import Sequence

from app.accounts.permissions import Person
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow
from app.notices import joint_filling, prepared, submission
from app.notices.filling import Workspace
from app.notices.submission import Sending
from app.operations import bulk
from app.operations.bulk import Done
from app.schemas.vocabularies import Source
from app.takedowns import assignments, queries
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor


def send(
    unit: Unit,
    workspace: Workspace,
    references: Sequence[str],
    *,
    seen: str,
    sending: Sending,
    person: Person,
) -> list[Done]:
    """Freeze one reminder under each takedown, and record that it went out.

    Raises Stale where it is not what was `seen`, Refused where it is told to have a ticket and
    none. What was sent, taken off or settled meanwhile is skipped.
    """
    submission.refuse_contradiction(sending)
    rows = {row.reference: row for row in queries.by_references(unit, references)}
    found = [rows[reference] for reference in references if reference in rows]
    if not any(prepared.is_prepared(unit, row) for row in found):
        return [Done(reference, None, "not_to_be_sent") for reference in references]
    shares = dict(joint_filling.shares(joint_filling.one_of(unit, workspace, found, seen=seen)))

    def deed(row: TakedownRow) -> str:
        if not prepared.is_prepared(unit, row):
            raise NotAllowedNow("not_to_be_sent", "its reminder is not to be sent any more")
        by = Actor(person.name, Source.PERSON)
        recorded = submission.send_share(unit, row, shares[row.reference], sending=sending, by=by)
        assignments.act(unit, row.id, person.id)
        return str(recorded.entry.number)

    return [bulk.tried(unit, reference, deed) for reference in shares]
