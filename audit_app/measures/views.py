"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("measures", __name__)
