"""What a browser keeps for us: its session, by what it is known, and how pages are to look."""

from starlette.responses import Response

from app.accounts import devices
from app.accounts.signing_in import Step
from app.context import Context

LANGUAGE = "language"
DEVICE = "device"
_YEAR = 365 * 24 * 3600


def name(context: Context, what: str = "session") -> str:
    """Return the name of a cookie that proves something: `__Host-` ones go to this host only.

    The demo runs on plain HTTP, where not every browser keeps a Secure cookie.
    """
    return what if context.settings.demo else f"__Host-{what}"


def remember(answer: Response, context: Context, step: Step) -> Response:
    """Give the browser its session, and by what it is known when it proved a second factor."""
    _give(answer, context, name(context), value=step.token)
    if step.device is not None:
        life = int(devices.KNOWN.total_seconds())
        _give(answer, context, name(context, DEVICE), value=step.device, seconds=life)
    return answer


def forget(answer: Response, context: Context) -> Response:
    """Take the session from the browser."""
    answer.delete_cookie(
        name(context),
        path="/",
        secure=not context.settings.demo,
        httponly=True,
        samesite="lax",
    )
    return answer


def speak(answer: Response, context: Context, language: str) -> Response:
    """Let the browser remember a language."""
    return keep(answer, context, LANGUAGE, value=language)


def keep(answer: Response, context: Context, called: str, *, value: str) -> Response:
    """Let the browser remember how pages are to look there; an empty value is forgotten."""
    _give(answer, context, called, value=value, seconds=_YEAR if value else 0)
    return answer


def _give(
    answer: Response, context: Context, called: str, *, value: str, seconds: int | None = None
) -> None:
    """Set a cookie; without a life it goes when the browser is closed."""
    answer.set_cookie(
        called,
        value,
        max_age=seconds,
        path="/",
        secure=not context.settings.demo,
        httponly=True,
        samesite="lax",
    )
