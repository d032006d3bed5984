"""Only in the demo: sign in by a button, as one of three people who do not exist."""

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy import select
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import people, sessions
from app.accounts.models import users
from app.accounts.permissions import ROLES
from app.accounts.signing_in import Step
from app.web.account import sign_in_page
from app.web.shell.request_context import Visit, visiting

router = APIRouter()


@router.post("/demo/sign-in/{role}")
def sign_in(role: str, visit: Annotated[Visit, visiting()]) -> Response:
    """Begin a visit as the demo's caseworker, manager or administrator."""
    if not visit.context.settings.demo or role not in ROLES:
        raise HTTPException(404)
    with visit.write() as unit:
        user_id = unit.connection.scalar(
            select(users.c.id).where(users.c.role == role).order_by(users.c.id).limit(1)
        )
        if user_id is None:
            raise HTTPException(404)
        person = people.get(unit, user_id)
        step = Step(sessions.begin(unit, user_id, is_complete=True), person, is_complete=True)
    return sign_in_page.further(visit, step)
