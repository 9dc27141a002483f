"""A test run never sees the settings of an installation, so it can never touch one's data."""

import os

import pytest

SETTINGS = (
    "COUNCIL_NAME",
    "DATABASE_URL",
    "HOSTS",
    "INSTANCE",
    "MAIL_FROM",
    "MARKING",
    "PROXIES",
    "SECRET_KEY",
    "SERVICE_NAME",
    "SERVICE_URL",
    "SESSION_HOURS",
    "SESSION_IDLE_MINUTES",
    "SMTP_AUTHORITIES",
    "SMTP_HOST",
    "SMTP_PASSWORD",
    "SMTP_PORT",
    "SMTP_TLS",
    "SMTP_USER",
    "UPLOAD_MEGABYTES",
    "WORK",
)


def pytest_configure(config: pytest.Config) -> None:
    """Forget what the shell says about an installation, and say that this is a test."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    os.environ["AUDIT_ENVIRONMENT"] = "test"
