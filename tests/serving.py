"""The application as tests run it, and a browser whose requests are on their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_app import create_app
from audit_app.db import db, only_read
from audit_app.work import queries
from config import Settings


def settings_of(instance: Path, url: str) -> Settings:
    """Settings for a test: cheap passwords, everything else as in production."""
    return Settings(
        environment="test",
        instance=instance,
        secret_key="a secret that only tests use, long enough",
        database_url=url,
        council_name="Northmere Council",
        secure_cookies=False,
        argon2_memory_kib=64,
        argon2_rounds=1,
    )


class Browser(FlaskClient):
    """A test client whose every request is on its own, as in service: nothing of the test's context reaches it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Keep what the test made, then ask."""
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        only_read(False)
        return response


@contextmanager
def serve(instance: Path, url: str) -> Iterator[Flask]:
    """The application on a database, within its context."""
    app = create_app(settings_of(instance, url))
    app.test_client_class = Browser
    with app.app_context():
        only_read(False)
        yield app
        db.session.remove()
        db.engine.dispose()
        queries.hang_up(app)
