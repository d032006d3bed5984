"""What only its owner may read: the data folder 0700, database and secret key 0600.

Whatever the umask; SQLite gives its `-wal` and `-shm` the mode of the database they belong to.
"""

import logging
import os
from pathlib import Path

from sqlalchemy import make_url

from app.kit.settings import SECRET_FILE, Settings

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077
_log = logging.getLogger(__name__)


def make(settings: Settings) -> None:
    """Make data folder and database file where there are none."""
    folder = settings.data_dir
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER)
        folder.chmod(FOLDER)
    files = database_files(settings)
    if files and not files[0].exists() and files[0].parent.is_dir():
        _make_file(files[0])


def close(settings: Settings) -> None:
    """Close to others what they could read, and say so in the log.

    So is said what cannot be closed, and a folder that holds other things too: it may be open on
    purpose.
    """
    folder, files = settings.data_dir, database_files(settings)
    for path in files:
        if path.exists():
            # The others have the database's mode: that it was open says enough.
            _close(path, FILE, is_said=path == files[0])
    ours = {path.name for path in files} | {SECRET_FILE}
    if {path.name for path in folder.iterdir()} <= ours:
        _close(folder, FOLDER)
    elif folder.stat().st_mode & _OTHERS:
        _log.warning("%s: others may look into it; run chmod 700 on it", folder)


def database_files(settings: Settings) -> tuple[Path, ...]:
    """Return the files of the database, its own first; none where a server keeps it."""
    url = make_url(settings.database_address)
    if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
        return ()
    return tuple(Path(url.database + end) for end in ("", "-wal", "-shm"))


def _make_file(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, FILE)
    os.fchmod(handle, FILE)
    os.close(handle)


def _close(path: Path, mode: int, *, is_said: bool = True) -> None:
    if path.stat().st_mode & _OTHERS:
        try:
            path.chmod(mode)
        except OSError:
            _log.warning("%s: others may read it; run chmod %o on it", path, mode)
        else:
            if is_said:
                _log.warning("%s: others could read it; it is closed to them now", path)
