"""Help: what we ask of a platform, and on which grounds.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.REQUEST: Entry(
        N_("Request"),
        gist=N_("What we ask of one platform, about one or more locations of one case."),
        what=(
            N_(
                "A case may need several requests: one for each platform. Each has its own "
                "reference (TD-…), which is safe to say on the phone and to put in an e-mail."
            ),
            N_(
                "A location is one exact place: a link, an account or a message. Links from "
                "one message are put together in one request for each platform."
            ),
        ),
        do=(
            N_(
                "Paste everything that was reported under “New request”, even a whole e-mail."
                " What is recognised is shown before anything is saved."
            ),
        ),
        figures=N_(
            "Items are counted apart from requests: one message of the platform often decides"
            " all items of a request."
        ),
        related=(HelpWord.NOTICE, HelpWord.SAME_CONTENT, HelpWord.TURN),
    ),
    HelpWord.NOTICE: Entry(
        N_("Notice"),
        gist=N_("The exact text that goes to the platform."),
        what=(
            N_(
                "It is filled in from the facts, in the order of the platform’s own form. A "
                "reminder and a complaint are notices too."
            ),
        ),
        do=(
            N_(
                "Open the platform’s form, copy field by field, send it there, then mark it "
                "here as submitted, with the ticket number if one was given."
            ),
            N_(
                "What it still lacks is told above its fields. It is ready only when it can "
                "really be sent."
            ),
        ),
        figures=N_(
            "The platform’s time begins when the notice is submitted. Reminders and "
            "complaints do not start it again."
        ),
        related=(HelpWord.CHANNEL, HelpWord.TICKET, HelpWord.BASIS, HelpWord.FROZEN),
    ),
    HelpWord.CHANNEL: Entry(
        N_("Channel"),
        gist=N_("The way a notice goes to the platform: a form or an e-mail address."),
        what=(
            N_(
                "A platform may have several. The best one that can be used is chosen; some "
                "are open only to trusted flaggers."
            ),
        ),
        do=(
            N_(
                "If the form is as shown, say so at the notice; if it changed, say that. "
                "Everybody sees it then."
            ),
            N_(
                "If the platform writes that it was the wrong channel, log the reply so, and "
                "submit the content again through the right one."
            ),
        ),
        figures=N_("Notices sent back for the wrong channel are counted under “Our own notices”."),
        related=(HelpWord.NOTICE, HelpWord.TICKET, HelpWord.QUESTION),
    ),
    HelpWord.TICKET: Entry(
        N_("Ticket number"),
        gist=N_("The number the platform gives a notice."),
        what=(
            N_(
                "With it, a reply that comes later finds its request by itself. It is kept "
                "encrypted and stands in no address."
            ),
        ),
        do=(
            N_(
                "Paste it when you mark the notice as submitted. If the platform gave none, "
                "tick that: then silence is known too."
            ),
        ),
        related=(HelpWord.NOTICE, HelpWord.RECEIPT),
    ),
    HelpWord.BASIS: Entry(
        N_("Legal basis"),
        gist=N_("Why the platform should listen to us."),
        what=(
            N_(
                "Trusted flagger (Article 22 DSA): only while the status is held, and within "
                "its area. Such notices are given priority. Else a notice under Article 16 "
                "DSA, which anyone may send."
            ),
            N_(
                "There are two more: a priority channel that a platform agreed with us, and "
                "the TAKE IT DOWN Act of the United States."
            ),
        ),
        do=(
            N_(
                "Leave it as it is proposed, unless you know better. If a notice fell back to"
                " Article 16 DSA, the status was not held for it that day: an administrator "
                "can look under “Trusted-flagger status”."
            ),
        ),
        figures=N_(
            "A request keeps the basis with which it was submitted. The yearly report counts "
            "only what was sent as a trusted flagger in its first table."
        ),
        related=(HelpWord.NOTICE, HelpWord.CONDITIONS),
    ),
    HelpWord.CONDITIONS: Entry(
        N_("Condition of a provision"),
        gist=N_("Something that must be true before the notice may name a provision of the law."),
        what=(
            N_(
                "Some provisions apply only in some situations. The notice names them only "
                "when a person has confirmed it."
            ),
        ),
        do=(
            N_(
                "Tick what you know to be so from the report. If you are not sure, leave it "
                "open: the notice goes out without that provision and is still complete."
            ),
        ),
        related=(HelpWord.BASIS, HelpWord.NOTICE),
    ),
    HelpWord.SAME_CONTENT: Entry(
        N_("The same content in other requests"),
        gist=N_("The content was in a request before."),
        what=(N_("It is recognised however the link is written. Nobody opens the link for that."),),
        do=(
            N_(
                "Look how the other request stands. If the platform still has it, leave the "
                "link out here and send a reminder there."
            ),
            N_("If it was gone and is online again, submit it again: see “Came back”."),
        ),
        figures=N_("One content in two requests is two items; neither is credited to the other."),
        related=(HelpWord.CAME_BACK, HelpWord.REQUEST),
    ),
}
