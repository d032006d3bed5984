"""Five jobs on a workbook, as they are done without a tracker; runs where pandas is."""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-not-found]

Told = dict[str, Any]  # JSON, as the benchmark writes it
COLUMNS = ["url", "platform", "submitted", "gone", "notice"]


def log(sheet: Any, told: Told) -> Any:
    """Add a row with its notice."""
    sheet.loc[len(sheet)] = [
        told["url"], "instagram", "2026-01-01T00:00:00+01:00", None, told["notice"]
    ]  # fmt: skip
    return True


def answer(sheet: Any, told: Told) -> Any:
    """Write down that it is gone."""
    sheet.loc[told["row"], "gone"] = 12.0
    return True


def figures(sheet: Any, told: Told) -> Any:
    """Take medians and percentiles as a spreadsheet does: of what has an end."""
    day = sheet["submitted"].str[:10]
    days = sheet[(day >= told["first"]) & (day < told["last"])]
    by_platform = days.groupby("platform")["gone"]
    by_platform.quantile(0.9)
    return by_platform.median().dropna().to_dict()


def find(sheet: Any, told: Told) -> Any:
    """Look for a link."""
    return int((sheet["url"] == told["url"]).sum())


def past(sheet: Any, told: Told) -> Any:
    """Leave out what came later, as far as the dates tell."""
    submitted = pd.to_datetime(sheet["submitted"], format="ISO8601", utc=True)
    came = submitted + pd.to_timedelta(sheet["gone"], unit="h")
    then = sheet[submitted <= told["as_of"]].copy()
    then.loc[came > told["as_of"], "gone"] = None
    return figures(then, told)


def main(folder: Path) -> None:
    """Write the workbook, then do what each line of the input tells."""
    path = folder / "takedowns.xlsx"
    rows = json.loads((folder / "rows.json").read_text("utf-8"))
    pd.DataFrame(rows, columns=COLUMNS).to_excel(path, index=False)
    print("ready", flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        sheet = pd.read_excel(path)
        found = {"log": log, "answer": answer, "figures": figures, "find": find, "past": past}[
            told["job"]
        ](sheet, told)
        if told["job"] in ("log", "answer"):
            sheet.to_excel(path, index=False)
        print(json.dumps(found), flush=True)


main(Path(sys.argv[1]))
