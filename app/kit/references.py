"""Names people read aloud: `TD-7K3M9Q`, without letters that look alike."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
PATTERN = re.compile(rf"TD-[{ALPHABET}]{{{LENGTH}}}")


def new() -> str:
    """Draw a reference; the caller keeps it unique."""
    return "TD-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
