"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("organisation", __name__)
