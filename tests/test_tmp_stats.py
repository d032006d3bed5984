from collections import Counter
from tests.histories import Storyteller
import time
def test_stats(call,hands):
    t=Storyteller(call,hands,1); c=Counter()
    orig=t._accepted
    def acc(a):
        import json
        req=a.request; 
        if a.status_code==409: c[(a.json()["reason"] if "reason" in a.json() else a.json()["code"])]+=1
        return orig(a)
    t._accepted=acc
    s=time.time(); t.tell(240); print(time.time()-s)
    print(c, len(t.tales), Counter(e.kind for x in t.tales for e in x.told), [[ (e.kind,) for e in x.told][:4] for x in t.tales])
    print(t.hands.now)
