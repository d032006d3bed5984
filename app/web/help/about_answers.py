"""Help: what a platform may answer, or not.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.RECEIPT: Entry(
        N_("Receipt"),
        gist=N_("The platform says it got the notice."),
        what=(
            N_(
                "The platform has to send it where the notice carries an electronic contact "
                "(Article 16(4) DSA). It may come from a machine or from a person."
            ),
        ),
        do=(
            N_(
                "Log it as a reply: paste the e-mail and keep what is proposed. Nothing else "
                "is needed; it stays the platform’s turn."
            ),
        ),
        figures=N_(
            "An automatic receipt counts as receipt, not as an answer. Without our address in"
            " the notice none is expected, and the request is counted apart."
        ),
        related=(HelpWord.NO_ANSWER, HelpWord.DECISION),
    ),
    HelpWord.QUESTION: Entry(
        N_("A question from the platform"),
        gist=N_("The platform wants to know more before it decides. It is our turn, for 24 hours."),
        what=(N_("Until we answer, the platform may do nothing, and its time runs on."),),
        do=(
            N_(
                "Log the question first: “Log a reply”, paste the text, keep “Asked for "
                "information”."
            ),
            N_(
                "Answer where it was asked: in the platform’s form or by replying to its "
                "e-mail. Say where exactly the content is and why it is illegal. Give no "
                "name, birth date or school of the person shown, and never an image."
            ),
            N_(
                "Then record it under “Answer the platform”. From then on it is the "
                "platform’s turn again."
            ),
            N_(
                "If the notice was sent back (wrong channel, duplicate, not enough said), "
                "choose that in the reply and submit the content again, better."
            ),
        ),
        figures=N_(
            "A question is an answer of the platform, but not a decision. Both figures are shown."
        ),
        related=(HelpWord.DECISION, HelpWord.CHANNEL, HelpWord.REFUSAL),
    ),
    HelpWord.DECISION: Entry(
        N_("Decision"),
        gist=N_("What the platform did or said about a location."),
        what=(
            N_(
                "Removed, blocked in some countries, shown less, account closed, refused… The"
                " platform owes us its decision and the possibilities for redress (Article "
                "16(5) DSA)."
            ),
            N_(
                "The ground says whether it acted on the law or on its own terms. If it does "
                "not say, leave it unknown."
            ),
        ),
        do=(
            N_(
                "“Log a reply”, paste the text, look at the proposal, record it. If it "
                "decided differently about some locations, record it once for each group."
            ),
            N_("If it says removed, somebody looks within a day whether it is so."),
        ),
        figures=N_(
            "What the platform says it removed counts as gone from that moment, unless we see"
            " it online later."
        ),
        related=(HelpWord.REFUSAL, HelpWord.RESTRICTED, HelpWord.CHECK, HelpWord.STILL_ONLINE),
    ),
    HelpWord.REFUSAL: Entry(
        N_("Refusal"),
        gist=N_("The platform decided to leave the content online. Nothing is lost yet."),
        what=(
            N_(
                "Read the reason first. Perhaps the content was not found, the place was not "
                "clear, or it was not clear why it is illegal."
            ),
            N_(
                "What the platform owes us is its decision and the possibilities for redress "
                "(Article 16(5) DSA). The statement of reasons (Article 17 DSA) goes to the "
                "person who posted it, not to us."
            ),
        ),
        do=(
            N_(
                "Complain to the platform (Article 20 DSA): free of charge, at least six "
                "months from the decision. Answer its reason, point by point."
            ),
            N_(
                "Or escalate: to an out-of-court dispute body (Article 21 DSA), to the "
                "Digital Services Coordinator (Article 53 DSA), to the police or to INHOPE. "
                "The help on “Escalate” says what each needs."
            ),
            N_("Or accept the decision, with a reason. Then nobody is asked about it again."),
        ),
        figures=N_(
            "A refusal is an answer, and the item stands refused. If it is removed later, it "
            "counts as gone from then on. Refusals are counted under “Our own notices” too."
        ),
        related=(HelpWord.COMPLAINT, HelpWord.ESCALATE, HelpWord.ACCEPT, HelpWord.RESTRICTED),
    ),
    HelpWord.RESTRICTED: Entry(
        N_("Restricted"),
        gist=N_("The content is still there, but not for everybody."),
        what=(
            N_(
                "Blocked in some countries, behind an age check, shown less often, or with a "
                "label. That is less than we asked for."
            ),
        ),
        do=(
            N_("Decide as with a refusal: complain, escalate, or accept it."),
            N_(
                "Blocked in Belgium but seen online from Belgium? Record the check with the "
                "country: the restriction then counts as broken."
            ),
        ),
        figures=N_("It is a decision and an answer, but never a removal."),
        related=(HelpWord.REFUSAL, HelpWord.CHECK),
    ),
    HelpWord.NO_ANSWER: Entry(
        N_("No answer"),
        gist=N_("The platform said nothing by our target."),
        what=(N_("An automatic receipt does not count as an answer."),),
        do=(
            N_(
                "Look whether it is still online; record the check. Content sometimes goes "
                "without a word."
            ),
            N_(
                "Send a reminder. The next one is due a day later. Reminders for many "
                "requests can be prepared at once in the inbox."
            ),
            N_(
                "A complaint (Article 20 DSA) and a dispute body (Article 21 DSA) need a "
                "decision. On silence only the Digital Services Coordinator (Article 53 DSA) "
                "is left."
            ),
        ),
        figures=N_(
            "After seven days the request counts as silent. It goes on counting as open: "
            "silence does not make a platform look faster."
        ),
        related=(HelpWord.CHASE, HelpWord.ESCALATE, HelpWord.RECEIPT),
    ),
}
