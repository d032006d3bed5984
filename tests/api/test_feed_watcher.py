"""One look at the database at a time wakes every long poll of a process."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy.exc import TimeoutError as PoolExhausted

from app.api import feed_watcher
from app.api.feed_watcher import FeedWatcher
from app.kit.errors import DatabaseFault

POLLS = 50


class Book:
    """What is looked at, and how often it was."""

    def __init__(self, newest: int = 7) -> None:
        self.newest = newest
        self.fault: Exception | None = None
        self.looks = 0

    def look(self) -> int:
        self.looks += 1
        if self.fault:
            raise self.fault
        return self.newest


def watched(story: Callable[[Book, FeedWatcher], Coroutine[Any, Any, None]]) -> Book:
    book = Book()
    asyncio.run(story(book, FeedWatcher(book.look)))
    return book


async def waiting(watcher: FeedWatcher, seconds: float = 60) -> list[asyncio.Task[None]]:
    """Many polls that know the newest event."""
    await watcher.wait(feed_watcher.UNKNOWN, seconds)
    polls = [asyncio.create_task(watcher.wait(watcher.newest, seconds)) for _ in range(POLLS)]
    await asyncio.sleep(0)
    return polls


def test_news_wakes_all_who_wait() -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        polls = await waiting(watcher)
        book.newest += 1
        await asyncio.gather(*polls)
        assert watcher.newest == 8

    watched(story)


def test_a_look_is_shared_however_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        polls = await waiting(watcher)
        before = book.looks
        while book.looks < before + 3:
            await asyncio.sleep(0)
        book.newest += 1
        await asyncio.gather(*polls)

    monkeypatch.setattr(feed_watcher, "PAUSE_SECONDS", 0.01)
    assert watched(story).looks < POLLS


def test_nobody_looks_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        for poll in await waiting(watcher, seconds=0.05):
            await poll
        await asyncio.sleep(0.05)
        before = book.looks
        await asyncio.sleep(0.1)
        assert book.looks == before

    monkeypatch.setattr(feed_watcher, "PAUSE_SECONDS", 0.01)
    watched(story)


def test_an_earlier_head_is_news_too() -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        polls = await waiting(watcher)
        book.newest = 3  # a backup was restored
        await asyncio.gather(*polls)

    watched(story)


def test_a_fault_of_the_database_is_told_to_each_and_watching_goes_on() -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        polls = await waiting(watcher)
        book.fault = DatabaseFault("/data/a: does not answer")
        told = await asyncio.gather(*polls, return_exceptions=True)
        assert [str(error) for error in told] == ["/data/a: does not answer"] * POLLS
        assert len({id(error) for error in told}) == POLLS

        book.fault = None
        polls = await waiting(watcher)
        book.newest += 1
        await asyncio.gather(*polls)

    watched(story)


def test_a_moment_without_a_connection_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        polls = await waiting(watcher)
        book.fault = PoolExhausted("all at work")
        before = book.looks
        while book.looks < before + 2:
            await asyncio.sleep(0)
        book.fault, book.newest = None, 8
        await asyncio.gather(*polls)

    monkeypatch.setattr(feed_watcher, "PAUSE_SECONDS", 0.01)
    watched(story)


def test_at_the_end_nobody_waits_and_nobody_begins_to() -> None:
    async def story(book: Book, watcher: FeedWatcher) -> None:
        polls = await waiting(watcher)
        watcher.end()
        await asyncio.gather(*polls)
        await watcher.wait(watcher.newest, 60)

    watched(story)
