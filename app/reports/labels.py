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
    # Tables by their id, without the part of the report that it begins with.
    "report_table": {
        "provider": N_("Notices and items by provider"),
        "type": N_("Notices and items by type of content"),
        "action": N_("Notices and items by action of the provider"),
        "action_ground": N_("Notices by action and ground of the decision"),
        "provider_action": N_("Notices by provider and action"),
        "type_action": N_("Notices by type of content and action"),
        "seen_live": N_("Notices with a removal whose content was seen online afterwards"),
        "complaints": N_("Complaints by provider and outcome"),
        "basis": N_("Notices and items by legal basis"),
        "type_quarter": N_("Notices by type of content and quarter"),
        "type_quarter_items": N_("Items by type of content and quarter"),
        "platform_quarter": N_("Notices by platform and quarter"),
        "action_quarter": N_("Notices by action of the provider and quarter"),
        "cases": N_("Cases by person shown and sexual extortion"),
        "requests": N_("Requests by person shown and sexual extortion"),
        "items": N_("Items by person shown and sexual extortion"),
        "platform": N_("Cases, requests and items by platform"),
        "promotion": N_("Items that promote nudify apps, by kind of link and platform"),
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
    # Shared with pages: what reports and requests are told apart by.
    "basis": {
        "article_22": N_("Trusted flagger (Article 22 DSA)"),
        "article_16": N_("Notice (Article 16 DSA)"),
        "voluntary": N_("Priority channel by agreement"),
        "take_it_down": N_("TAKE IT DOWN Act (United States)"),
    },
    "status_change": {
        "awarded": N_("Status awarded"),
        "suspended": N_("Status suspended"),
        "resumed": N_("Suspension lifted"),
        "revoked": N_("Status revoked"),
    },
    "complaint": {
        "upheld": N_("Complaint upheld"),
        "refused": N_("Complaint refused"),
        "open": N_("Complaint not answered"),
    },
    "kind": {
        "post": N_("Post"),
        "video": N_("Video"),
        "short": N_("Short video"),
        "photo": N_("Photo"),
        "story": N_("Story"),
        "profile": N_("Account"),
        "group": N_("Group"),
        "comment": N_("Comment"),
        "message": N_("Message"),
        "server": N_("Server"),
        "invite": N_("Invitation"),
        "file": N_("File"),
        "search_result": N_("Search result"),
        "playlist": N_("Playlist"),
        "live": N_("Live stream"),
        "album": N_("Album"),
        "site": N_("Website"),
        "ad": N_("Advertisement"),
        "advertiser": N_("Advertiser"),
        "app": N_("App"),
        "bot": N_("Bot"),
        "other": N_("Other place"),
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
