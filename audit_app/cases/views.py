"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("cases", __name__)
