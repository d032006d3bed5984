"""Help: screens that hurt nobody, and proof of what was sent.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.MASKED: Entry(
        N_("Masked links"),
        gist=N_(
            "Reported links, accounts and texts are hidden, and can be copied without being shown."
        ),
        what=(N_("A link can hurt by its words alone, and somebody may look over your shoulder."),),
        do=(
            N_(
                "Use “Copy” wherever you can. “Reveal” shows it for you, on this page only. "
                "Both are written in the audit log."
            ),
            N_("The letter q covers the whole screen at once."),
        ),
        related=(HelpWord.VIEWING_MANDATE, HelpWord.FROZEN),
    ),
    HelpWord.VIEWING_MANDATE: Entry(
        N_("Viewing mandate"),
        gist=N_("Who may open reported content from here."),
        what=(
            N_(
                "An administrator gives it to a person. Without it there is no “Open "
                "content”. Everything else can be done without ever looking."
            ),
        ),
        do=(
            N_(
                "Open content only in the room and at the times agreed for it. Each opening "
                "is written in the audit log."
            ),
        ),
        related=(HelpWord.CHECK, HelpWord.MASKED),
    ),
    HelpWord.FROZEN: Entry(
        N_("Proof of a notice"),
        gist=N_("The text as it went out is kept, and it can be shown that nobody changed it."),
        what=(
            N_(
                "When a notice is submitted it is frozen, with a digest (SHA-256): one other "
                "sign in the text would give another digest. Each entry of the timeline is "
                "bound to the one before it."
            ),
        ),
        do=(
            N_(
                "You need do nothing. If a platform says that it got something else, open “As"
                " it went out” in the timeline and compare."
            ),
        ),
        related=(HelpWord.CORRECT, HelpWord.NOTICE),
    ),
}
