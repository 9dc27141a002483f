"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("frameworks", __name__)
