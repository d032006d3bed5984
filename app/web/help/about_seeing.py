"""Help: what is there, what is gone, and what came back.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.GONE: Entry(
        N_("Gone"),
        gist=N_("The content is no longer there: the platform says so, or we saw it."),
        what=(
            N_(
                "Three things are kept apart for each location and never overwrite each "
                "other: what the platform says, what we saw, and the state that follows from "
                "both."
            ),
        ),
        do=(N_("When every location was seen gone by us, the request closes by itself."),),
        figures=N_(
            "It counts as gone from the earliest statement that still stands: the platform’s "
            "word, or our look."
        ),
        related=(HelpWord.CHECK, HelpWord.CAME_BACK, HelpWord.HALF_GONE),
    ),
    HelpWord.CHECK: Entry(
        N_("A check"),
        gist=N_("Somebody looks whether the content is still there."),
        what=(
            N_(
                "Only people with the viewing mandate may open content here. The tool itself "
                "never opens a link."
            ),
        ),
        do=(
            N_(
                "“Record a check”, or the letter v: gone, still online, restricted, could not"
                " tell; for each location, with the country it was seen from."
            ),
            N_(
                "Without it: put the request aside with a hand-over note, or give it to a "
                "colleague with a viewing mandate."
            ),
        ),
        figures=N_(
            "“Could not tell” changes nothing. “Gone” and “still online” change the state at once."
        ),
        related=(HelpWord.GONE, HelpWord.VIEWING_MANDATE, HelpWord.STILL_ONLINE),
    ),
    HelpWord.STILL_ONLINE: Entry(
        N_("Removed according to the platform, still online"),
        gist=N_("The platform says it removed the content, and we saw it online afterwards."),
        what=(N_("It may be a delay, another country, or another copy of it."),),
        do=(
            N_(
                "Look once more at the exact place. If it is there, write a reminder and say "
                "when and from which country it was seen."
            ),
            N_("If it is another place, make a new request for that one."),
        ),
        figures=N_(
            "It counts as open until it is really gone. How often this happens is a figure of"
            " its own for each platform."
        ),
        related=(HelpWord.CHASE, HelpWord.CAME_BACK, HelpWord.CHECK),
    ),
    HelpWord.CAME_BACK: Entry(
        N_("Came back"),
        gist=N_("It was gone, and it is online again at the same place."),
        what=(
            N_(
                "The platform may have put it back, or the account uploaded it again. For the"
                " person shown it makes no difference: it counts at once."
            ),
        ),
        do=(
            N_(
                "Record that you saw it online: “Record a check”, or under ⋯ at the location "
                "“Mark as online again”. It is then our turn."
            ),
            N_(
                "Write a reminder in this request. It quotes the same notice, so the platform"
                " need not begin anew."
            ),
            N_(
                "If it stands at another place, or the platform wants a new notice: “Submit "
                "again”, under ⋯ at the location, makes a new request from it."
            ),
        ),
        figures=N_(
            "It no longer counts as gone, whatever was decided before. “Came back” is the "
            "share of these among all that were ever gone."
        ),
        related=(HelpWord.CHASE, HelpWord.STILL_ONLINE, HelpWord.SAME_CONTENT),
    ),
    HelpWord.ALREADY_GONE: Entry(
        N_("Already gone"),
        gist=N_("It was gone before the platform could do anything."),
        what=(
            N_(
                "Either we saw that before sending, or the platform said so within a day and "
                "we never saw it online since."
            ),
        ),
        do=(N_("Look before you send, when somebody may look. It saves a notice."),),
        figures=N_(
            "It is left out of every figure and counted apart: no removal is credited to anybody."
        ),
        related=(HelpWord.GONE, HelpWord.CHECK),
    ),
}
