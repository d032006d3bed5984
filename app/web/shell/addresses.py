"""Addresses of our own pages: with what is asked of them, and never another site's.

Pure.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9/_\-.?=&,%+:~]*")


def of(path: str, asked: Mapping[str, object]) -> str:
    """Return one of our addresses with what is asked of it; what is empty is left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def local(path: str | None, otherwise: str) -> str:
    """Return a path of our own that a visitor may be sent back to, never another site's."""
    if path and _LOCAL.fullmatch(path):
        return path
    return otherwise
