"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)
