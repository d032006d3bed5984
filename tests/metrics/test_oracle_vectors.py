"""The curve and its errors against R's survival 3.5-3."""

import json
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from tests.metrics.oracle_2026_2.curves import Curve, Observation

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "survival_vectors.json").read_text())


def named(vector: dict[str, Any]) -> Any:
    """What R reckoned of one set; the large one is of hundreds, reckoned slowly here."""
    slowly = (pytest.mark.slow,) if vector["name"] == "large" else ()
    return pytest.param(vector, id=vector["name"], marks=slowly)


@pytest.mark.parametrize("vector", [named(vector) for vector in VECTORS])
def test_shares_and_errors_by_request_are_those_of_r(vector: dict[str, Any]) -> None:
    codes = {"censored": 0, "gone": 1, "competing": 2}
    found = Curve(
        Observation(str(o["request"]), round(o["hours"] * 10_000), codes[o["event"]])
        for o in vector["observations"]
    )

    for told_by_r in vector["curve"]:
        at = round(told_by_r["hours"] * 10_000)
        assert float(found.share_at(at)) == pytest.approx(told_by_r["share"], abs=1e-9)
        errors = {
            "se_by_request": sqrt(found.variance_by_takedown(at)),
            "se_by_item": sqrt(found.variance_by_item(at)),
        }
        assert errors == pytest.approx({k: told_by_r[k] for k in errors}, abs=1e-9)
