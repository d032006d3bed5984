"""The languages of notices and pages: this one list, and for each its texts.

Pure. A new one is a line here; the tests then name every text it lacks (docs/architecture.md).
"""

from app.kit.vocabulary import Vocabulary


class Language(Vocabulary):
    """A language by its ISO 639-1 code."""

    own_name: str
    territory: str  # whose days and numbers its readers are used to

    def __new__(cls, code: str, own_name: str = "", territory: str = "") -> "Language":
        """Make a language of a line of the list."""
        made = str.__new__(cls, code)
        made._value_ = code
        made.own_name = own_name
        made.territory = territory
        return made

    EN = "en", "English", "GB"
    NL = "nl", "Nederlands", "BE"
    FR = "fr", "Français", "BE"


SOURCE = Language.EN
"""What the sentences of the code are written in, and what a notice is written in unasked."""
