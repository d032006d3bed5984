"""The admin frontend without its parts: every page, and the files they load."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType, ModuleType

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.routing import BaseRoute

from app.web.account import invitations, profile, second_factor, sign_in_page
from app.web.administration import (
    audit_log,
    basis_sheets,
    first_steps,
    flagger_status,
    settings_pages,
    tokens,
    users,
)
from app.web.demo import demo_forms, demo_sign_in, style_guide
from app.web.help import help_pages
from app.web.imports import columns_page, fault_sheets, import_pages, known_rows
from app.web.inbox import (
    bulk_actions,
    chasing,
    inbox_sheet,
    joint_reminders,
    last_visit,
    reminders,
    saved_views,
    undo,
    worklist,
)
from app.web.intake import new_request
from app.web.metrics import metrics_page, own_quality_page, published_reports
from app.web.notices import frozen_page, recipients, rewording, sending
from app.web.platforms import platform_pages, platform_sheets
from app.web.reports import (
    hand_figures_page,
    preview_page,
    report_list,
    report_list_sheet,
    report_page,
    report_rows,
    text_page,
    version_page,
)
from app.web.requests import case_page, request_list, search
from app.web.shell import error_pages, set_language, static_files
from app.web.takedown import (
    amending,
    assigning_and_snoozing,
    correcting,
    reporting_again,
    revealing,
    takedown_page,
    takedown_sheets,
)
from app.web.templates import grid_sheet, templates_page

# The modules with pages, by their folder, in the order in which a path is looked for.
PAGES: Mapping[str, Sequence[ModuleType]] = MappingProxyType(
    {
        "inbox": (
            worklist,
            inbox_sheet,
            last_visit,
            saved_views,
            bulk_actions,
            chasing,
            joint_reminders,
            reminders,
            undo,
        ),
        "intake": (new_request,),
        "imports": (fault_sheets, known_rows, columns_page, import_pages),
        "notices": (sending, recipients, rewording, frozen_page),
        "requests": (request_list, search, case_page),
        "metrics": (metrics_page, published_reports, own_quality_page),
        "platforms": (platform_sheets, platform_pages),
        "templates": (templates_page, grid_sheet),
        "reports": (
            report_list,
            report_list_sheet,
            report_page,
            text_page,
            hand_figures_page,
            preview_page,
            report_rows,
            version_page,
        ),
        "administration": (
            settings_pages,
            basis_sheets,
            first_steps,
            flagger_status,
            tokens,
            users,
            audit_log,
        ),
        "account": (profile, sign_in_page, invitations, second_factor),
        "help": (help_pages,),
        "demo": (demo_sign_in, demo_forms, style_guide),
        "shell": (set_language,),
        "takedown": (
            revealing,
            correcting,
            amending,
            assigning_and_snoozing,
            reporting_again,
            takedown_sheets,
            takedown_page,  # any name under /takedowns may be a reference
        ),
    }
)
# Where a whole mailbox may be pasted, or comes along while signing in; or a file is sent.
LARGE_BODIES = (
    "/takedowns/new", "/takedowns/preview", "/login", "/login/kept", "/login/code",
    "/metrics/published", "/imports",
)  # fmt: skip


def install(app: FastAPI) -> None:
    """Serve the pages beside the API; whoever serves it sets `state.pages`."""
    app.router.routes.extend(_routes())
    app.state.recognise = _recognise
    app.add_route(static_files.ROUTE, static_files.serve, include_in_schema=False)


async def _recognise(request: Request) -> None:
    """Look who is there where no page did, so that what is refused keeps its frame."""
    if is_page(request.scope["path"]):
        await error_pages.recognise(request)


@cache
def _routes() -> Sequence[BaseRoute]:
    """Every page; FastAPI reads its forms once a process, however often the whole is built."""
    router = APIRouter()
    for pages in PAGES.values():
        for page in pages:
            router.include_router(page.router, include_in_schema=False)
    return router.routes


def is_page(path: str) -> bool:
    """Tell whether a path is for people rather than machines."""
    return not path.startswith(("/api/", "/openapi.json", "/docs", "/problems/"))
