"""Names people read aloud: `TD-7K3M9Q`, without letters that look alike."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
_TYPED = re.compile(rf"(?:TD)?[\s-]*([{ALPHABET}]{{{LENGTH}}})")
PATTERN = re.compile(rf"TD-[{ALPHABET}]{{{LENGTH}}}")


def new() -> str:
    """Draw a reference; the caller keeps it unique."""
    return "TD-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spelled(text: str) -> str:
    """Spell a reference as it is kept: people leave out the hyphen, or all that is before it."""
    found = _TYPED.fullmatch(text.strip().upper())
    return f"TD-{found[1]}" if found else text.upper()
