"""What the system refuses, in words that name the mend, and where on the form.

Pure. Texts of the core are English and for machines; here each code has its sentence.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from app.kit.errors import Conflict, NoSuchThing, NotAllowedNow, Refused, Stale, TrackerError
from app.kit.wording import N_, Words
from app.platforms.vocabularies import Unreadable
from app.web.shell import import_messages

OWN: Mapping[str, str] = {
    "not_sent": N_("Your session had ended before this was sent. Look at it, then send it again."),
    # facts and links
    "already_reported": N_(
        "There is a request for this already. Follow that one, or submit it again."
    ),
    "external_ref_taken": N_("The case system's number is in use for this platform already."),
    "several_products": N_("These links belong to several products, and a notice takes one."),
    "several_sites": N_("These links belong to several sites, and no notice names two."),
    "provider_known": N_("Who runs this platform is known already."),
    "names_a_host": N_("Write a name, without any web or e-mail address."),
    "personal_data": N_(
        "Write the name alone, without a telephone number, an e-mail address or personal data."
    ),
    "contradictory_facts": N_("This category does not fit the person's age. Choose another one."),
    "basis_not_held": N_("We do not hold this legal basis for the platform on that day."),
    "unknown_condition": N_("No provision of this category has that condition."),
    "channel_not_for_category": N_("This channel does not take this category. Choose another one."),
    "unknown_category": N_("Choose a category from the list."),
    "unknown_platform": N_("Choose a platform from the list."),
    "unrecognised_url": N_("One of the links is not of a platform we know."),
    "several_platforms": N_("These links belong to several platforms."),
    "another_platform": N_("These links belong to another platform."),
    "place_invalid": N_("Say where in it on one line, in at most 80 signs."),
    "no_items": N_("Give at least one link, or say where else the content is."),
    "platform_required": N_("Name the platform."),
    "is_link": N_("This is a link: paste it with the others."),
    "too_many_links": N_("At most 1,000 links at once. Split the message."),
    "text_or_urls": N_("Paste the message or the links."),
    "nothing_to_search": N_("Type or paste what you are looking for."),
    # the search box
    "no_platform": N_("No such platform. Write its name, like platform:tiktok."),
    "no_stage": N_("No such status. Write one, like status:closed."),
    "no_category": N_("No such category, or more than one. Write one, like category:grooming."),
    "no_logged_from": N_("Write a day, like since:2026-01-31."),
    "no_whose_turn": N_("Write whose turn it is: whose:us, whose:platform or whose:nobody."),
    # reports
    "report_not_ready": N_("Something keeps this report from being frozen: look at its checks."),
    "no_days": N_("Choose the days of the report."),
    "not_whole": N_("Write a whole number, or leave it empty."),
    # moments
    "in_the_future": N_("This moment has not come yet. Correct it."),
    "not_a_time": N_("Write date and time, like 2026-03-02 09:00."),
    "in_the_past": N_("Choose a day that is still to come."),
    "token_not_in_force": N_("This token no longer works. Make a new one."),
    "no_moment": N_("Write date and time, like 2026-03-02 09:00."),
    "time_skipped": N_(
        "The clock was put forward that night: this time did not exist. Correct it."
    ),
    "time_twice": N_("The clock was put back that night: this time came twice. Say which."),
    # notices
    "mail_not_set_up": N_("No mail server is set up. Use the form, or send the e-mail yourself."),
    "ticket_or_none": N_("Give the ticket number or tick that there is none, not both."),
    "ticket_needed": N_("Give the ticket number, or tick that the platform gave none."),
    "notice_incomplete": N_("The notice is not complete yet."),
    "unknown_field": N_("The notice has no such field."),
    "missing": N_("This is missing."),
    # timeline
    "not_logged": N_("The request was not logged yet."),
    "already_logged": N_("The request is logged already."),
    "no_such_item": N_("This request has no such location."),
    "no_such_event": N_("There is no such entry in the timeline."),
    "already_corrected": N_("This entry was corrected already: correct the newer one."),
    "already_submitted": N_("The notice was submitted already, so this can no longer be done."),
    "not_submitted": N_("Record the submission first."),
    "withdrawn": N_("The request was withdrawn. Log a new one instead."),
    "closed": N_("The request is closed. Reopen it first."),
    "already_held": N_("The request is on hold already."),
    "not_held": N_("The request is not on hold."),
    "held": N_("The request is on hold. Release it first."),
    "already_queued": N_("The notice is waiting for the mail server already."),
    "not_queued": N_("No notice is waiting for the mail server."),
    "not_decided": N_("Record the platform's decision first. If it stays silent, escalate."),
    "not_closed": N_("The request is not closed."),
    "invalid_replacement": N_("The correction does not fit the entry it replaces."),
    "not_correctable": N_("This cannot be corrected here."),
    "changes_nothing": N_("This is what is recorded already. Change what was wrong, or cancel."),
    # administration
    "unknown_scope": N_("Choose what the token may do."),
    "token_name_taken": N_("A token has this name already. Choose another one."),
    "address_invalid": N_("Write an https address or one e-mail address."),
    "email_invalid": N_("Write one e-mail address, like notices@hotline.example."),
    "not_one_line": N_("Write it on one line, without signs that cannot be seen."),
    "day_invalid": N_("Choose a day from 1990 to 2199, written like 2026-03-02."),
    "ends_too_early": N_("The last day comes before the first one. Choose a later one."),
    "no_day": N_("Choose a day."),
    "not_awarded": N_("No award is held on that day. Record the award first."),
    "status_suspended": N_("The status is suspended on that day already."),
    "not_suspended": N_("The status is not suspended on that day."),
    "status_revoked": N_("The status was revoked. Only a new award from then on gives it back."),
    "before_last_change": N_(
        "Something later is recorded already. Choose that day or a later one."
    ),
    "not_confirmed": N_("Confirm what follows from it."),
    "percent_invalid": N_("Write a whole number from 1 to 100."),
    "cases_invalid": N_("Write a whole number from 1 on."),
    "hours_invalid": N_("Write whole hours, from 1 to 2160, or leave it empty."),
    # a platform's transparency report
    "no_file": N_("Choose the file."),
    "file_too_large": N_("The file is larger than 8 MB. Send the sheet of the notices alone."),
    "not_utf8": N_("The file is not in UTF-8. Save it as “CSV UTF-8”, or send the workbook."),
    "broken_quotes": N_("A cell's quotes do not open or close rightly, so no cell can be told."),
    "not_a_workbook": N_(
        "This is no workbook that can be read. Unpack a .zip first, or save it anew as .xlsx or "
        "“CSV UTF-8”."
    ),
    "too_many_rows": N_("A sheet has more than 5,000 rows. Send the sheet of the notices alone."),
    "no_notices": N_("The file has no table of notices as Annex I, part 4, lays it out."),
    "columns_missing": N_("The table of notices lacks columns that Annex I, part 4, asks for."),
    "several_services": N_("Write the service as the file names it: it has several, or another."),
    # people
    "bad_email": N_("Write the e-mail address like name@example.org."),
    "email_taken": N_("Somebody has this e-mail address already."),
    "bad_name": N_("A display name has 1 to 40 characters, and neither : nor @."),
    "name_taken": N_("Somebody has this display name already. Choose another one."),
    "unknown_role": N_("Choose a role from the list."),
    "last_admin": N_("This is the last administrator. Make somebody else one first."),
    "password_too_short": N_("Use at least 15 characters. A few words do well."),
    "password_too_long": N_("Use at most 128 characters."),
    "easy_to_guess": N_("This is easy to guess. Add words that nobody would expect beside these."),
    "wrong_code": N_("This is not the code that the app shows now. Wait for the next one."),
    "bad_offer": N_("This page is out of date. Scan the new code."),
    # the inbox
    "already_prepared": N_("Its reminder is prepared already: it waits to be sent."),
    "nothing_to_chase": N_("The platform owes us nothing now."),
    "not_to_be_sent": N_("Somebody sent it meanwhile, or took it off the list."),
    "nothing_to_do": N_("Nothing is left to do here."),
    "not_ahead": N_("Choose a moment to come, within a year."),
    # every field
    "required": N_("Fill this in."),
    "blank": N_("Fill this in."),
    "too_long": N_("This is too long."),
    "too_few": N_("Choose at least one."),
    "not_one_of": N_("Choose one of the options."),
    "malformed": N_("Some signs in it are not allowed here."),
    "invalid": N_("This value does not fit here."),
    "unknown": N_("There is nothing with this name here."),
    "twice": N_("This value does not fit here."),
    "too_many": N_("This value does not fit here."),
    "out_of_range": N_("This value does not fit here."),
    "wrong_type": N_("This value does not fit here."),
    "unknown_language": N_("Choose one of the options."),
    "unknown_purpose": N_("Choose one of the options."),
    "unknown_basis": N_("Choose one of the options."),
    "unknown_reference": N_("There is nothing with this name here."),
    "another_kind": N_("The correction does not fit the entry it replaces."),
    "invalid_request": N_("This was not accepted."),
}
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        **OWN,
        **import_messages.SENTENCES,
        **{reason: N_("One of the links is not of a platform we know.") for reason in Unreadable},
    }
)
CHANGED = N_("Somebody changed this while you were working. Your text is kept below.")
_GONE = N_("No match.")
_ELSE = N_("This was not accepted.")


class Complaint(NamedTuple):
    """One thing to mend: the field it stands at ("" for the whole form), its code, its sentence."""

    field: str
    code: str
    text: str


def told(error: TrackerError, words: Words) -> list[Complaint]:
    """Say what is wrong, the field first where one is named; never empty."""
    match error:
        case Refused() if error.faults:
            found = [
                (fault.pointer.strip("/").partition("/")[0], fault.code) for fault in error.faults
            ]
        case Refused() | Conflict():
            found = [("", error.code)]
        case NotAllowedNow():
            found = [("", error.reason)]
        case Stale():
            return [Complaint("", "stale", words.gettext(CHANGED))]
        case NoSuchThing():
            return [Complaint("", "not_found", words.gettext(_GONE))]
        case _:
            found = [("", "refused")]
    general = getattr(error, "code", "")
    return list(
        dict.fromkeys(
            Complaint(field, code, words.gettext(_sentence(code, general))) for field, code in found
        )
    )


def told_on(
    error: TrackerError | None,
    words: Words,
    own: Mapping[tuple[str, str], str],
    *,
    order: Sequence[str],
) -> list[Complaint]:
    """Say the same in a page's own words, by field and code, and in the order of its fields."""
    found = told(error, words) if error else []
    said = [
        one._replace(text=words.gettext(own.get((one.field, one.code), one.text))) for one in found
    ]
    return sorted(said, key=lambda one: order.index(one.field) if one.field in order else 0)


def sentence(code: str, words: Words) -> str:
    """Return what a single code says."""
    return words.gettext(_sentence(code, ""))


def _sentence(code: str, general: str) -> str:
    return SENTENCES.get(code) or SENTENCES.get(general) or _ELSE
