"""The closed lists of words about the content: what it is, what was decided on it, what we saw.

Pure. `labels` joins them with the lists about requests and notices.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_, P_

_TABLES: dict[str, dict[str, str]] = {
    "state": {
        "draft": N_("To submit"),
        "waiting": N_("Waiting"),
        "gone": N_("Gone"),
        "restricted": N_("Restricted"),
        "refused": N_("Refused"),
        "came_back": N_("Came back"),
        "already_gone": N_("Already gone"),
        "withdrawn": P_("item", "Withdrawn"),
    },
    "outcome": {
        "removed": N_("Removed"),
        "disabled": N_("Access disabled"),
        "geo_restricted": N_("Restricted in some countries"),
        "age_restricted": N_("Restricted by age"),
        "demoted": N_("Shown less"),
        "labelled": N_("Labelled"),
        "interaction_restricted": N_("Interaction restricted"),
        "account_suspended": N_("Account suspended"),
        "account_terminated": N_("Account closed by the platform"),
        "refused": N_("Refused"),
        "already_gone": N_("Was already gone"),
        "other": N_("Something else"),
    },
    "availability": {
        "live": N_("Still online"),
        "gone": N_("Gone"),
        "restricted": N_("Restricted"),
        "unknown": N_("Could not tell"),
    },
    "ground": {
        "law": N_("Against the law"),
        "terms": N_("Against the platform's terms"),
        "unknown": N_("Not said"),
    },
    "published_method": {
        "acted": N_("To the first action; notices without action left out"),
        "decided": N_("To the decision; notices without action counted too"),
    },
    # A transparency report's columns, and the rules that its rows break.
    "report_column": {
        "service": N_("Service"),
        "period": N_("Reporting period"),
        "category": N_("Category of illegal content"),
        "description": N_("Description of “Other”"),
        "notices": N_("All notices"),
        "tf_notices": N_("Notices of trusted flaggers"),
        "items": N_("All items"),
        "tf_items": N_("Items of trusted flaggers"),
        "median": N_("Median of all notices"),
        "tf_median": N_("Median for trusted flaggers"),
        "actions_law": N_("Actions on the law"),
        "tf_actions_law": N_("Actions on the law, trusted flaggers"),
        "actions_terms": N_("Actions on the terms"),
        "tf_actions_terms": N_("Actions on the terms, trusted flaggers"),
    },
    "report_rule": {
        "byte_order_mark": N_("The file begins with a byte order mark"),
        "delimiter": N_("Cells are not parted by commas (RFC 4180)"),
        "by_position": N_("Headings in another language: columns were told by their place"),
        "codes_missing": N_("So many categories of Annex I have no row"),
        "more_than_all": N_("More for trusted flaggers than for everybody"),
        "minutes": N_("The words about the median speak of minutes; it must be in hours"),
        "row_too_short": N_("The row ends before its last number"),
        "row_too_long": N_("The row has more cells than there are headings"),
        "other_service": N_("The row is of another service"),
        "no_period": N_("A period is written YYYY-MM-DD/YYYY-MM-DD"),
        "unknown_code": N_("No category of Annex I has this code"),
        "no_category_above": N_("“Other” stands below no category"),
        "not_described": N_("“Other” needs a description of its own"),
        "row_twice": N_("There is another row for the same"),
        "not_the_sum": N_("The sub-categories do not add up to the category"),
        "not_a_count": N_("A count is a whole number in plain digits"),
        "not_hours": N_("A median is a number of hours, with a point before decimals"),
        "comma": N_("A comma, space or apostrophe in a number: thousands, or decimals?"),
        "negative": N_("A number below zero"),
        "percentage": N_("A percentage stands where a number must"),
        "formula": N_("A formula, which is not worked out"),
        "not_plain": N_("A date, a time of day or a yes/no stands where a number must"),
    },
    "automated": {
        "yes": N_("Decided by a machine"),
        "no": N_("Decided by a person"),
        "not_said": N_("Not said"),
    },
    # Why a platform sent a notice back.
    "returned_as": {
        "wrong_channel": N_("Sent to the wrong channel"),
        "duplicate": N_("Reported to it before"),
        "insufficient": N_("Too little information"),
    },
    # Where an item stands for the figures, what its removal rests on, and complaints.
    "stands": {
        "gone": N_("Gone"),
        "came_back": N_("Came back"),
        "refused": N_("Refused"),
        "restricted": N_("Restricted"),
        "withdrawn": P_("item", "Withdrawn"),
        "open": N_("Open"),
        "already_gone": N_("Already gone"),
    },
    "rests_on": {
        "said_and_seen": N_("Said by the platform and seen by us"),
        "said_only": N_("Only said by the platform"),
        "seen_only": N_("Only seen by us"),
    },
    # The clocks of the figures, what is said of a platform beside the others, and imports.
    "clock": {
        "gone": N_("Time to gone"),
        "receipt": N_("Receipt time"),
        "answer": N_("Answer time"),
        "decision": N_("Decision time"),
        "handling": N_("Our handling time"),
        "report_to_gone": N_("From report to gone"),
    },
    # What may be wrong with our own notices, by figure.
    "own_quality": {
        "notices_refused": N_("An item refused"),
        "information_asked": N_("Information asked"),
        "wrong_channel": N_("Wrong channel"),
        "duplicates": N_("Duplicates"),
        "withdrawn_after_submission": N_("Withdrawn after it was submitted"),
    },
    "key_figure": {
        "time-to-gone": N_("Half gone in"),
        "gone-24h": N_("Gone within 24 hours"),
        "gone-72h": N_("Gone within 72 hours"),
        "gone-7d": N_("Gone within 7 days"),
        "gone-by-target": N_("Gone by our target"),
        "receipt-24h": N_("Receipt within 24 hours"),
        "answer": N_("Half answered in"),
        "decision-24h": N_("Decision told within 24 hours"),
        "decision-7d": N_("Decision told within 7 days"),
        "answered-by-target": N_("Answered by our target"),
        "silent-7d": N_("Silent after 7 days"),
        "refused": N_("Refused"),
        "came-back": N_("Came back"),
        "handling": N_("Our handling time, half within"),
        "report-to-gone": N_("From report to gone, half within"),
    },
    "verdict": {
        "faster": N_("faster than the others"),
        "slower": N_("slower than the others"),
        "not_told_apart": N_("cannot be told from the others (n = %(count)s)"),
        "too_early": N_("too early to tell"),
    },
    "imported": {"include": N_("counted in"), "exclude": N_("left out")},
    "ai_generated": {
        "yes": N_("Made or altered with AI"),
        "no": N_("Not made with AI"),
        "suspected": N_("Suspected"),
        "unknown": N_("Unknown"),
    },
    "minor": {"true": N_("A minor"), "false": N_("An adult"), "none": N_("Unknown")},
    "unrecognised": {
        "unknown_host": N_("Not a platform we know"),
        "lookalike_host": N_("Looks like a platform but is another site"),
        "short_link": N_("Short link: we never open it, so we cannot tell where it leads"),
        "not_a_link": N_("Not a link, or only part of one"),
        "unsafe_scheme": N_("Not a web address"),
        "userinfo": N_("Hides its real site behind an @"),
        "bad_host": N_("The site's name is not valid"),
        "bad_port": N_("The port is not valid"),
        "wrapper_to_unknown": N_("Redirects to a site we do not know"),
    },
    # What is doubtful about a link; it is reported all the same.
    "doubt": {
        "copy_error": N_("It may be cut short or mistyped: compare it with the original."),
        "short_link": N_("A short link of the platform: we never open it."),
        "mirror": N_("Copied from another site that shows it: the notice names the original."),
        "personal_data": N_(
            "It says who shared or received it. That is left out: look at what is sent."
        ),
    },
    "hint": {
        "copy_original": N_("It leads to a mail gateway: copy the original link from the message."),
    },
}
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(_TABLES)
