"""The log of a server as it is started: settings choose its form and what is odd is said first."""

import json
import socket
from pathlib import Path

from tests.server_process import made_ready, serving


def test_a_served_log_is_json_line_by_line_from_the_first_request_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    odd = {"TAKEDOWN_ORGANIZATION_NAME": "x", "TAKEDOWN_ORGANISATION_NAME": "Hotline"}
    known = {"TAKEDOWN_ORGANISATION_EMAIL": "notices@hotline.example"}

    with serving(folder, token, TAKEDOWN_LOG_FORMAT="json", **odd, **known) as server:
        answer = server.client.get("/takedowns")
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"hunter2 hunter2\r\n\r\n")
            refused = connection.recv(65_536)
    warning, *lines = [
        json.loads(line) for line in server.output.read_text("utf-8").splitlines()
        if line.startswith("{")
    ]  # fmt: skip

    assert warning["level"] == "warning"
    assert warning["message"].startswith("TAKEDOWN_ORGANIZATION_NAME: no setting has this name")
    told = {line["request_id"]: line for line in lines if "request_id" in line}
    listed = told[answer.headers["x-request-id"]]
    names = ("method", "route", "status", "by")
    assert [listed[name] for name in names] == ["GET", "/api/v1/takedowns", 200, "token:1"]
    [malformed] = [id_ for id_ in told if id_.encode() in refused]
    assert [told[malformed][name] for name in names] == [None, None, 400, None]
    assert "hunter2" not in server.output.read_text("utf-8")
    plain = [line for line in server.output.read_text("utf-8").splitlines() if line[0] != "{"]
    assert [line.split(" on ")[0] for line in plain][-1:] == ["Takedown Tracker"]


def test_a_quiet_log_tells_no_request(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    known = {
        "TAKEDOWN_ORGANISATION_NAME": "Hotline",
        "TAKEDOWN_ORGANISATION_EMAIL": "notices@hotline.example",
    }

    with serving(folder, token, TAKEDOWN_LOG_LEVEL="WARNING", **known) as server:
        server.client.get("/takedowns")

    assert " INFO " not in server.output.read_text("utf-8")
