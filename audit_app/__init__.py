"""Auditing children's case files, moderating those audits, and counting what they find.

The front door is lazy so that the pure rules of any room can be loaded without Flask.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The whole application, built from settings (by default those of the environment)."""
    from audit_app.app import build

    return build(settings)
