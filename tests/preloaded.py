"""What every server begins with: the fork server imports it once, and whom it forks has it."""

import alembic.command
import psycopg
import pytest
import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.httptools_impl

from app import cli, main
from app.http import server
from app.kit import logs
from app.kit.settings import Settings

__all__ = ["alembic", "cli", "logs", "main", "psycopg", "pytest", "server", "uvicorn"]
main.workspace_of(Settings())  # reads the template files, which takes as long as all imports
