"""G12: the record proved, and a long timeline replayed."""

from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from time import process_time

from sqlalchemy import func, select

from app import proof
from app.schemas.vocabularies import EventKind
from app.takedowns import chain_verification, event_data, lifecycle
from app.takedowns.lifecycle import Event
from app.takedowns.models import events
from benchmarks import stock, stocks
from benchmarks.measuring import Result, Size, cpu_rate, interleaved, ratio, took

EVENTS_A_SECOND = 20_000
REPLAY_MS = 0.5
LONG = 50


def run(size: Size) -> Iterator[Result]:
    """Measure `takedown verify` and the replay."""
    with stocks.stocked("mixed", max(size.few // 2, 1), size) as place:
        database = place.database()
        with database.read() as unit:
            count = unit.connection.scalar(select(func.count()).select_from(events)) or 0
            found = interleaved(
                max(2, size.rounds - 2) if size.rounds > 1 else 1,
                {
                    "chain": lambda: took(
                        lambda: list(chain_verification.faults(unit)), process_time
                    ),
                    "whole": lambda: took(lambda: list(proof.faults(unit)), process_time),
                },
            )
        database.close()
    chain, whole = (count / median(found[name]) for name in ("chain", "whole"))
    yield Result(
        "G12",
        "events proved a second, the chain",
        f"{chain:,.0f}/s of CPU over {count:,} events",
        None,
        f"≥ {EVENTS_A_SECOND:,}/s",
        chain >= EVENTS_A_SECOND,
    )
    yield Result(
        "G12",
        "events proved a second, the chain and every column ÷ the chain",
        f"{whole:,.0f}/s of CPU",
        ratio(found["chain"], found["whole"]),
        "",
        None,
    )
    yield _replay(size)


def _replay(size: Size) -> Result:
    timeline = _long_timeline()
    rates = [
        cpu_rate(lambda: lifecycle.replay(timeline), size.seconds / 4) for _ in range(size.rounds)
    ]
    milliseconds = 1e3 / median(rates)
    return Result(
        "G12",
        f"replay of a takedown of {LONG} events",
        f"{milliseconds:.2f} ms of CPU",
        None,
        f"≤ {REPLAY_MS} ms",
        milliseconds <= REPLAY_MS,
    )


def _long_timeline() -> list[Event]:
    items = [{"id": number, "kind": "post", "sealed_sha256": "0" * 64} for number in (1, 2)]
    facts = {"category": "csam", "basis": "article_22"}
    logged = {"facts": facts, "platform": "x", "provider": "X", "items": items}
    told = [(EventKind.LOGGED, logged), (EventKind.SUBMITTED, stock.submitted("x", "csam"))]
    while len(told) < LONG:
        told.append((EventKind.DECIDED, {"outcome": "removed", "ground": "law"}))
        told.append(
            (
                EventKind.SEEN,
                {"availability": ("live", "gone")[len(told) % 4 // 2], "vantage": "BE"},
            )
        )
        told.append((EventKind.REMINDED, {}))
    return [
        Event(
            number,
            kind,
            stock.START + timedelta(hours=number),
            stock.START,
            (),
            event_data.of(kind, data),
        )
        for number, (kind, data) in enumerate(told[:LONG], start=1)
    ]
