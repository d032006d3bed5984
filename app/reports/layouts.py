"""Which tables each kind of report holds.

Pure, and data: docs/definitions.md section 6.
"""

from collections.abc import Callable, Mapping
from functools import partial

from app.reports.counted import CountedRequest
from app.reports.tables import Layout
from app.reports.vocabularies import Axis, Counted, Deepnude, Part, ReportedAction, ReportKind

NOTICES = (Counted.NOTICES,)
COMPLAINTS = (Counted.COMPLAINTS,)
NOTICES_AND_ITEMS = (Counted.NOTICES, Counted.ITEMS)
PROMOTION = "nudify_promotion"
# Kinds of link under which apps that undress are promoted: each has a row, also without any.
PROMOTED_BY = ("ad", "advertiser", "app", "bot", "search_result", "site")


def _every(_: CountedRequest) -> bool:
    return True


def _in_part(part: Part, request: CountedRequest) -> bool:
    return request.part == part


def _seen_live(part: Part, request: CountedRequest) -> bool:
    reading = request.reading
    return request.part == part and reading is not None and reading.seen_live_afterwards


def _is_deepnude(how: Deepnude, request: CountedRequest) -> bool:
    return request.deepnude == how


def _is_promotion(request: CountedRequest) -> bool:
    return request.category == PROMOTION


def _by_action(prefix: str, among: Callable[[CountedRequest], bool]) -> tuple[Layout, ...]:
    return (
        Layout(
            f"{prefix}action", Axis.ACTION, Axis.COUNTED, NOTICES_AND_ITEMS, among,
            rows_always=tuple(ReportedAction),
        ),
        Layout(f"{prefix}action_ground", Axis.ACTION, Axis.GROUND, NOTICES, among),
        Layout(f"{prefix}provider_action", Axis.PROVIDER, Axis.ACTION, NOTICES, among),
        Layout(f"{prefix}type_action", Axis.TYPE, Axis.ACTION, NOTICES, among),
    )  # fmt: skip


def _of_part(part: Part) -> tuple[Layout, ...]:
    among, prefix = partial(_in_part, part), f"{part}."
    seen = partial(_seen_live, part)
    return (
        Layout(f"{prefix}provider", Axis.PROVIDER, Axis.COUNTED, NOTICES_AND_ITEMS, among),
        Layout(f"{prefix}type", Axis.TYPE, Axis.COUNTED, NOTICES_AND_ITEMS, among),
        Layout(f"{prefix}channel", Axis.CHANNEL, Axis.COUNTED, NOTICES_AND_ITEMS, among),
        *_by_action(prefix, among),
        Layout(f"{prefix}seen_live", Axis.PROVIDER, Axis.ACTION, NOTICES, seen),
        Layout(f"{prefix}complaints", Axis.PROVIDER, Axis.COMPLAINT, COMPLAINTS, among),
    )


def _of_deepnudes(how: Deepnude) -> tuple[Layout, ...]:
    among = partial(_is_deepnude, how)
    counted = (Counted.CASES, Counted.REQUESTS, Counted.ITEMS)
    return (
        *(
            Layout(f"deepnude_{how}.{one}", Axis.CONCERNED, Axis.EXTORTION, (one,), among)
            for one in counted
        ),
        Layout(f"deepnude_{how}.platform", Axis.PLATFORM, Axis.COUNTED, counted, among),
    )


LAYOUTS: Mapping[ReportKind, tuple[Layout, ...]] = {
    ReportKind.ARTICLE_22: tuple(layout for part in Part for layout in _of_part(part)),
    ReportKind.ACTIVITY: (
        Layout("basis", Axis.BASIS, Axis.COUNTED, NOTICES_AND_ITEMS, _every),
        Layout("type", Axis.TYPE, Axis.COUNTED, NOTICES_AND_ITEMS, _every),
        Layout("provider", Axis.PROVIDER, Axis.COUNTED, NOTICES_AND_ITEMS, _every),
        *_by_action("", _every),
    ),
    ReportKind.HOTLINE: (
        Layout("type_quarter", Axis.TYPE, Axis.QUARTER, NOTICES, _every),
        Layout("type_quarter_items", Axis.TYPE, Axis.QUARTER, (Counted.ITEMS,), _every),
        Layout("platform_quarter", Axis.PLATFORM, Axis.QUARTER, NOTICES, _every),
        Layout("action_quarter", Axis.ACTION, Axis.QUARTER, NOTICES, _every),
    ),
    ReportKind.CAMPAIGN: (
        *_of_deepnudes(Deepnude.YES),
        *_of_deepnudes(Deepnude.SUSPECTED),
        Layout(
            "promotion", Axis.LINK_KIND, Axis.PLATFORM, (Counted.ITEMS,), _is_promotion,
            rows_always=PROMOTED_BY,
        ),
    ),
}  # fmt: skip
