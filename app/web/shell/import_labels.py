"""The closed lists of words about an import: what a column is, and how far the import is.

Pure. `labels` joins them with the lists about requests and notices.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_

_TABLES: dict[str, dict[str, str]] = {
    # Beside the facts, which are called as everywhere.
    "import_column": {
        "url": N_("Web address"),
        "platform": N_("Platform"),
        "reported_at": N_("Reported to us: when"),
        "submitted_at": N_("Notice submitted: when"),
        "receipt_at": N_("Receipt confirmed: when"),
        "answered_at": N_("First answer of a person there: when"),
        "decided_at": N_("Platform decided: when"),
        "seen_gone_at": N_("Seen gone by us: when"),
        "seen_live_at": N_("Seen back online by us: when"),
        "asked_at": N_("Platform asked for more: when"),
        "question": N_("What the platform asked"),
        "ticket_id": N_("Ticket number of the platform"),
        "outcome": N_("What the platform decided"),
        "ground": N_("On what the decision rests"),
        "reported_at_time": N_("Reported to us: time of day"),
        "submitted_at_time": N_("Notice submitted: time of day"),
        "receipt_at_time": N_("Receipt confirmed: time of day"),
        "answered_at_time": N_("First answer of a person there: time of day"),
        "decided_at_time": N_("Platform decided: time of day"),
        "seen_gone_at_time": N_("Seen gone by us: time of day"),
        "seen_live_at_time": N_("Seen back online by us: time of day"),
        "asked_at_time": N_("Platform asked for more: time of day"),
        "person_is_minor": N_("Person shown is a minor"),
    },
    "import_group": {
        "content": N_("What and where"),
        "history": N_("What happened"),
        "facts": N_("Further facts"),
    },
    "import_answer": {
        "came_back": N_("Removed, later back online"),
        "information_requested": N_("Asked for more"),
    },
    "known_by": {
        "external_ref": N_("It has the same number of the case system."),
        "open_request": N_("It has the same address, and that request is open still."),
        "same_case": N_("It has the same address and belongs to the same case."),
        "same_file": N_("An earlier row of the file has the same address."),
    },
    "import_stage": {
        "sent": N_("Choose the sheet"),
        "reading": N_("Being read"),
        "read": N_("Match the columns"),
        "checking": N_("Being checked"),
        "checked": N_("Checked, nothing imported yet"),
        "importing": N_("Being imported"),
        "done": N_("Import done"),
        "cancelled": N_("Stopped on the way"),
        "failed": N_("Could not be read"),
    },
}
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(_TABLES)
