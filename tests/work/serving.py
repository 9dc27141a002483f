"""The application as a worker of the tests runs it: with the kinds of work that only tests ask for."""

from flask import Flask

import audit_app
from tests.work import labours

__all__ = ["create_app", "labours"]


def create_app() -> Flask:
    """The whole application, with the tests' own kinds of work."""
    return audit_app.create_app()
