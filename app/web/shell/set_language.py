"""Choose the language of the pages."""

from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.web.shell import addresses, cookies, languages
from app.web.shell.request_context import Visit, visiting

router = APIRouter()


@router.get("/language/{language}")
def speak(language: str, visit: Annotated[Visit, visiting()]) -> Response:
    """Show pages in this language from now on, and go back to where the visitor was."""
    if language not in languages.LANGUAGES:
        raise HTTPException(404)
    back = addresses.local(visit.request.query_params.get("next"), "/inbox")
    return cookies.speak(visit.to(back), visit.context, language)
