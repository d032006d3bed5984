"""Nothing toxic lies readable on the disk or in what the server prints, whatever was sent."""

import base64
import hashlib
import json
import signal
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest

from tests.broken import breaking
from tests.server_process import AS_SERVED, VERBOSE, Server, made_ready, serving

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


class Canaries:
    """Words that occur nowhere else, by what they stand for."""

    def __init__(self) -> None:
        self.dice = Random(20261123)
        self.words: dict[str, str] = {}

    def __call__(self, name: str, length: int = 11) -> str:
        self.words[name] = "".join(self.dice.choices(LETTERS, k=length))
        return self.words[name]

    def text(self, name: str) -> str:
        return f"Ontdekt op één plek: {self(name, 16)} / été & «{self(name + ' end', 16)}»."


def spellings(word: str) -> set[bytes]:
    """How a word could lie about: plain, wide, in hex, in base64, quoted, or as a bare digest."""
    raw = word.encode()
    found = {raw, word.encode("utf-16-le"), word.encode("utf-16-be"), raw.hex().encode()}
    found |= {quote(word, safe="").encode(), json.dumps(word)[1:-1].encode()}
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + raw)
        # The letters at both ends also depend on what stands beside the word.
        found.add(coded[4:-4])
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, raw).digest()
        found |= {digest, digest.hex().encode()}
    return {spelling.lower() for spelling in found}


def hits(files: Iterable[Path], words: dict[str, str]) -> list[str]:
    lying = {path.name: path.read_bytes().lower() for path in files}
    return [
        f"{name} in {path}"
        for name, word in words.items()
        for path, content in lying.items()
        if any(spelling in content for spelling in spellings(word))
    ]


def everything(folder: Path) -> list[Path]:
    """The data folder, and what the servers over it printed."""
    return [path for path in (*folder.rglob("*"), *folder.parent.glob("*.log")) if path.is_file()]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(AS_SERVED, id="as served"),
        pytest.param(VERBOSE, id="loud", marks=pytest.mark.slow),
    ],
)
def test_nothing_that_was_sent_lies_readable(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    sent = Canaries()
    with serving(folder, token, command) as server:
        log_and_edit(server, sent)
        assert hits(everything(folder), {"case": "C-intake"}) != []  # stored readable, as it may be
        tell_and_send(server, sent)
        ask_and_search(server, sent)
        be_refused(server, sent)
        if command == AS_SERVED:
            # A server told to log every address does so.
            server.client.get(f"/takedowns?url={sent('query')}")
            server.client.get(f"/takedowns/{sent('path')}")
        fail(server, folder, sent)

        assert hits(everything(folder), sent.words) == []
        server.end(signal.SIGKILL)
    assert hits(everything(folder), sent.words) == []
    assert [path for path in everything(folder) if token.encode() in path.read_bytes()] == []


@pytest.mark.slow
def test_a_server_that_prints_what_it_is_sent_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    with serving(folder, token, breaking("talkative")) as server:
        sent = Canaries()
        post(server, "/recognise", {"text": sent("told")}, 200)

        assert hits(everything(folder), sent.words) == [f"told in {server.output.name}"]


def test_the_same_search_finds_every_spelling_written_on_purpose(tmp_path: Path) -> None:
    word = "kanarie vogel 42 op één"
    for number, spelling in enumerate(sorted(spellings(word))):
        (tmp_path / f"{number}.bin").write_bytes(b"before" + spelling + b"after")

        assert hits([tmp_path / f"{number}.bin"], {"it": word}) == [f"it in {number}.bin"]


def post(server: Server, path: str, body: Any, status: int = 201, **headers: str) -> Any:
    answer = server.client.post(path, json=body, headers=headers)
    assert answer.status_code == status, (path, answer.text)
    return answer.json() if answer.content else None


def facts(sent: Canaries, name: str) -> dict[str, Any]:
    explanation = sent.text(f"explanation {name}")
    return {"case_ref": f"C-{name}", "category": "csam_ai", "explanation": explanation}


def log_and_edit(server: Server, sent: Canaries) -> None:
    text = (
        f"{sent.text('pasted')}"
        f"\nhttps://www.instagram.com/p/{sent('content id')}/?igsh={sent('tracking')}"
        f"\nhttps://www.tiktok.com/@{sent('account')}/video/7312345678901234567"
        f"\nhttps://{sent('unknown host')}.example.net/{sent('unknown path')}"
    )
    post(server, "/recognise", {"text": text}, 200)
    post(server, "/intakes?dry_run=true", facts(sent, "dry") | {"text": text}, 200)
    keyed = {"Idempotency-Key": sent("key", 40)}
    taken = facts(sent, "intake") | {"text": text}
    first = post(server, "/intakes", taken, **keyed)
    assert post(server, "/intakes", taken, **keyed) == first
    assert len(first["takedowns"]) == 2

    draft = first["takedowns"][0]["reference"]
    amended = {"explanation": sent.text("amended")}
    answer = server.client.patch(f"/takedowns/{draft}", json=amended, headers={"If-Match": "*"})
    assert answer.status_code == 200
    words = {"fields": {"explanation": sent.text("edit")}}
    assert server.client.put(f"/takedowns/{draft}/notice", json=words).status_code == 200
    discarded = {"fields": {"explanation": sent.text("discarded edit")}}
    other = first["takedowns"][1]["reference"]
    assert server.client.put(f"/takedowns/{other}/notice", json=discarded).status_code == 200
    assert server.client.delete(f"/takedowns/{other}/notice").status_code == 204

    address = f"https://{sent('other host')}.example/{sent('other path')}?id={sent('other query')}"
    url = {"url": address, "place": sent("place")}
    recipient = {"recipient": f"https://{sent('recipient host')}.example/{sent('recipient path')}"}
    told = facts(sent, "other") | {"platform": "other", "urls": [url]}
    post(server, "/takedowns", told | recipient)
    locator = {
        "account": sent("locator account"),
        "message_id": "1413732588456181282",
        "description": sent.text("description"),
    }
    post(
        server,
        "/takedowns",
        facts(sent, "locator") | {"platform": "discord", "locators": [locator]},
    )


def tell_and_send(server: Server, sent: Canaries) -> None:
    reference = server.client.get("/takedowns?platform=instagram").json()["data"][0]["reference"]
    here = f"/takedowns/{reference}"
    post(server, f"{here}/submission", {"how": "form", "ticket_id": sent("ticket")})
    event = f"{here}/events"
    receipt = {"kind": "receipt_confirmed", "automatic": True, "ticket_id": sent("ticket 2")}
    wrong = post(server, event, receipt)
    corrected = {"replacement": {"ticket_id": sent("ticket 3")}, "reason": sent.text("corrected")}
    post(server, event, {"kind": "corrected", "voids": wrong["id"]} | corrected)
    refusal = {"kind": "decided", "outcome": "refused", "reason": sent.text("reason")}
    post(server, event, refusal, **{"Idempotency-Key": sent("key 2", 40)})
    for kind in ("noted", "information_requested", "information_sent"):
        post(server, event, {"kind": kind, "text": sent.text(kind)})
    post(server, event, {"kind": "escalated", "to": "police", "text": sent.text("escalated")})
    complaint = {"purpose": "complaint", "how": "form", "reason": sent.text("complaint")}
    post(server, f"{here}/notices", complaint)


def ask_and_search(server: Server, sent: Canaries) -> None:
    references = [row["reference"] for row in server.client.get("/takedowns").json()["data"]]
    for reference in references:
        for part in ("", "/events", "/notice", "/notices"):
            assert server.client.get(f"/takedowns/{reference}{part}").status_code == 200
    assert server.client.get("/events").status_code == 200
    for name in ("url", "account", "ticket_id", "text"):
        post(server, "/takedowns/search", {name: sent(f"search {name}")}, 200)
    url = f"https://x.com/{sent('search user')}/status/1790000000000000001"
    post(server, "/takedowns/search", {"url": url}, 200)
    known = {"text": sent.words["content id"]}
    post(server, "/takedowns/search", known, 200)


def be_refused(server: Server, sent: Canaries) -> None:
    good = {"case_ref": "C", "category": "csam"}
    again = {"urls": [f"https://www.instagram.com/p/{sent.words['content id']}/"]}
    post(server, "/takedowns", good | again, 409)
    for body in (
        {"urls": sent("text for a list")},
        {"urls": [{"url": sent("object for a text")}]},
        {"urls": [f"https://{sent('user')}:{sent('password')}@www.instagram.com/p/AbCdEfGhIjK/"]},
        {"urls": [f"https://{sent('no platform')}.example/"]},
        {"explanation": [sent("list for a text")], "urls": []},
        {"category": sent("category")},
        {sent("unknown field"): sent("unknown value")},
        {"external_ref": sent("bad ref") + "/../x"},
        {"locators": [{"account": 7, "description": sent("locator refused")}]},
    ):
        post(server, "/takedowns", good | body, 422)
    for raw in (f'{{"text": "{sent("broken json")}', f'{{"a": 1, "a": "{sent("twice")}"}}'):
        assert server.client.post("/recognise", content=raw).status_code in (400, 415, 422)
    large = {"explanation": sent("too large") * 30_000}
    post(server, "/takedowns", good | large, 413)


def fail(server: Server, folder: Path, sent: Canaries) -> None:
    """Let something break that nobody foresaw: a takedown's key was destroyed by hand."""
    reference = server.client.get("/takedowns?platform=discord").json()["data"][0]["reference"]
    with sqlite3.connect(folder / "takedown.sqlite3") as database:
        database.execute(
            "DELETE FROM data_keys WHERE takedown_id ="
            " (SELECT id FROM takedowns WHERE reference = ?)",
            [reference],
        )
    database.close()
    body = {"kind": "noted", "text": sent.text("told while it broke")}
    answer = server.client.post(f"/takedowns/{reference}/events", json=body)
    assert answer.status_code == 500
