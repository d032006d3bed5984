"""What the server decides before a request reaches the application: is it HTTP, and for whom."""

import re

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from app.http import admission, errors, headers, request_log
from app.http.deadlines import TimedConnection
from app.http.problems import CONTENT_TYPE, Problem, problem

_AUTHORITY = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")


class Connection(TimedConnection):
    """A connection whose every answer is one of ours, whatever was sent."""

    def on_headers_complete(self) -> None:
        """Let the host of an absolute address stand for Host (RFC 9112 section 3.2.2)."""
        found = _AUTHORITY.match(self.url)
        if found:
            others = [field for field in self.headers if field[0] != b"host"]
            self.headers[:] = [(b"host", found[1]), *others]
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Tell what is not HTTP as any other refusal; nothing after it could be read."""
        request_id = admission.request_id(())
        scope = {"type": "http", "path": "/", "state": {"request_id": request_id.decode()}}
        body = errors.written(
            Problem(problem(400, "malformed_http", "Malformed HTTP", detail=msg)), scope
        )
        own = (
            (b"content-type", CONTENT_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        )
        fields = headers.final(own, request_id, is_api=True)
        lines = [STATUS_LINE[400], *(name + b": " + value + b"\r\n" for name, value in fields)]
        self.transport.write(b"".join([*lines, b"\r\n", body]))
        self.transport.close()
        request_log.write(scope, None, 400, ms=None)
