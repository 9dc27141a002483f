"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("sampling", __name__)
