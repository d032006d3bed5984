"""Texts that people type: trimmed, and empty where nothing of them can be seen.

Pure.
"""

import re

# White space and signs without ink, as a set in a pattern (JSON Schema's and ours): controls,
# Unicode's default-ignorable code points, the fillers of Hangul, the braille pattern without a dot,
# annotation marks, and what stands for an object that was left out.
INKLESS = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
)
# The same beyond 16 bits, which not every reader of a contract can write in a set.
_FAR = "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_INK = re.compile(f"[^{INKLESS}{_FAR}]")


def trimmed(text: str) -> str:
    """Return a text without the white space around it; empty where nothing can be seen."""
    return text.strip() if _INK.search(text) else ""
