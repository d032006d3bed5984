"""Help: numbers and reports.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.HALF_GONE: Entry(
        N_("Half gone in"),
        gist=N_("How long it takes until half of what we asked for is gone."),
        what=(
            N_(
                "What is still open counts as long as it has waited. Leaving it out would "
                "flatter slow and silent platforms."
            ),
            N_("“Not reached” is an answer too: less than half is gone."),
        ),
        do=(
            N_(
                "Before you say that a platform is slow, look at the interval and at the "
                "number of requests. Click a number to see its rows."
            ),
            N_(
                "Beside a platform’s own figure, use the simple median: platforms leave out "
                "what is open."
            ),
        ),
        related=(HelpWord.OUR_TIME, HelpWord.TOO_FEW, HelpWord.INTERVAL),
    ),
    HelpWord.OUR_TIME: Entry(
        N_("Our time and the platform’s time"),
        gist=N_("The clock has two owners."),
        what=(
            N_(
                "Ours runs from the public’s report, or else from logging, until the notice "
                "is submitted. The platform’s runs from there until the content is gone."
            ),
            N_("Nights and weekends count: the child waits then too."),
        ),
        do=(
            N_(
                "Fill in “Reported to us” when you know it. Without it a request has no “from"
                " report to gone”."
            ),
        ),
        figures=N_(
            "Figures of platforms begin when they got the notice. INHOPE begins at the "
            "report. Never set one beside the other."
        ),
        related=(HelpWord.HALF_GONE, HelpWord.HOLD, HelpWord.TURN),
    ),
    HelpWord.INTERVAL: Entry(
        N_("Interval"),
        gist=N_("How far chance alone could move a number with so few requests."),
        what=(
            N_(
                "Few requests give a wide interval. Two platforms whose intervals overlap may"
                " well be equally fast."
            ),
        ),
        do=(
            N_(
                "Say “faster” or “slower” only where the page says so. Where it cannot be "
                "told, they are not equal either."
            ),
        ),
        related=(HelpWord.HALF_GONE, HelpWord.TOO_FEW),
    ),
    HelpWord.TOO_FEW: Entry(
        N_("Fewer than 10"),
        gist=N_("Too few requests for a percentage or a median."),
        what=(
            N_(
                "With fewer than ten requests behind it a number shows counts only. One "
                "request more or less would turn it round."
            ),
        ),
        do=(
            N_(
                "Take a longer period, or take out a filter. Or tell the counts as they are, "
                "such as 3 of 4."
            ),
        ),
        related=(HelpWord.INTERVAL, HelpWord.HALF_GONE),
    ),
    HelpWord.FREEZE: Entry(
        N_("Freezing a report"),
        gist=N_("A report is made final: its figures, texts and files never change again."),
        what=(
            N_("A copy downloaded in a year has the same bytes, with the same digest (SHA-256)."),
        ),
        do=(
            N_("Go through the checks first; each has a link that leads to what is wrong."),
            N_(
                "A mistake after that? Correct it in the requests, then make version 2. Both "
                "stay, with what changed."
            ),
        ),
        related=(HelpWord.CORRECT, HelpWord.BASIS),
    ),
}
