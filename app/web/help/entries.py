"""Every word of the help, by group.

Pure: data.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_
from app.web.help import (
    about_acting,
    about_answers,
    about_asking,
    about_importing,
    about_numbers,
    about_safety,
    about_seeing,
    about_setting_up,
    about_turns,
)
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpGroup, HelpWord

TITLES: Mapping[HelpGroup, str] = MappingProxyType(
    {
        HelpGroup.ASKING: N_("What we ask, and of whom"),
        HelpGroup.TURNS: N_("Whose turn it is, and by when"),
        HelpGroup.ANSWERS: N_("What the platform answers"),
        HelpGroup.SEEING: N_("What can be seen"),
        HelpGroup.ACTING: N_("What we can do"),
        HelpGroup.SAFETY: N_("Safe screens, and proof"),
        HelpGroup.NUMBERS: N_("Numbers and reports"),
        HelpGroup.IMPORTING: N_("Bringing in a spreadsheet"),
        HelpGroup.SETTING_UP: N_("Setting up"),
    }
)
GROUPS: Mapping[HelpGroup, Mapping[HelpWord, Entry]] = MappingProxyType(
    {
        HelpGroup.ASKING: about_asking.ENTRIES,
        HelpGroup.TURNS: about_turns.ENTRIES,
        HelpGroup.ANSWERS: about_answers.ENTRIES,
        HelpGroup.SEEING: about_seeing.ENTRIES,
        HelpGroup.ACTING: about_acting.ENTRIES,
        HelpGroup.SAFETY: about_safety.ENTRIES,
        HelpGroup.NUMBERS: about_numbers.ENTRIES,
        HelpGroup.IMPORTING: about_importing.ENTRIES,
        HelpGroup.SETTING_UP: about_setting_up.ENTRIES,
    }
)
ENTRIES: Mapping[HelpWord, Entry] = MappingProxyType(
    {word: entry for entries in GROUPS.values() for word, entry in entries.items()}
)
