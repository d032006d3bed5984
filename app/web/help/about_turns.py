"""Help: whose turn it is, targets, and what waits.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.TURN: Entry(
        N_("Whose turn"),
        gist=N_("Who has to do something now: us, the platform, or nobody."),
        what=(N_("It follows from the timeline by itself. Nobody sets it by hand."),),
        do=(
            N_(
                "When it is our turn, the request stands in the inbox with one thing to do. "
                "Record what you did and the turn changes."
            ),
        ),
        figures=N_(
            "The time is split the same way: our time until the notice is submitted, the "
            "platform’s time from then on."
        ),
        related=(HelpWord.TARGET, HelpWord.OUR_TIME, HelpWord.ASIDE),
    ),
    HelpWord.TARGET: Entry(
        N_("Target"),
        gist=N_("The hours we give a platform, or ourselves, for the next step."),
        what=(
            N_(
                "It is ours, not the law’s: the DSA says “without undue delay” and sets no "
                "hours. So late is late by our target, and no breach of the law."
            ),
            N_(
                "Unless an administrator set other hours for a platform: a receipt within 24 "
                "hours, gone within 24 hours, urgent requests within 6."
            ),
        ),
        do=(N_("When a platform’s target has passed, the next step is a reminder."),),
        figures=N_(
            "“Gone by our target” and “answered by our target” are two figures: a quick "
            "refusal is an answer, but nothing was removed."
        ),
        related=(HelpWord.CHASE, HelpWord.URGENT, HelpWord.NO_ANSWER),
    ),
    HelpWord.URGENT: Entry(
        N_("Urgent"),
        gist=N_("Somebody is in danger, or a threat has a deadline."),
        what=(
            N_(
                "The targets become shorter: an hour for us to send the notice, six for the "
                "platform. A deadline that comes earlier counts instead."
            ),
        ),
        do=(
            N_(
                "Tick it, and give the deadline if there is one. If somebody is in danger "
                "now, call the police: this tool sends nothing by itself."
            ),
        ),
        figures=N_(
            "Urgent requests can be looked at apart, and platforms are compared with the same"
            " mix of urgency."
        ),
        related=(HelpWord.TARGET, HelpWord.HOLD),
    ),
    HelpWord.HOLD: Entry(
        N_("On hold"),
        gist=N_("We wait on purpose before the notice goes out."),
        what=(
            N_(
                "Mostly because the police goes first: child sexual abuse material hosted in "
                "Belgium is told to them before anybody else."
            ),
        ),
        do=(
            N_(
                "“Hold the request” with the reason. When you may go on, “Release from hold”,"
                " and the notice can be sent."
            ),
            N_("To look at something later that is not ours to wait for, put it aside instead."),
        ),
        figures=N_(
            "Time on hold is neither ours nor the platform’s: it is taken off our handling time."
        ),
        related=(HelpWord.ASIDE, HelpWord.OUR_TIME, HelpWord.URGENT),
    ),
    HelpWord.ASIDE: Entry(
        N_("Put it aside"),
        gist=N_("A request leaves the inbox until a moment you choose."),
        what=(
            N_(
                "Nobody asks for a reason. Colleagues see it under “Put aside”. A hand-over "
                "note tells them what you know."
            ),
        ),
        do=(
            N_(
                "“Put aside until…”, or the letter w. It comes back by itself, or earlier "
                "with “Back to the inbox now”."
            ),
        ),
        figures=N_("All times run on. Putting aside is not a hold."),
        related=(HelpWord.HOLD, HelpWord.CLAIM),
    ),
    HelpWord.CLAIM: Entry(
        N_("With somebody"),
        gist=N_("A colleague is working on this request."),
        what=(
            N_(
                "The first thing you record makes it yours for a quarter of an hour. Only "
                "looking does not."
            ),
        ),
        do=(
            N_(
                "Leave it, or “Take over” if it cannot wait; that is written in the audit "
                "log. “Let go” gives yours back."
            ),
            N_(
                "If two people saved the same form, nothing is lost: the page says who was "
                "first and when, and keeps your text."
            ),
        ),
        figures=N_("No figure counts work per person."),
        related=(HelpWord.ASIDE, HelpWord.TURN),
    ),
}
