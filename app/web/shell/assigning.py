"""Something done to a takedown: who does it first has it for a while; looking claims nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.kit.database import Unit
from app.takedowns import assignments, queries
from app.takedowns.rows import TakedownRow
from app.web.shell.request_context import Visit


@contextmanager
def on(visit: Visit, reference: str) -> Iterator[tuple[Unit, TakedownRow]]:
    """Open a writing unit of work on a takedown; what is done in it was an act of the visitor's.

    What is refused raises through it, and was none.
    """
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        yield unit, row
        assignments.act(unit, row.id, visit.person.id)
