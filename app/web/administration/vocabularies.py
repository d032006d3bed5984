"""The first steps of an installation.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class FirstStep(Vocabulary):
    """What an administrator settles once, in this order."""

    ORGANISATION = "organisation"
    KEY_COPY = "key_copy"
    BACKUP = "backup"
    BASIS = "basis"
    TEMPLATES = "templates"
    PEOPLE = "people"
    TOKEN = "token"
    FIRST_REQUEST = "first_request"
