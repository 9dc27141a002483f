"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("programmes", __name__)
