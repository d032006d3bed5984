"""The TypeScript recipe in docs/client, run by the Node.js that Playwright brings along."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from app.kit.settings import ROOT
from tests.docs.test_client import URL, Server, on_sqlite, server

__all__ = ["server"]
RECIPE = ROOT / "docs/client/takedown_tracker.ts"
WALK = """
import { Problem, Tracker } from "./takedown_tracker.ts";
const [address, token, url] = process.argv.slice(2);

// A network that delivers every call, but loses the answer to the first one that writes.
let isToBeLost = true;
const network = globalThis.fetch;
globalThis.fetch = async (...asked) => {
  const answer = await network(...asked);
  if (isToBeLost && asked[1].method === "POST") {
    isToBeLost = false;
    throw new TypeError("connection reset");
  }
  return answer;
};

const tracker = new Tracker(address, token);
const created = await tracker.create("CASE-1", "csam_ai", [url], { explanation: "Assessed." });
const reference = created.reference;
const again = await tracker.create("CASE-2", "csam_ai", [url]).catch((error) => error);
const changed = await tracker.change(reference, (read) => ({ urgent: !read.urgent }));
await tracker.submit(reference, { ticket_id: "T-1" });
const told = await tracker.recordAll([reference, "TD-222222"], "noted", { text: "By telephone." });
await tracker.record(reference, "decided", { outcome: "removed", ground: "law" });
const listed = [];
for await (const one of tracker.list("/takedowns", { platform: "x" })) listed.push(one.reference);
const found = [];
for await (const one of tracker.list("/takedowns/search", {}, { url })) found.push(one.matched);
const kinds = [];
for await (const event of tracker.follow(0, { kind: ["logged", "submitted", "decided"] }, 0)) {
  kinds.push(event.kind);
  if (event.kind === "decided") break;
}
console.log(JSON.stringify({
  again: [again instanceof Problem, again.status, again.references[0] === reference],
  changed: [changed.urgent, changed.version],
  told: told.map((one) => one.status),
  listed: listed.length, found, kinds,
}));
"""


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    """The recipe copied beside a program, as a reader would."""
    (tmp_path / RECIPE.name).write_text(RECIPE.read_text("utf-8"), "utf-8")
    program = tmp_path / "walk.ts"
    program.write_text(WALK, "utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    return program


@on_sqlite
def test_the_recipe_does_a_days_work_and_nothing_twice(server: Server, walk: Path) -> None:
    node, _ = compute_driver_executable()

    done = subprocess.run(
        [node, "--no-warnings", walk, server.url, server.token, URL],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "again": [True, 409, True],
        "changed": [True, 2],
        "told": [201, 404],
        "listed": 1,
        "found": [["url"]],
        "kinds": ["logged", "submitted", "decided"],
    }
