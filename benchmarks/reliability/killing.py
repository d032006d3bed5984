"""kill -9 while caseworkers log takedowns; whoever had no answer asks again with the same key."""

from benchmarks.databases import Place
from benchmarks.reliability import Size, Trial
from tests import killed_server


def run(place: Place, size: Size) -> Trial:
    """Kill the server again and again, then look what is there, and prove the record."""
    folder, address = place.settings.data_dir, place.settings.database_address
    kills = size.kills(place.name)
    outcome = killed_server.after_kills(folder, address, kills)
    lost = outcome.answered.items() - outcome.found.items()
    unasked = outcome.found.keys() - outcome.answered.keys()
    faults = killed_server.faults(folder, address)
    return Trial(
        f"kill -9 while {killed_server.CALLERS} callers log takedowns",
        place.name,
        f"{kills} ×",
        f"{len(outcome.answered):,} logged; {outcome.unanswered:,} calls without an answer, "
        "repeated with their key",
        f"{len(lost)} lost, {len(unasked)} twice or unasked, {len(faults)} faults of the record",
        "nothing",
        met=not (lost or unasked or faults),
    )
