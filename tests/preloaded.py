"""What every server begins with: the fork server imports it once, and whom it forks has it."""

import alembic.command
import psycopg
import pytest
import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.httptools_impl

from app import cli, main
from app.api import application
from app.http import server
from app.kit import logs
from app.kit.settings import Settings
from app.web import application as pages
from app.web.shell.rendering import Pages

__all__ = ["alembic", "cli", "logs", "main", "psycopg", "pytest", "server", "uvicorn"]
# The template files, the texts of all pages, the shapes of all calls: each takes a while.
Pages(main.workspace_of(Settings()).catalogue, Settings().zone, is_demo=False)
pages.install(application.build())
