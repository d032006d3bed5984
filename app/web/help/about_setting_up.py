"""Help: what an administrator sets up: key, backup, token.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.KEY_COPY: Entry(
        N_("The secret key and its copy"),
        gist=N_("Without the secret key nothing here can be read, and no backup can be opened."),
        what=(
            N_(
                "It is the file secret.key in the data folder, or the setting "
                "TAKEDOWN_SECRET_KEY. It is in no backup, on purpose: a stolen backup alone "
                "is worth nothing."
            ),
        ),
        do=(
            N_(
                "Keep one copy in another place than the machine and its backups, for "
                "instance on paper in a safe. Then tick it in the list of first steps."
            ),
        ),
        related=(HelpWord.BACKUP,),
    ),
    HelpWord.BACKUP: Entry(
        N_("Backup"),
        gist=N_("A copy of everything, in two sealed files, made while people work."),
        what=(
            N_(
                "One file holds the record, the other (takedown.keys) the data keys. Of the "
                "second only the newest may be kept."
            ),
        ),
        do=(
            N_(
                "On the server: takedown backup FILE. Let it run every night and copy both "
                "files to another machine."
            ),
            N_("Try a restore once, on another machine. It proves the record before it keeps it."),
        ),
        related=(HelpWord.KEY_COPY,),
    ),
    HelpWord.TOKEN: Entry(
        N_("API token"),
        gist=N_("The key with which the case system talks to this tool."),
        what=(N_("It may do only what is ticked, and is shown only once, when it is made."),),
        do=(
            N_(
                "One token for each system, named after it. Tick as little as it needs: links"
                " in clear only where it must send them on."
            ),
            N_(
                "Rotate it now and then; the one before works on for a while. If it may have "
                "leaked, revoke it."
            ),
        ),
        related=(HelpWord.MASKED,),
    ),
}
