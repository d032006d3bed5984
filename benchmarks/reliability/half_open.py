"""Strangers who hold connections with half a request, more than the server has descriptors."""

from benchmarks.databases import Place
from benchmarks.reliability import Size, Trial
from tests.idle_connections import (
    DESCRIPTORS,
    HALF_A_HEAD,
    LIMITED,
    good_call,
    held,
    many_descriptors,
)
from tests.server_process import made_ready, serving

BEARABLE_SECONDS = 1.0
CALLS = 20


def run(place: Place, size: Size) -> Trial:
    """Hold the connections, and time good calls meanwhile."""
    folder, address = place.settings.data_dir, place.settings.database_address
    token = made_ready(folder, database_url=address)
    with (
        many_descriptors(size.half_open + 1000),
        serving(folder, token, under=LIMITED, TAKEDOWN_DATABASE_URL=address) as server,
        held(server, size.half_open, HALF_A_HEAD),
    ):
        times = [good_call(server) for _ in range(CALLS)]
    answered = [seconds for seconds in times if seconds is not None]
    slowest = f", the slowest in {max(answered):.2f} s" if answered else ""
    return Trial(
        f"half a request held open at `ulimit -n {DESCRIPTORS}`",
        place.name,
        f"{size.half_open:,} connections",
        f"{len(answered)} of {CALLS} good calls answered meanwhile{slowest}",
        f"{CALLS - len(answered)} answers",
        f"all answered within {BEARABLE_SECONDS:.0f} s",
        met=len(answered) == CALLS and max(answered) <= BEARABLE_SECONDS,
    )
