"""Help: a page a word, the definitions, a first week, and which key does what."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.takedowns import cache
from app.web.help import entries, first_week
from app.web.help.keys import KEYS
from app.web.help.vocabularies import HelpWord
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/help")
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]


@router.get("")
def index(visit: Reader) -> Response:
    """List every word, one line each."""
    return visit.page("help/index.html", titles=entries.TITLES, groups=entries.GROUPS)


@router.get("/shortcuts")
def shortcuts(visit: Reader) -> Response:
    """Show every key."""
    groups = [
        (visit.words.gettext(title), [(key, visit.words.gettext(words)) for key, words in keys])
        for title, keys in KEYS
    ]
    return visit.page("help/dialog.html" if visit.is_partial else "help/page.html", groups=groups)


@router.get("/definitions")
def definitions(visit: Reader) -> Response:
    """Say what each number and each word of the tables means."""
    return visit.page("help/definitions.html")


@router.get("/first-week")
def week(visit: Reader) -> Response:
    """Lead somebody new through five days; in the demo with what there is to try."""
    examples: Mapping[str, str] = {}
    if visit.context.settings.demo:
        cache.catch_up(visit.context.database)
        with visit.read() as unit:
            examples = first_week.examples(unit)
    return visit.page(
        "help/first_week.html",
        days=first_week.DAYS,
        examples=examples,
        entries=entries.ENTRIES,
    )


@router.get("/{word}")
def explain(word: str, visit: Reader) -> Response:
    """Explain a word: what it is, what to do, what the numbers make of it."""
    if not HelpWord.has(word):
        raise HTTPException(404)
    return visit.page(
        "help/word_dialog.html" if visit.is_partial else "help/word.html",
        entry=entries.ENTRIES[HelpWord(word)],
        entries=entries.ENTRIES,
    )
