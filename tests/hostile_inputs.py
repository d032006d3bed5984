"""Hostile inputs, by group."""

import json

from app.kit.settings import ROOT


def payloads(group: str) -> list[str]:
    """Return what a group holds, in the order of the file."""
    lines = (ROOT / "tests/data/bad_inputs.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [entry["payload"] for entry in entries if entry["group"] == group]
