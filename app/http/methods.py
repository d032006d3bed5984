"""Which methods an address takes, over all the routes that share it.

Starlette asks the first matching route only, and its `Allow` tells half.
"""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Mount

from app.http.problems import Problem, problem

_ASKED = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed(routes: Sequence[BaseRoute], path: str) -> list[str]:
    """Return the methods of an address, for `Allow`; none when nothing has this address."""
    found = [method for method in _ASKED if _is_taken(routes, path, method)]
    if "GET" in found:
        found.insert(1, "HEAD")
    return [*found, "OPTIONS"] if found else []


def misdirected(routes: Sequence[BaseRoute], path: str, method: str) -> Problem | None:
    """Return the 404 or 405 of an address or method that nothing takes; None when it is taken."""
    methods = allowed(routes, path)
    if method in methods:
        return None
    return no_such_method(methods) if methods else no_such_address()


def no_such_method(methods: Sequence[str]) -> Problem:
    """Build the 405 that names what would do (RFC 9110 section 15.5.6)."""
    names = ", ".join(methods)
    detail = f"This address takes {names}."
    return Problem(
        problem(405, "method_not_allowed", "Method not allowed", detail=detail), {"Allow": names}
    )


def no_such_address() -> Problem:
    """Build the 404 of an address behind which there is nothing."""
    return Problem(problem(404, "not_found", "Not found", detail="Nothing has this address."))


def _is_taken(routes: Sequence[BaseRoute], path: str, method: str) -> bool:
    probe = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    for route in routes:
        if route.matches(probe)[0] is Match.FULL:
            # A mount takes every method and lets its app decide; ours only serve files.
            return method == "GET" if isinstance(route, Mount) else True
    return False
