"""Every page, the rights it asks for, and all that a form could change."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from fastapi.routing import APIRoute
from sqlalchemy import select

from app.kit.database import Database, metadata
from app.web.application import PAGES
from app.web.shell.request_context import Anyone, Seeing


class Page(NamedTuple):
    """A page, and the rights it asks for; None: it asks nobody who they are."""

    method: str
    path: str
    rights: frozenset[str] | None
    takes_files: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        return re.sub(r"\{(\w+)(?::\w+)?\}", "1", self.path)


def pages() -> Iterator[Page]:
    for page in chain.from_iterable(PAGES.values()):
        for route in page.router.routes:
            assert isinstance(route, APIRoute)
            doors = [
                found.call
                for found in route.dependant.dependencies
                if isinstance(found.call, (Anyone, Seeing))
            ]
            assert len(doors) == 1, f"{route.path} has no door"
            rights = frozenset(doors[0].rights) if isinstance(doors[0], Seeing) else None
            takes_files = isinstance(doors[0], Seeing) and doors[0].takes_files
            for method in route.methods or ():
                yield Page(method, route.path, rights, takes_files)


def everything(database: Database) -> dict[str, object]:
    """All that is stored, but for when a visit was used last."""
    with database.read() as unit:
        return {
            table.name: unit.connection.execute(
                select(*(column for column in table.columns if column.name != "used_at"))
            ).all()
            for table in metadata.sorted_tables
        }
