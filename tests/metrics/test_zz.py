from datetime import timedelta
from zoneinfo import ZoneInfo
import os
import pytest
from app.kit.clock import stamp
from tests.random_histories import HistoryWriter
from tests.metrics.agreement import *
from tests.metrics import oracle_2026_2
from tests.metrics.oracle_2026_2 import answers
from tests.metrics.oracle_2026_2.comparison import comparison
S=int(os.environ.get("S","0"))
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(S,S+8))
def test_zz(api, clock, parts, seed):
    teller = HistoryWriter(api, clock, seed, most=60)
    dice = teller.dice
    for _ in range(4):
        teller.tell(120)
        lines = timelines_in(parts.database)
        zone = ZoneInfo("Europe/Brussels")
        began = teller.tales[0].told[0].recorded_at
        for i in range(4):
            as_of = clock.now if i == 0 else began + dice.random() * (clock.now - began)
            by = dice.choice(["all", "platform", "provider", "category", "month", "basis"])
            q = {"zone": "Europe/Brussels", "as_of": as_of, "by": by}
            if dice.random() < .5:
                a, b = sorted((began + dice.random() * (clock.now - began)).date() for _ in "ab")
                q |= {"from": a.isoformat(), "to": (b+timedelta(days=1)).isoformat()}
            if dice.random() < .3: q["platform"] = dice.choice(["facebook", "discord"])
            if dice.random() < .3: q["urgent"] = dice.random() < .5
            if dice.random() < .3: q["category"] = dice.choice(["csam", "csam_ai"])
            tail = "&".join(f"{k}={str(v).lower()}" for k, v in q.items() if k not in ("zone","as_of","by")) + f"&as_of={stamp(as_of)}"
            got = api.get(f"/metrics/response-times?by={by}&{tail}")
            want = answers.answer(lines, q)
            got = [without(g, "label", "published") for g in got["groups"]]
            d = differences(got, want["groups"])
            assert d == {}, (q, str(as_of), d)
            for c in ["gone","receipt","answer","decision","handling","report_to_gone"]:
                got = api.get(f"/metrics/curve?clock={c}&{tail}")
                d = differences(without(got, "as_of","from","to","definition","clock_behind"), answers.curve(lines, q, c))
                assert d == {}, (c, q, str(as_of), d)
            for c in ["gone", "decision"]:
                got = api.get(f"/metrics/comparison?clock={c}&{tail}")
                w = comparison(lines, q, c)
                d = differences(got["platforms"], w["platforms"])
                assert d == {}, (c, q, str(as_of), d)
