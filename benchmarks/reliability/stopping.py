"""SIGTERM while many long polls wait."""

import signal
import time

from benchmarks.databases import Place
from benchmarks.reliability import Size, Trial
from tests import long_polls
from tests.server_process import made_ready, serving

WITHIN_SECONDS = 2.0


def run(place: Place, size: Size) -> Trial:
    """Stop a server; count the answers that have the contract's form, time its end."""
    folder, address = place.settings.data_dir, place.settings.database_address
    token = made_ready(folder, database_url=address)
    with serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server:
        server.client.get("/events")
        with long_polls.waiting(server.port, token, size.polls) as lines:
            start = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            answers = long_polls.answers(lines)
            server.process.wait(long_polls.SECONDS)
            seconds = time.monotonic() - start
    answered = answers.count(long_polls.NONE_YET)
    return Trial(
        "SIGTERM while long polls wait",
        place.name,
        f"{size.polls} polls",
        f"{answered} answered in the contract's form, ended in {seconds:.1f} s",
        f"{size.polls - answered} answers",
        f"all answered, ended in {WITHIN_SECONDS:.0f} s",
        met=answered == size.polls and seconds <= WITHIN_SECONDS,
    )
