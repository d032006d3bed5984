"""The links of a pasted text, and what one pasted address points at.

Pure: text in, values out; nothing is ever opened.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.platforms import addresses, any_host, defanged, links, markup, spelling
from app.platforms.answers import Answer, Recognised, Unrecognised
from app.platforms.links import Found
from app.platforms.reading import OPAQUE, Reader, Trouble
from app.platforms.rules import PlatformRules
from app.platforms.vocabularies import ContentKind, Hint, LinkWarning, Unreadable

__all__ = ["Answer", "Recognised", "Recogniser", "Unrecognised"]

_EDGES = " \t\r\n<>\"'`“”„‘’‚«»"
_PUNCTUATION = ".,;:!…"
_LAST_MARKS = _PUNCTUATION + "?-–—*~)]}"
_CUT_MARK = "…"
_MAY_BE_CUT = (*spelling.ELLIPSES, "...", "A6", "a6", "/", ")", "]", "。")
_SEPARATOR = re.compile("[;,]")
_GLUED = re.compile(
    r"(?<=[^:/]/)[&+,;–—-]?(?=h[tx]{2}ps?://)|[;,](?=(?P<host>(?:[\w-]+\.)+[a-z]+)/)", re.IGNORECASE
)
# What a text goes on with after a line's end, if it can only be the rest of an address: a path, a
# parameter, a long number, or digits or capitals among letters as no language has them.
_REST = re.compile(
    r"[\w.~%+@-]*[/=&?][\w.~%/?&=+@#,-]*|\d{12,}"
    r"|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{4,}|[\w-]*[a-z][A-Z][\w-]*"
)
_NUMBER = re.compile(r"\d{5,}")


# Raise it with every change of this code that gives an address another identity or account.
_CODE = 2


def _digest(platforms: Sequence[PlatformRules]) -> str:
    """16 hex digits that differ where two sets of rules, or two states of this code, may."""
    told = [str(_CODE), *(rules.model_dump_json() for rules in platforms)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


class Recogniser:
    """All platforms' rules, ready to read links; holds no state that a caller could see."""

    def __init__(self, platforms: Sequence[PlatformRules], *, demo: bool = False) -> None:
        self._other = next((rules.slug for rules in platforms if rules.any_host), "other")
        self._reader = Reader(platforms, demo=demo)
        self._hosts = self._reader.hosts
        self.digest = _digest(platforms)

    def recognise_text(
        self, text: str, *, now: datetime
    ) -> tuple[list[Recognised], list[Unrecognised]]:
        """Links of a pasted text in order, same content once, and those we cannot place."""
        found = self.links_of(text, now=now)
        return (
            [link for link in found if isinstance(link, Recognised)],
            [link for link in found if isinstance(link, Unrecognised)],
        )

    def links_of(self, text: str, *, now: datetime) -> list[Answer]:
        """All links of a pasted text in order, each content once with its other spellings."""
        merged, same_as, cut = _Merged(), dict[str, str](), list[Found]()
        for found, link in self._pasted(text, now):
            if found.whole is None:
                same_as[found.text] = merged.add(link)
            else:
                cut.append(found)
        for found in cut:
            merged.spell(same_as.get(found.whole or "", ""), f"{found.text}{_CUT_MARK}")
        return [_at(place, link) for place, link in enumerate(merged.links())]

    def each(self, urls: Sequence[str], *, now: datetime) -> list[tuple[Sequence[int], Answer]]:
        """What each of some addresses points at, by its places among them, the same content once.

        An advertisement's landing page has the place of the advertisement.
        """
        merged, places = _Merged(), dict[str, list[int]]()
        unknown = list[tuple[Sequence[int], Answer]]()
        for place, url in enumerate(urls):
            for one in self._with_landing(self.recognise(url, now=now), now):
                if isinstance(one, Unrecognised):
                    unknown.append(([place], _at(place, one)))
                else:
                    places.setdefault(merged.add(one), []).append(place)
        known = zip(places.values(), merged.links(), strict=True)
        return sorted([*known, *unknown], key=lambda one: one[0][0])

    def _pasted(self, text: str, now: datetime) -> Iterator[tuple[Found, Answer]]:
        """Links of a text; the next may be glued to one behind a slash, a comma or a semicolon."""
        rest, text = None, defanged.closed(markup.plain(text), self._hosts)
        for found in links.find(text, self._hosts):
            if found.text == rest:
                rest = None
                continue
            begin, pasted = 0, found.text
            for glued in _GLUED.finditer(pasted):
                if glued["host"] and not self._is_host(glued["host"]):
                    continue
                first = self.recognise(pasted[begin : glued.start()], now=now)
                if isinstance(first, Unrecognised) or not first.is_told:
                    break
                yield found, first
                begin = glued.end()
            link = self.recognise(pasted[begin:], now=now)
            if found.is_cut:
                link = _cut(link)
            elif found.rest:
                joined = self._joined(link, pasted[begin:], found, now=now)
                rest, link = (found.rest, joined) if joined else (None, link)
            for one in self._with_landing(link, now):
                yield found, one

    def _with_landing(self, link: Answer, now: datetime) -> Iterator[Answer]:
        """A link, and where an advertisement leads to if that is an address at all."""
        yield link
        if isinstance(link, Recognised) and link.landing:
            landing = self.recognise(link.landing, now=now)
            if isinstance(landing, Recognised) or landing.reason != Unreadable.NOT_A_LINK:
                yield landing

    def _is_host(self, host: str) -> bool:
        host = host.lower()
        return self._hosts.is_ours(host, has_path=True) or self._hosts.is_site(host, is_plain=True)

    def _joined(self, link: Answer, text: str, found: Found, *, now: datetime) -> Recognised | None:
        """A link that a line's end or a space broke, where what follows can only be its rest."""
        rest = found.rest or ""
        is_rest = _REST.fullmatch(rest) or (found.rest_is_line and _NUMBER.fullmatch(rest))
        begun = link if isinstance(link, Recognised) and link.content_id else None
        goes_on = text.endswith(("/", "&"))
        if not is_rest or (begun and self._reader.is_whole(begun) and not goes_on):
            return None
        if rest.isdecimal() and text.rstrip("/").count("/") < 3:
            # A number after nothing but a host may be anything.
            return None
        joined = self.recognise(text + rest, now=now)
        if isinstance(joined, Unrecognised) or not joined.content_id:
            return None
        if begun is None or (
            goes_on and (joined.content_id == begun.content_id) == text.endswith("&")
        ):
            return joined
        is_longer = joined.content_id.startswith(begun.content_id or "")
        return joined if is_longer and not goes_on and self._reader.is_whole(joined) else None

    def recognise(self, text: str, *, now: datetime) -> Answer:
        """What one pasted address points at; `now` refuses ids that tell a time to come."""
        text = text.strip(_EDGES)
        if text.endswith(_MAY_BE_CUT):
            before = spelling.cut(text)
            if before is not None:
                return _cut(self.recognise(before, now=now))._replace(text=text)
        if "?" not in text and "#" not in text:
            text = text.rstrip(_PUNCTUATION)
        found = self._reader.read(text, text, now)
        if isinstance(found, str):
            return _unrecognised(text, found)
        is_vague, shorter = not found.is_told, list[str]()
        if ";" in text or (is_vague and "," in text):
            shorter.append(_SEPARATOR.split(text, 1)[0])
        if is_vague and found.canonical_url.endswith(tuple(_LAST_MARKS)):
            shorter += [one.rstrip(_LAST_MARKS + "/\\#&") for one in (text, found.canonical_url)]
        return self._unless_shorter(found, shorter, now) if shorter else found

    def _unless_shorter(self, whole: Recognised, texts: list[str], now: datetime) -> Recognised:
        """What an address says without a sentence's end or the next column, if that is more."""
        for text in texts:
            first = self._reader.read(text, texts[0], now)
            if isinstance(first, Recognised) and first.is_told:
                return first if whole.content_id in (None, first.content_id) else whole
        return whole

    def other(self, text: str, *, now: datetime) -> Answer:
        """Any web address as an item of no platform we know; a wrapper stands for its target."""
        text = text.strip(_EDGES)
        before = spelling.cut(text)
        address = addresses.read(self._reader.innermost(before or text, now))
        if isinstance(address, str):
            return Unrecognised(text, address)
        found = any_host.read(address, self._reader.names_of(address.host))
        if isinstance(found, str):
            return Unrecognised(text, found)
        doubts = {
            LinkWarning.COPY_ERROR: before is not None,
            LinkWarning.PERSONAL_DATA: found.is_personal,
        }
        warnings = tuple(name for name, is_so in doubts.items() if is_so)
        link = self._reader.by_hand(address, text, now)
        if link is not None:
            return link._replace(url=found.url, warnings=warnings)
        return Recognised(
            text,
            found.url,
            self._other,
            ContentKind.OTHER,
            None,
            None,
            found.canonical_url,
            None,
            warnings,
        )


class _Merged:
    """Links by their content, in order, each with the spellings it was found in."""

    def __init__(self) -> None:
        self._first: dict[str, Answer] = {}
        self._spellings: dict[str, dict[str, None]] = {}

    def add(self, link: Answer) -> str:
        """Note a link; returns what stands for its content."""
        same = link.identity if isinstance(link, Recognised) else f"no {link.text}"
        self._first.setdefault(same, link)
        self.spell(same, link.text)
        return same

    def spell(self, same: str, text: str) -> None:
        """Note another spelling of a content."""
        self._spellings.setdefault(same, {})[text] = None

    def links(self) -> Iterator[Answer]:
        """Give the links as they were found first."""
        for same, link in self._first.items():
            also = tuple(text for text in self._spellings[same] if text != link.text)
            yield link._replace(also=also) if isinstance(link, Recognised) else link


def _at(place: int, link: Answer) -> Answer:
    return link._replace(place=place) if isinstance(link, Unrecognised) else link


def _unrecognised(text: str, trouble: Trouble) -> Unrecognised:
    if trouble == OPAQUE:
        return Unrecognised(text, Unreadable.UNKNOWN_HOST, Hint.COPY_ORIGINAL)
    return Unrecognised(text, trouble)


def _cut(link: Answer) -> Answer:
    """What is left of a link that was shown cut short: never more than a doubtful number."""
    if isinstance(link, Recognised) and link.content_id is not None:
        return link._replace(warnings=(*link.warnings, LinkWarning.COPY_ERROR))
    if isinstance(link, Recognised):
        return Unrecognised(f"{link.text}{_CUT_MARK}", Unreadable.NOT_A_LINK)
    return link._replace(text=f"{link.text}{_CUT_MARK}")
