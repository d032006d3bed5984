"""Help: what is open to us: reminders, complaints, other bodies, and the end.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.CHASE: Entry(
        N_("Chase: send a reminder"),
        gist=N_("A second message to a platform that did not act, or not for good."),
        what=(
            N_(
                "It names our reference, the ticket and the day of the notice, and is kept "
                "exactly as it went out."
            ),
        ),
        do=(
            N_(
                "“Write a reminder”, or the letter b. Send it as you sent the notice, then "
                "mark it as sent."
            ),
            N_(
                "Many at once: tick the rows in the inbox and choose “Prepare reminders”. "
                "Nothing goes out before you send it."
            ),
            N_(
                "All that is late at one platform: choose the platform in the inbox, or open "
                "its page, and write one reminder for all of it."
            ),
        ),
        figures=N_(
            "The platform’s time runs on from the first notice. The next reminder is due a "
            "day later."
        ),
        related=(HelpWord.NO_ANSWER, HelpWord.ESCALATE, HelpWord.CAME_BACK),
    ),
    HelpWord.COMPLAINT: Entry(
        N_("Complaint"),
        gist=N_("We ask the platform to look at its own decision again (Article 20 DSA)."),
        what=(
            N_(
                "Those who sent a notice may do so, free of charge, for at least six months "
                "from the decision. The platform may not decide it by machines alone."
            ),
            N_("There must be a decision: silence cannot be complained about in this way."),
        ),
        do=(
            N_(
                "“Write the complaint as a notice”: say why the decision is wrong, with what "
                "the platform may have missed. Send it where the platform takes complaints, "
                "then record it here."
            ),
            N_(
                "The page shows until when it is open. After 30 days without a decision it is"
                " our turn again."
            ),
        ),
        figures=N_(
            "One complaint counts once: upheld, refused or open. The refusal stands until "
            "another decision comes."
        ),
        related=(HelpWord.REFUSAL, HelpWord.ESCALATE),
    ),
    HelpWord.ESCALATE: Entry(
        N_("Escalate"),
        gist=N_("We go to somebody else than the platform’s own complaint desk."),
        what=(
            N_(
                "An out-of-court dispute body (Article 21 DSA) needs a decision. It decides "
                "within 90 days, longer if it is very complex, and does not bind the "
                "platform."
            ),
            N_(
                "The Digital Services Coordinator (Article 53 DSA; in Belgium the BIPT) looks"
                " at breaches of the platform’s duties, silence included. Check first that "
                "the hotline may act for somebody."
            ),
            N_("The police, INHOPE or a contact person at the platform can be asked at any time."),
        ),
        do=(
            N_(
                "Do it where it has to be done, then record it: “Escalate”, with whom and "
                "what was asked."
            ),
        ),
        figures=N_("It changes no figure by itself. What the platform then does counts as always."),
        related=(HelpWord.COMPLAINT, HelpWord.NO_ANSWER, HelpWord.REFUSAL),
    ),
    HelpWord.ACCEPT: Entry(
        N_("Accept the decision"),
        gist=N_("We leave a refusal or a restriction as it is."),
        what=(N_("It is a note in the timeline with a reason, and no approval of the content."),),
        do=(
            N_(
                "Write why in one sentence: no names. Somebody who reads it in a year must "
                "understand it."
            ),
            N_("Changed your mind? A complaint can still be recorded while its time runs."),
        ),
        figures=N_(
            "The items go on counting as refused or restricted. A week after the last event "
            "the request may be closed."
        ),
        related=(HelpWord.REFUSAL, HelpWord.CLOSE),
    ),
    HelpWord.WITHDRAW: Entry(
        N_("Withdraw"),
        gist=N_("We no longer ask for it."),
        what=(
            N_(
                "For instance because the person shown asks us to stop, or the notice was a "
                "mistake. It cannot be reopened."
            ),
        ),
        do=(
            N_(
                "Before it was sent, that is all. Afterwards tell the platform too: a "
                "withdrawal is a notice of its own."
            ),
            N_("Only one location? Choose it by name."),
        ),
        figures=N_(
            "Withdrawn before sending: never asked for. After sending it stays in the figures"
            " and never counts as gone: giving up must not make a number look better."
        ),
        related=(HelpWord.CLOSE, HelpWord.CORRECT),
    ),
    HelpWord.CLOSE: Entry(
        N_("Closing a request"),
        gist=N_("The work on a request ends."),
        what=(
            N_(
                "It closes by itself once we saw every location gone. By hand: when nothing "
                "more can be done."
            ),
        ),
        do=(
            N_(
                "If it comes back or the platform answers later, record it: that is always "
                "possible. “Reopen” puts it back to work."
            ),
        ),
        figures=N_("Closing changes no figure. What is still online goes on counting as open."),
        related=(HelpWord.ACCEPT, HelpWord.WITHDRAW, HelpWord.CAME_BACK),
    ),
    HelpWord.CORRECT: Entry(
        N_("Correcting an entry"),
        gist=N_(
            "Nothing is deleted. What was wrong stays, struck through, and something else "
            "counts instead."
        ),
        what=(N_("So a mistake is no disaster. Everybody can see later what was thought when."),),
        do=(
            N_("Within ten minutes: “Undo”, or the letter z."),
            N_(
                "Later: “Correct” at the entry. A wrong time can be corrected too; state and "
                "figures follow."
            ),
        ),
        figures=N_(
            "Figures are counted from the entries that stand. A frozen report stays as it "
            "was; a second version can be made."
        ),
        related=(HelpWord.FROZEN, HelpWord.WITHDRAW),
    ),
}
