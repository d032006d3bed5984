"""Who may import, which import a page is about, and the worker that carries it out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.imports import kept
from app.imports.kept import Import, Overtaken
from app.imports.vocabularies import ImportStage
from app.imports.worker import Worker
from app.kit.database import Unit
from app.web.shell.request_context import Visit, require_rights

# Managers and administrators: what is imported stands in all figures.
RIGHTS = (Scope.REPORTS_WRITE, Scope.TAKEDOWNS_WRITE, Scope.CONTENT_READ)
Importer = Annotated[Visit, require_rights(*RIGHTS)]
Sender = Annotated[Visit, require_rights(*RIGHTS, takes_files=True)]
OVERTAKEN = "overtaken"
A_MOMENT = 0.5  # seconds: a short file is done by then, and nobody has to watch it


@contextmanager
def seen(visit: Visit, number: int, *stages: ImportStage) -> Iterator[tuple[Unit, Import]]:
    """Open a reading unit of work about one's own import, at one of these stages.

    Answers 404 where there is none, and leads to what is at hand where it is at another stage.
    """
    with visit.read() as unit:
        found = kept.find(unit, visit.person.id, number)
        if found is None:
            raise HTTPException(404)
        if stages and found.stage not in stages:
            raise _elsewhere(visit, found)
        yield unit, found


def wanted(visit: Visit, number: int, *stages: ImportStage) -> Import:
    """Return one's own import, at one of these stages."""
    with seen(visit, number, *stages) as (_, found):
        return found


@contextmanager
def changing(visit: Visit, one: Import) -> Iterator[Unit]:
    """Open a writing unit of work about an import that was seen at its stage.

    Of two windows that press at once the second is told, and led to what is at hand.
    """
    try:
        with visit.write() as unit:
            yield unit
    except Overtaken:
        raise _elsewhere(visit, one) from None


def _elsewhere(visit: Visit, one: Import) -> HTTPException:
    """Lead to what is at hand; whoever pressed something is told that it changed nothing."""
    told = f"?{OVERTAKEN}=1" if visit.request.method == "POST" else ""
    return HTTPException(303, headers={"Location": f"{address(one)}{told}"})


def worker(visit: Visit) -> Worker:
    """Return the worker of this server."""
    found: Worker = visit.request.app.state.importer
    return found


def at_work(visit: Visit, one: Import) -> Response:
    """Let the worker begin, and show how far it is."""
    worker(visit).wake()
    worker(visit).rest(A_MOMENT)
    return visit.to(address(one))


def address(one: Import) -> str:
    """Return where an import is, whatever its stage."""
    return f"/imports/{one.id}"
