"""`python benchmarks/alternatives/set_up_fir.py DIR`: make a checkout of FIR ready to be compared.

Makes an environment in it with what FIR needs, and an empty database with FIR's own seed. FIR then
has the application of its statistics besides its core, and SQLite: its driver for MySQL is left
out, for it needs a library of the system's.
"""

import subprocess
import sys
from pathlib import Path

VENV = "venv"  # as FIR's container names it; its repository ignores it
EMPTY = Path(VENV) / "empty.sqlite3"
APPLICATIONS = Path("fir", "config", "installed_apps.txt")
NEEDS = ("requirements.txt", "fir_api/requirements.txt")
LEFT_OUT = "mysqlclient"
SETTINGS = "fir.config.composeprod"
SEED = "incidents/fixtures/01_seed_data.json"


def main() -> None:
    """Set up the checkout that is named."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    subprocess.run([sys.executable, "-m", "venv", folder / VENV], check=True)
    python = python_of(folder)
    subprocess.run([python, "-m", "pip", "install", "-q", *needs_of(folder)], check=True)
    (folder / APPLICATIONS).write_text("fir_stats\n", "utf-8")
    (folder / EMPTY).unlink(missing_ok=True)
    for words in (["migrate", "-v", "0"], ["loaddata", "-v", "0", SEED]):
        subprocess.run(
            [python, "manage.py", *words],
            cwd=folder,
            env=environment(folder / EMPTY),
            check=True,
        )
    print(f"ready: FIR_DIR={folder}")


def needs_of(folder: Path) -> list[str]:
    """Return the packages that FIR needs here."""
    lines = [line for name in NEEDS for line in (folder / name).read_text("utf-8").split()]
    return [line for line in lines if not line.startswith(LEFT_OUT)]


def python_of(folder: Path) -> Path:
    """Return the interpreter of a checkout that was set up."""
    return folder / VENV / "bin" / "python"


def environment(database: Path) -> dict[str, str]:
    """Return what FIR is told about its settings and its database."""
    return {"DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_URL": f"sqlite:///{database}"}


if __name__ == "__main__":
    main()
