"""Which tests `./run test` tells on SQLite alone; `./run check` tells all on both databases."""

# Many stories over few statements: `./run check` tells them on PostgreSQL too.
MOSTLY_ON_SQLITE = (
    *(
        f"tests/{folder}/"
        for folder in ("accounts", "api", "docs", "http", "imports", "notices", "operations", "web")
    ),
    *(
        f"tests/takedowns/test_{name}"
        for name in ("assignm", "batch", "correct", "correspond", "handovers", "inbox_", "timeline")
    ),
    "tests/backups/test_restoring.py", "tests/metrics/test_as_of.py",
    "tests/migrations/test_upgrades.py", "tests/proof/test_tampering.py",
    "tests/reports/test_frozen_elsewhere.py", "tests/reports/test_independent_count.py",
    "tests/sheets/test_exporting.py", "tests/system/test_any_clock.py",
    "tests/system/test_clock_", "tests/system/test_stopping.py", "tests/system/test_secret_key.py",
    "tests/takedowns/test_cache_rewriting.py", "tests/takedowns/test_reindexing.py",
    "tests/transparency/test_kept.py",
)  # fmt: skip
# Those whose matter is what a database does: it finds, sorts, sums up, wakes and holds together.
ON_BOTH = {
    "api/test_events": ("the_feed", "a_long_timeline", "the_head_is"),
    "api/test_known": ("what_ended",),
    "api/test_lists": ("a_cursor_goes_on", "the_feed_is_filtered"),
    "api/test_metrics": ("figures_are_", "no_answer_is_of", "a_platform_is_compared"),
    "api/test_the_main_job": ("submitted_and_answered",),
    "api/test_whole_list": (
        "all_forms", "what_comes_meanwhile", "a_cursor_goes_on", "what_lacks", "several_values"
    ),
    "backups/test_restoring": ("what_is_written_while", "a_backup_that_is_not_of_one_moment"),
    "imports/test_importing": ("a_history_is", "rows_bring", "what_is_in_the_books"),
    "imports/test_worker": (
        "a_sheet_is_read", "the_next_worker", "who_lost", "imports_wait", "a_database_that_is_shut"
    ),
    "metrics/test_as_of": ("the_present_waits", "what_is_open_is_counted"),
    "migrations/test_upgrades": ("upgrading_keeps", "downgrading_keeps", "an_upgrade_killed"),
    "operations/test_returning": ("what_came_back",),
    "operations/test_undoing": ("only_ones_own",),
    "sheets/test_exporting": ("it_is_written_some",),
    "takedowns/test_cache_rewriting": ("every_row", "what_was_interrupted"),
    "takedowns/test_reindexing": ("what_was_interrupted",),
    "takedowns/test_timeline": ("what_is_logged_is_found", "a_site_that_is_not", "tickets_are"),
    "transparency/test_kept": ("a_file_and_what", "what_is_kept_stays"),
    "web/test_numbers_in_addresses": ("",),
}  # fmt: skip


def is_told_on_sqlite(name: str) -> bool:
    """Whether a test, by its name, is told quickly on SQLite alone."""
    file, _, test = name.partition(".py::test_")
    is_for_both = test.startswith(ON_BOTH.get(file.removeprefix("tests/"), ()))
    return name.startswith(MOSTLY_ON_SQLITE) and not is_for_both
