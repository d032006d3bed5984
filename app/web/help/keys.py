"""Which key does what.

Pure: data.
"""

from app.kit.wording import N_
from app.web.shell import menu

# Letters only: digits, brackets and slashes need a second hand on a Belgian keyboard.
KEYS = (
    (
        N_("Everywhere"),
        (
            *((entry.keys[0], entry.words) for entry in menu.ENTRIES if entry.keys),
            ("Ctrl K", N_("Search")),
            ("q", N_("Quiet screen: hide the page at once")),
            ("z", N_("Undo the last action")),
            ("Esc", N_("Close what is open")),
            ("Ctrl Enter", N_("Send the form")),
        ),
    ),
    (
        N_("In a list"),
        (
            ("j", N_("Next row")),
            ("k", N_("Previous row")),
            ("o", N_("Open the row")),
            ("x", N_("Select the row")),
            ("b", N_("Do something with all selected rows")),
        ),
    ),
    (
        N_("On a request"),
        (
            ("f", N_("Open the platform's form")),
            ("y", N_("Copy the next field")),
            ("Shift y", N_("Copy the previous field")),
            ("t", N_("The form was as shown")),
            ("m", N_("Ticket number, then mark as submitted")),
            ("r", N_("Log a reply")),
            ("v", N_("Record a check")),
            ("d l u", N_("In a check: gone, still online, could not tell")),
            ("a", N_("Answer the platform")),
            ("b", N_("Chase")),
            ("p", N_("Complain to the platform (Article 20 DSA)")),
            ("e", N_("Escalate")),
            ("i", N_("Note")),
            ("w", N_("Put aside until…")),
            ("n", N_("Go on to the next one")),
        ),
    ),
)
