"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("auditing", __name__)
