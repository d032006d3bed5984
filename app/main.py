"""Put the parts together: settings, database, catalogue, the application."""

import sys
from collections.abc import Awaitable, Callable
from functools import partial

import anyio.to_thread
from fastapi import FastAPI

from app.accounts import access
from app.accounts.permissions import Caller
from app.api import errors, routes
from app.api.dependencies import Context
from app.api.front import Front
from app.kit import migrate
from app.kit import settings as settings_of
from app.kit.clock import Clock, system_clock
from app.kit.database import Database
from app.kit.settings import Settings
from app.kit.vault import Vault
from app.notices.compose import Organisation
from app.platforms import catalogue as catalogues
from app.platforms.recognition import Recogniser

CALLER_LIFE_SECONDS = 1.0


def context(settings: Settings, clock: Clock = system_clock) -> Context:
    """Open the database (migrating it) and read the catalogue; raises Misconfigured."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_address, Vault(settings_of.secret(settings)), clock)
    migrate.to_head(database)
    catalogue = catalogues.load(catalogues.read_folder(settings.templates_dir))
    return Context(
        settings=settings,
        database=database,
        catalogue=catalogue,
        recogniser=Recogniser(catalogue.rules, demo=settings.demo),
        clock=clock,
        organisation=Organisation(settings.organisation_name, settings.organisation_email),
    )
