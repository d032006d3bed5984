"""What a server bears: killed, told to stop, held open by strangers, asked by a crowd."""

from typing import NamedTuple


class Size(NamedTuple):
    """How often, how many, and how long."""

    sqlite_kills: int = 200
    postgresql_kills: int = 50
    polls: int = 200
    half_open: int = 1100
    callers: int = 50
    readers: int = 16
    seconds: float = 60.0

    def kills(self, database: str) -> int:
        """How often a server over this database is killed."""
        return self.sqlite_kills if database == "SQLite" else self.postgresql_kills


class Trial(NamedTuple):
    """One line of the table: what was done, what was seen of it, and what that had to be."""

    what: str
    database: str
    count: str
    seen: str
    lost: str
    wanted: str
    met: bool
