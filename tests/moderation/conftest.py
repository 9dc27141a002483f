"""What tests of moderation share: an authority, and its senior and officer at their browsers."""

import pytest
from flask import Flask

from tests import make
from tests.moderation.visiting import Visitor


@pytest.fixture
def world(app: Flask) -> make.Authority:
    """A small authority."""
    return make.authority()


@pytest.fixture
def senior(app: Flask, world: make.Authority) -> Visitor:
    """The senior moderator, signed in."""
    return Visitor(app, world.senior)


@pytest.fixture
def officer(app: Flask, world: make.Authority) -> Visitor:
    """The audit officer, signed in."""
    return Visitor(app, world.officer)
