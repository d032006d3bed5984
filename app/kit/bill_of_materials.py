"""What this software is made of (an SBOM, CycloneDX 1.6), read from the lock file: `./run sbom`.

Pure: the lock's text in, the document out; the same lock gives the same document.
"""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.kit.version import VERSION

OURS = "takedown-tracker"
_PINNED = re.compile(r"([a-z0-9][a-z0-9-]*)==([^ ;\\]+)")


class Package(NamedTuple):
    """A locked package, and what it is needed by."""

    name: str
    version: str
    needed_by: tuple[str, ...]

    @property
    def url(self) -> str:
        """Name it as a package URL does."""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: str) -> Iterator[Package]:
    """Yield what a lock file pins, in its order."""
    parts = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    for part in filter(None, parts):
        name, version = _PINNED.match(part).groups()  # type: ignore[union-attr]
        *_, after = part.partition("# via")
        needed_by = [line.strip("# ").split(" ")[0] for line in after.splitlines()]
        yield Package(name, version, tuple(filter(None, needed_by)))


def document(lock: str) -> Mapping[str, object]:
    """Return the bill of materials of a lock file."""
    found = list(packages(lock))
    ours = f"pkg:pypi/{OURS}@{VERSION}"
    urls = {package.name: package.url for package in found} | {OURS: ours}
    # By address: of one name another version may be locked for each Python.
    needs: dict[str, list[str]] = {url: [] for url in [ours, *(each.url for each in found)]}
    for package in found:
        for name in package.needed_by:
            needs[urls[name]].append(package.url)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, VERSION + lock)}",
        "version": 1,
        "metadata": {"component": _component("application", OURS, VERSION, url=ours)},
        "components": [
            _component("library", package.name, package.version, url=package.url)
            for package in found
        ],
        "dependencies": [{"ref": url, "dependsOn": sorted(on)} for url, on in needs.items()],
    }


def _component(kind: str, name: str, version: str, *, url: str) -> Mapping[str, str]:
    return {"type": kind, "bom-ref": url, "name": name, "version": version, "purl": url}


if __name__ == "__main__":
    from app.kit.settings import ROOT

    text = (ROOT / "requirements.lock").read_text("utf-8")
    print(json.dumps(document(text), indent=2))  # noqa: T201 -- it is what was asked for
