"""What the tests of pages of this room start with."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import make


@pytest.fixture
def world(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def admin(app: Flask, world: make.Authority) -> FlaskClient:
    return make.client_of(app, world.admin)
