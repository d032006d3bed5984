"""What a page says after something was done: a code in its address, a sentence on the page.

Pure. Pages with sentences of their own say those themselves; these are said on any page.
"""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from app.operations.undo_last import MARK
from app.web.shell.languages import N_, Words

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "undone": N_("Undone. The timeline shows both entries."),
        "not_undone": N_("This cannot be undone any more. Correct it in the timeline."),
        "too_late_to_undo": N_(
            "This is over ten minutes old and can no longer be undone. Correct it in the timeline."
        ),
        "not_yours": N_("Somebody else recorded this. Correct it in the timeline instead."),
        "inbox_done": N_("That was the last one in the inbox that nobody has."),
    }
)


def sentence(words: Words, code: str | None) -> str:
    """Return what to say, empty where there is nothing or nothing known."""
    text = SENTENCES.get(code or "")
    return words.gettext(text) if text else ""


def marks(text: str | None) -> list[str]:
    """Return the marks of what can be undone, as an address or a form names them."""
    return [mark for mark in (text or "").split(",") if MARK.fullmatch(mark)]


def address(path: str, asked: Mapping[str, object]) -> str:
    """Return one of our addresses with what is asked of it; what is empty is left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path
