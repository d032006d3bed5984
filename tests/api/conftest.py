"""The caller by its former address."""

from tests.callers import Caller as Caller
