"""The closed lists of words as people read them: of requests, their timeline and notices.

Pure. The sentences here are English sources; Dutch and French lie in `words/`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_, P_, Words, say
from app.reports.labels import TABLES as REPORTS
from app.web.shell.content_labels import TABLES as CONTENT
from app.web.shell.import_labels import TABLES as IMPORTS

_TABLES: dict[str, dict[str, str]] = {
    "stage": {
        "draft": N_("Draft"),
        "held": N_("On hold"),
        "sending": N_("Being sent"),
        "submitted": N_("Submitted"),
        "acknowledged": N_("Receipt confirmed"),
        "decided": N_("Decided"),
        "closed": P_("request", "Closed"),
        "withdrawn": P_("request", "Withdrawn"),
    },
    "turn": {
        "us": N_("Our turn"),
        "platform": N_("Waiting on platform"),
        "nobody": N_("Nothing to do"),
    },
    "step": {
        "complete": N_("Complete notice"),
        "submit": N_("Submit notice"),
        "release": N_("Release from hold"),
        "wait": N_("Wait"),
        "answer": N_("Answer platform"),
        "check": N_("Check if gone"),
        "chase": N_("Chase platform"),
        "decide_next": N_("Decide next step"),
        "close": P_("request", "Close"),
        "none": N_("Nothing to do"),
    },
    "recipient": {
        "platform_complaint": N_("Complaint to the platform (Article 20 DSA)"),
        "out_of_court_body": N_("Out-of-court dispute body (Article 21 DSA)"),
        "coordinator": N_("Digital Services Coordinator (Article 53 DSA)"),
        "police": N_("Police"),
        "inhope": N_("INHOPE network"),
        "platform_contact": N_("Contact person at the platform"),
    },
    "status": {
        "never": N_("Not recorded"),
        "to_come": N_("Not held yet"),
        "held": N_("Held"),
        "suspended": N_("Status suspended"),
        "revoked": N_("Status revoked"),
        "ended": N_("Award ended"),
    },
    "event": {
        "logged": N_("Logged"),
        "amended": N_("Facts changed"),
        "held": N_("Put on hold"),
        "released": N_("Released from hold"),
        "queued": N_("Queued for sending"),
        "unsent": N_("Not sent yet"),
        "submitted": N_("Notice submitted"),
        "receipt_confirmed": N_("Receipt confirmed"),
        "information_requested": N_("Platform asked for information"),
        "information_sent": N_("Information sent"),
        "decided": N_("Platform decided"),
        "seen": N_("We looked"),
        "reminded": N_("Platform chased"),
        "complained": N_("Complained"),
        "escalated": N_("Escalated"),
        "noted": N_("Note"),
        "withdrawn": P_("event", "Withdrawn"),
        "closed": P_("event", "Closed"),
        "reopened": N_("Reopened"),
        "corrected": N_("Corrected"),
    },
    "source": {
        "person": N_("by a person"),
        "api": N_("by the case system"),
        "mail": N_("by mail"),
        "probe": N_("by a probe"),
        "system": N_("by the system"),
    },
    "purpose": {
        "first": N_("Notice"),
        "reminder": N_("Reminder"),
        "complaint": N_("Complaint"),
        "withdrawal": N_("Withdrawal"),
    },
    "language": {"en": N_("English"), "nl": N_("Dutch"), "fr": N_("French")},
    "role": {
        "caseworker": N_("Caseworker"),
        "manager": N_("Manager"),
        "admin": N_("Administrator"),
    },
    "matched": {
        "url": N_("same content"),
        "account": N_("same account"),
        "ticket_id": N_("ticket"),
        "case_ref": N_("case"),
        "external_ref": N_("number in the case system"),
        "reference": N_("reference"),
    },
    "order": {
        "logged_at": N_("Logged, the oldest first"),
        "-logged_at": N_("Logged, the newest first"),
        "due_at": N_("Target, the earliest first"),
        "-due_at": N_("Target, the latest first"),
        "submitted_at": N_("Submitted, the oldest first"),
        "-submitted_at": N_("Submitted, the newest first"),
    },
    "bulk": {
        "chase": N_("Prepare reminders"),
        "gone": N_("Record: gone, seen by us"),
        "live": N_("Record: still online"),
        "note": N_("Add a note"),
        "wait": N_("Put aside until…"),
        "assign": N_("Give to somebody"),
    },
    "apart": {
        "own_words": N_("Somebody wrote words of its own for it."),
        "incomplete": N_("Its reminder lacks something."),
        "no_channel": N_("No channel takes it any more."),
        "no_recipient": N_("Where its notice went is not recorded."),
        "another_way": N_("It goes another way than the others: channel, language or basis."),
        "form_full": N_("The form does not hold it together with another."),
    },
    "band": {
        "late": N_("Late"),
        "today": N_("Today"),
        "to_decide": N_("To decide"),
        "later": N_("Later"),
        "on_hold": N_("On hold"),
    },
    "arrived": {
        "decisions": N_("Decisions"),
        "came_back": N_("Came back"),
        "replies": N_("Replies"),
    },
    # What to raise with a platform, as headings of what is said (metrics/talking_points.py).
    "talking_point": {
        "asked_us": N_("The platform asked us something: answer first"),
        "back_online": N_("Was gone, online again"),
        "still_online": N_("Removed according to the platform, still online"),
        "written_again": N_("Written to again, no answer"),
        "waiting": N_("Waiting longest"),
        "refused": N_("Refused"),
    },
    # What remains of an item, where a case or a request is followed.
    "remains": {
        "open": N_("Not gone yet"),
        "unsent": N_("Not sent"),
        "not_removed": N_("Closed, not removed"),
        "gone": N_("Gone"),
        "withdrawn": P_("item", "Withdrawn"),
    },
    "severity": {
        "1": N_("Critical"),
        "2": N_("High"),
        "3": N_("Medium"),
        "4": N_("Low"),
    },
    "why": {
        "ready": N_("Ready since %(at)s"),
        "held": N_("On hold since %(at)s"),
        "sending": N_("Waiting for the mail server since %(at)s"),
        "asked": N_("Asked for information %(at)s"),
        "says_gone": N_("Removed according to the platform %(at)s"),
        "no_reply_expected": N_("No reply is to be expected: %(span)s since submission"),
        "came_back": N_("Came back"),
        "still_up": N_("Removed according to the platform, still online"),
        "no_receipt": N_("No receipt for %(span)s"),
        "no_decision": N_("No decision for %(span)s"),
        "refused": N_("Refused %(at)s"),
        "restricted": N_("Only restricted %(at)s"),
        "to_close": N_("Everything is settled"),
        "contested": N_("Contested or in part decided %(at)s"),
        "receipt": N_("Receipt confirmed %(at)s"),
        "submitted": N_("Submitted %(at)s"),
        "nothing": N_("Nothing to do"),
    },
    # Why a notice may not go out yet, and the mend.
    "lack": {
        "required": N_("Fill this in."),
        "too_long": N_("This is longer than the form takes. Shorten it."),
        "leftover_placeholder": N_("A placeholder is left (###). Replace it."),
        "national_number": N_("It holds a national number. Take it out."),
        "location_missing": N_("An exact location is missing here. Put it back."),
        "good_faith_missing": N_("The statement of good faith is missing. Put it back."),
        "identity_missing": N_("Our name and e-mail address must be here."),
        "identity_required": N_("This form needs our name and e-mail address."),
        "address_not_set": N_("No address is set for this channel. Choose another channel."),
        "mandate_needed": N_("This channel needs an authorisation by the person shown."),
        "too_many_items": N_("The form does not take so many locations at once."),
        "complaint_fits": N_("The platform refused all of it: answer with a complaint."),
        "several_sites": N_("It names several sites. Withdraw all locations except those of one."),
        "several_products": N_(
            "It concerns several products. Withdraw all locations except those of one."
        ),
    },
    # What is missing that no field of the form stands for.
    "absent": {
        "explanation": N_("Say why the content is illegal."),
        "reason": N_("Give the reason above."),
        "recipient": N_("Say where the notice goes."),
        "submitted_on": N_("Nothing went out yet, so there is nothing to send a reminder about."),
        "decided_on": N_("Record the platform's decision first."),
        "name": N_("Our name is not set. An administrator can set it."),
        "email": N_("Our e-mail address is not set. An administrator can set it."),
    },
    # What to look at before a notice goes out; nothing of it holds the notice back.
    "caution": {
        "basis_fell_back": N_(
            "The trusted-flagger status is not held here on this day: the notice does not claim it."
        ),
        "identity_withheld": N_("Our name is left out so that it cannot reach the uploader."),
        "identity_needed": N_("This form cannot be sent without a name: ours is given."),
        "priority_lost": N_("Without our name the platform cannot give the notice priority."),
        "no_reply_expected": N_(
            "The platform has no address to answer to: plan to look for yourself."
        ),
        "channel_unverified": N_("Nobody has said yet that this form is as shown."),
        "address_by_hand": N_(
            "Look up the site's own form or contact point, and record where the notice went."
        ),
        "language_not_accepted": N_("This channel does not read the language of the notice."),
        "type_in_form": N_("Answer something in the form only: it is never kept here."),
        "condition_unconfirmed": N_(
            "A provision is left out until you confirm, among the facts, what it needs."
        ),
        "explanation_usual": N_(
            "The explanation says no more than the category: add what is shown, the age and how "
            "you know it."
        ),
        "law_unverified": N_("A provision is left out until somebody has verified it."),
        "better_category": N_("For AI-made content another category fits better."),
        "odd_facts": N_("The category and the other facts do not quite fit together."),
        "national_number": N_("It may hold a national number: take it out if it does."),
        "phone": N_("It holds a telephone number: remove it unless the platform needs it."),
        "email_address": N_("It holds an e-mail address: remove it unless the platform needs it."),
        "birth_date": N_("It holds a date of birth: remove it."),
        "discouraged_term": N_("It holds a term that is better not used."),
    },
    "fact": {
        "category": N_("Category"),
        "case_ref": N_("Case"),
        "external_ref": N_("Number in the case system"),
        "basis": N_("Legal basis"),
        "channel": N_("Channel"),
        "language": N_("Language of the notice"),
        "person_is_minor": N_("Person shown"),
        "ai_generated": N_("Made with AI"),
        "sexual_extortion": N_("Sexual extortion"),
        "urgent": N_("Urgent"),
        "court_order": N_("Court order"),
        "reported_at": N_("Reported to us"),
        "deadline_at": N_("Deadline of a threat"),
        "include_identity": N_("Our name in the notice"),
        "authorised_by_person": N_("Authorised by the person shown"),
        "conditions": N_("Conditions confirmed"),
        "explanation": N_("Explanation"),
        "provider": N_("Provider"),
        "recipient": N_("Where the notice goes"),
    },
    "user_state": {
        "active": N_("Active"),
        "invited": N_("Invited"),
        "disabled": N_("Disabled"),
    },
    "token_state": {
        "in_force": N_("In force"),
        "expired": N_("Expired"),
        "revoked": N_("Revoked"),
    },
    "held_for": {
        "police_first": N_("Hosted in Belgium: the police first"),
        "other": N_("Other reason"),
    },
}
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {**CONTENT, **IMPORTS, **REPORTS, **_TABLES}
)
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind: tuple(table) for kind, table in TABLES.items()}
)


def of(words: Words, kind: str, code: str | bool | None) -> str:
    """Return a code of a closed list in the visitor's words; raises KeyError for any other."""
    name = "none" if code is None else str(code).lower()
    return say(words, TABLES[kind][name])
