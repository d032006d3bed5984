"""The closed lists of words as people read them.

Pure. The sentences here are English sources; Dutch and French lie in `locale/`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.web.languages import Words


def N_(text: str) -> str:  # noqa: N802 - what gettext calls it
    """Mark a text to be translated where it is shown."""
    return text


_TABLES: dict[str, dict[str, str]] = {
    "stage": {
        "draft": N_("Draft"),
        "held": N_("On hold"),
        "sending": N_("Being sent"),
        "submitted": N_("Submitted"),
        "acknowledged": N_("Receipt confirmed"),
        "decided": N_("Decided"),
        "closed": N_("Closed"),
        "withdrawn": N_("Withdrawn"),
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
        "close": N_("Close"),
        "none": N_("Nothing to do"),
    },
    "state": {
        "draft": N_("To submit"),
        "waiting": N_("Waiting"),
        "gone": N_("Gone"),
        "restricted": N_("Restricted"),
        "refused": N_("Refused"),
        "came_back": N_("Came back"),
        "already_gone": N_("Already gone"),
        "withdrawn": N_("Withdrawn"),
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
    "automated": {
        "yes": N_("Decided by a machine"),
        "no": N_("Decided by a person"),
        "not_said": N_("Not said"),
    },
    "recipient": {
        "platform_complaint": N_("Complaint to the platform (DSA Art. 20)"),
        "out_of_court_body": N_("Out-of-court dispute body (DSA Art. 21)"),
        "coordinator": N_("Digital Services Coordinator (DSA Art. 53)"),
        "police": N_("Police"),
        "inhope": N_("INHOPE network"),
        "platform_contact": N_("Contact person at the platform"),
    },
    "basis": {
        "article_22": N_("Trusted flagger (DSA Art. 22)"),
        "article_16": N_("Notice (DSA Art. 16)"),
        "voluntary": N_("Priority channel by agreement"),
        "take_it_down": N_("TAKE IT DOWN Act (United States)"),
    },
    "status": {
        "never": N_("Not recorded"),
        "to_come": N_("Not held yet"),
        "held": N_("Held"),
        "suspended": N_("Status suspended"),
        "revoked": N_("Status revoked"),
        "ended": N_("Award ended"),
    },
    "status_change": {
        "awarded": N_("Status awarded"),
        "suspended": N_("Status suspended"),
        "resumed": N_("Suspension lifted"),
        "revoked": N_("Status revoked"),
    },
    "ai_generated": {
        "yes": N_("Made or altered with AI"),
        "no": N_("Not made with AI"),
        "suspected": N_("Suspected"),
        "unknown": N_("Unknown"),
    },
    "minor": {"true": N_("A minor"), "false": N_("An adult"), "none": N_("Unknown")},
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
    "event": {
        "logged": N_("Logged"),
        "amended": N_("Facts changed"),
        "held": N_("Put on hold"),
        "released": N_("Released from hold"),
        "queued": N_("Queued for sending"),
        "unsent": N_("Not sent"),
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
        "withdrawn": N_("Withdrawn"),
        "closed": N_("Closed"),
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
    "bulk": {
        "chase": N_("Prepare reminders"),
        "gone": N_("Record: gone, seen by us"),
        "live": N_("Record: still online"),
        "note": N_("Add a note"),
        "wait": N_("Put aside until…"),
        "assign": N_("Give to somebody"),
    },
    "why": {
        "ready": N_("Ready since %(at)s"),
        "held": N_("On hold since %(at)s"),
        "sending": N_("Waiting for the mail server since %(at)s"),
        "asked": N_("Asked for information %(at)s"),
        "says_gone": N_("Says removed %(at)s"),
        "no_reply_expected": N_("No reply is to be expected: %(span)s since submission"),
        "came_back": N_("Came back"),
        "still_up": N_("Said to be gone, still online"),
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
        "location_missing": N_("Not every exact location stands here. Put it back."),
        "good_faith_missing": N_("The statement of good faith is missing. Put it back."),
        "identity_missing": N_("Our name and e-mail address must stand here."),
        "identity_required": N_("This form needs our name and e-mail address."),
        "address_not_set": N_("No address is set for this channel. Choose another channel."),
        "mandate_needed": N_("This channel needs a mandate of the person shown."),
        "too_many_items": N_("The form does not take so many locations at once."),
        "several_sites": N_("It names several sites. Withdraw all locations but those of one."),
        "several_products": N_("It is of several products. Withdraw all locations but of one."),
    },
    # What is missing that no field of the form stands for.
    "absent": {
        "explanation": N_("Say why the content is illegal."),
        "reason": N_("Say why, above."),
        "recipient": N_("Say where the notice goes."),
        "submitted_on": N_("Nothing went out yet: there is nothing to remind of."),
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
            "Look up the site's own form or contact point, and note where the notice went."
        ),
        "language_not_accepted": N_("This channel does not read the language of the notice."),
        "type_in_form": N_("Answer something in the form only: it is never kept here."),
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
    "held_for": {
        "police_first": N_("Hosted in Belgium: the police first"),
        "other": N_("Other reason"),
    },
}
TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(_TABLES)
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind: tuple(table) for kind, table in _TABLES.items()}
)


def of(words: Words, kind: str, code: str | bool | None) -> str:
    """Return a code of a closed list in the visitor's words; what is not in it stays as it is."""
    name = "none" if code is None else str(code).lower()
    text = TABLES[kind].get(name)
    return words.gettext(text) if text else name
