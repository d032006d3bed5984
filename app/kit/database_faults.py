"""What is wrong with a database, in one line that names the mend and quotes nothing of its content.

Pure: reads the driver's code of an error, never its message.
"""

from collections.abc import Callable

from sqlalchemy import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from app.kit.errors import DatabaseFault

DAMAGED = "is damaged; stop the server and restore the newest backup (docs/backup.md)"
_SQLITE = {
    "SQLITE_NOTADB": "is not a SQLite database; name another file, or restore the newest backup",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_FULL": "cannot be written: the disk is full; make room and repeat",
    "SQLITE_READONLY": "cannot be written: file or folder are read-only; give this user the right",
    "SQLITE_CANTOPEN": "cannot be opened; look whether its folder is there and this user may write",
    "SQLITE_BUSY": "is locked by another process; end that one and repeat",
    "SQLITE_ERROR": "lacks a table or column; look whether it is the right database",
    "SQLITE_IOERR": "cannot be read or written; look whether the disk is full or failing",
}
# By the class of SQLSTATE (PostgreSQL, appendix A), its first two signs.
_POSTGRESQL = {
    "08": "does not answer; look whether the server runs",
    "28": "does not let this user in; look at the user and password in TAKEDOWN_DATABASE_URL",
    "3D": "is not there; create it, or correct TAKEDOWN_DATABASE_URL",
    "25": "cannot be written: it is read-only",
    "42": "lacks a table or a right; look whether it is the right database",
    "53": "cannot take more: disk, memory or connections are used up",
    "57": "is starting or stopping; repeat in a moment",
    "58": "cannot be read or written; look at the server's log",
    "XX": "is damaged; look at the server's log and restore the newest backup (docs/backup.md)",
}
_NO_ANSWER = (
    "does not answer, or does not let this user in; look whether the server runs and "
    "TAKEDOWN_DATABASE_URL names it"
)
_UNFORESEEN = "refused this; look at its log"
# PostgreSQL takes these after the `?` of an address, too.
_SECRETS = ("password", "sslpassword")


def translating(where: str) -> Callable[[ExceptionContext], DatabaseFault | None]:
    """Make an engine's `handle_error`: what is the database's own fault is raised as such."""

    def translated(context: ExceptionContext) -> DatabaseFault | None:
        error = context.sqlalchemy_exception
        # The pool asks a connection whether it still lives, and makes another where it does not.
        if not isinstance(error, DBAPIError) or context.is_pre_ping:
            return None
        told = words(error)
        is_its_fault = isinstance(error, OperationalError) or context.is_disconnect
        if told == _UNFORESEEN and not is_its_fault:
            return None
        return DatabaseFault(f"{where}: {told}")

    return translated


def place(address: str) -> str:
    """Name a database as a person may read it: a file's path, or an address without password."""
    url = make_url(address)
    if url.drivername == "sqlite":
        return str(url.database)
    told = url.set(drivername="postgresql").difference_update_query(_SECRETS)
    return told.render_as_string(hide_password=True)


def words(error: DBAPIError) -> str:
    """Return what the database is or does, as the rest of a sentence that begins with its name."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        parts = name.split("_")
        return _SQLITE.get("_".join(parts[:2]), _UNFORESEEN)
    state = getattr(error.orig, "sqlstate", "")
    return _NO_ANSWER if state is None else _POSTGRESQL.get(state[:2], _UNFORESEEN)
