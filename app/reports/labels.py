"""The closed lists of reports as people read them.

Pure. The sentences here are English sources; Dutch and French lie in `words/`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_

_TABLES: dict[str, dict[str, str]] = {
    "report_kind": {
        "article_22": N_("Report under Article 22(3) DSA"),
        "activity": N_("Activity figures for the Minister of Justice"),
        "hotline": N_("Hotline counts by quarter"),
        "campaign": N_("Campaign count: deepnudes and nudify apps"),
    },
    "report_part": {
        "article_22": N_("Notices as a trusted flagger (Article 22 DSA)"),
        "other_basis": N_("Notices on another basis"),
        "terms_only": N_("Content against the platform's own rules only"),
    },
    "report_action": {
        "account_action": N_("Account suspended or closed"),
        "removed": N_("Removed"),
        "partly_removed": N_("Removed in part"),
        "blocked_in_countries": N_("Blocked in some countries"),
        "restricted_otherwise": N_("Restricted otherwise"),
        "refused": N_("Refused"),
        "other": N_("Another decision"),
        "gone_without_a_word": N_("Gone without a word"),
        "no_reaction": N_("No reaction"),
        "pending": N_("Pending"),
        "already_gone": N_("Already gone before we asked"),
        "court_order": N_("Under a court order"),
        "withdrawn": N_("Withdrawn by us, unanswered"),
    },
    "report_ground": {
        "law": N_("Law"),
        "terms": N_("Own rules"),
        "unknown": N_("Ground not said"),
        "no_decision": N_("No decision"),
    },
    "deepnude": {
        "yes": N_("AI-made nude images"),
        "suspected": N_("Suspected AI-made nude images"),
        "no": N_("Not an AI-made nude image"),
    },
    "concerned": {
        "minor": N_("A minor"),
        "adult": N_("An adult"),
        "not_said": N_("Minor or adult not said"),
    },
    "extortion": {
        "yes": N_("Linked to sexual extortion"),
        "no": N_("Not linked to sexual extortion"),
    },
    "counted": {
        "notices": N_("Notices"),
        "requests": N_("Requests"),
        "items": N_("Items"),
        "cases": N_("Cases"),
        "complaints": N_("Complaints"),
    },
    "axis": {
        "provider": N_("Provider"),
        "platform": N_("Platform"),
        "type": N_("Type of content"),
        "action": N_("Action of the provider"),
        "ground": N_("Ground of the decision"),
        "quarter": N_("Quarter"),
        "basis": N_("Legal basis"),
        "concerned": N_("Person shown"),
        "extortion": N_("Sexual extortion"),
        "link_kind": N_("Kind of link"),
        "complaint": N_("Outcome of the complaint"),
        "counted": N_("Counted"),
    },
    "heading": {
        "governance": N_("Governance"),
        "funding": N_("Sources of funds"),
        "conflicts_of_interest": N_("Conflicts of interest"),
        "second_person_check": N_("Check by a second person"),
        "training": N_("Training"),
        "complaints_about_us": N_("Complaints about us"),
        "resources": N_("Resources"),
        "procedures": N_("Procedures"),
    },
    "hand_figure": {
        "reports_received": N_("Reports received"),
        "judged_illegal": N_("Judged illegal"),
        "passed_to_police": N_("Passed to the police"),
    },
    "check": {
        "empty_heading": N_("A required heading is empty."),
        "incomplete_row": N_("Some notices name no provider."),
        "cell_of_one": N_("A cell counts one: make sure that nobody can be recognised."),
        "host_name": N_("A web address or host stands in a text or a provider's name."),
        "personal_data": N_("Personal data may stand in a text or a provider's name."),
        "terms_only_notice": N_(
            "A notice as a trusted flagger is about the platform's own rules only."
        ),
        "span_not_over": N_("The days of this report are not over yet."),
    },
    "report_form": {
        "html": N_("Web page"),
        "pdf": N_("PDF"),
        "csv": N_("CSV table"),
        "xlsx": N_("Excel workbook"),
        "json": N_("JSON, the numbers as they were hashed"),
    },
}
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(_TABLES)
